package catalogue

import "cmp"

// urn is what all identifiers begin with that do not depend on the address of a site. The name is not
// registered; it says nothing of where the data are.
const urn = "urn:crossings:"

// SiteURN returns the identifier of these data, whatever their address: urn:crossings:data, followed by
// their version or their day.
func (s Site) SiteURN() string { return urn + "data" + s.edition() }

// TableURN returns the identifier of a table of these data, such as
// urn:crossings:table:observations:1.4.0. The version is the one in which the table last changed.
// Without its last part it names the table in any version.
func (s Site) TableURN(t Table) string {
	s.Version = cmp.Or(t.Version, s.Version)
	return urn + "table:" + t.Schema.Name + s.edition()
}

// named returns the identifier of a thing in the catalogue: its address, or a URN if the site's address
// is unknown. A URN stays the same wherever the files are.
func (s Site) named(address, urnEnd string) string {
	if s.Base == "" {
		return urn + urnEnd
	}
	return s.address(address)
}

// edition returns the end of identifiers: the version, or the day of data that have none.
func (s Site) edition() string {
	if s.Version != "" {
		return ":" + s.Version
	}
	return ":" + s.date().String()
}
