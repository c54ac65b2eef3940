package codes

import (
	"strings"
	"testing"
)

// TestPlacesOfPublishers reads names of places as publishers that have no list of their own here
// write them, and the special labels of the Home Office.
func TestPlacesOfPublishers(t *testing.T) {
	for publisher, labels := range map[string]string{
		"ukho":    "French Polynesia (French)=PYF|Falkland Islands (British)=FLK|Greenland (Danish)=GRL|Cook Islands (New Zealand)=COK|Stateless=XXA|Refugee=_REF|Other and unknown=_OU|Cyprus (Northern part of)=XNC|Occupied Palestinian Territories=PSE|Kosovo=XKX|British overseas citizens=GBO|Serbia and Montenegro=SCG|Former Soviet Union=SUN|Former Yugoslavia=YUG|Sudan (South)=SSD|St. Helena=SHN",
		"":        "Germany (until 1990 former territory of the FRG)=DEU|Kosovo (under United Nations Security Council Resolution 1244/99)=XKX|Former Yugoslav Republic of Macedonia, the=MKD|Kosovo*=XKX|Taiwan=TWN|Western Sahara=ESH",
		"unhcr":   "Dem. Rep. of the Congo=COD|Iran (Islamic Rep. of)=IRN|Serbia and Kosovo: S/RES/1244 (1999)=SRB|Syrian Arab Rep.=SYR|China, Hong Kong SAR=HKG|Dem. People's Rep. of Korea=PRK|Rep. of Moldova=MDA|Côte d'Ivoire=CIV",
		"frontex": "D.R. Congo=COD|Hong Kong SAR=HKG|Unspecified=_U|Türkiye=TUR|Palestine=PSE",
		"iom":     "Iran (Islamic Republic of)=IRN|State of Palestine=PSE|Viet Nam=VNM|Bolivia (Plurinational State of)=BOL",
	} {
		l := For("area", publisher)
		for _, x := range strings.Split(labels, "|") {
			label, code, _ := strings.Cut(x, "=")
			if got, err := l.Open(label); err != nil || got != (Reading{code, Listed}) {
				t.Errorf("%s: %q is %+v %v, want %s", publisher, label, got, err, code)
			}
		}
	}
}
