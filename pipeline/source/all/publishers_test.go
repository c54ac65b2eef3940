package all

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"crossings/pipeline/read/check"
	"crossings/pipeline/source"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/stat"
)

// change is a file as a publisher may write it next, made from a fixture.
type change struct {
	name  string
	edits []string // old text and new text, in turns; the old text "" is the end of the file
	// want are figures that the file states, "series start" and the value. The others must be those of
	// the fixture, unless any is set. A file without want must wait or be refused; "same" is no other
	// figure than the fixture's.
	want string
	any  bool
	each bool // every occurrence of the old texts is changed, not the first only
}

const same = "same"

// family are changes to one fixture.
type family struct {
	source, file string
	changes      []change
}

// days returns edits that move the seven days of the page of the last seven days.
func days(old, now string) []string {
	var out []string
	a, b := stat.MustDate(old), stat.MustDate(now)
	for i := range 7 {
		out = append(out, `"row">`+a.AddDays(i).Long()+"<", `"row">`+b.AddDays(i).Long()+"<")
	}
	return out
}

var families = []family{
	{"ukho-small-boats-last7days", "2026-07-15.html", []change{
		{name: "days across the new year", edits: append(days("2026-07-08", "2026-12-29"), "2026-07-15T13:18:44", "2027-01-05T13:18:44", "2026-07-15T13:18:43", "2027-01-05T13:18:43", "15 July 2026", "5 January 2027"),
			want: "arrivals:D 2026-12-29=249 arrivals:D 2026-12-31=255 arrivals:D 2027-01-04=0", any: true},
		{name: "a total in the middle", edits: []string{`<tr><th scope="row">11 July 2026`, `<tr><th scope="row">Total</th><td>585</td><td>8</td><td>0</td><td></td></tr><tr><th scope="row">11 July 2026`}},
		{name: "a raised digit in a header", edits: []string{">Migrants arrived<", ">Migrants arrived<sup>1</sup><"}, want: same},
		{name: "a table of another kind first", edits: []string{"<table>", "<table><tr><th>Week</th><th>Migrants prevented</th><th>Events prevented</th></tr><tr><td>12 July 2026</td><td>46</td><td>7</td></tr></table><table>"}, want: same},
		{name: "a column of sums", edits: []string{">Notes<", ">This year so far<", "<td>\u00a0</td>", "<td>12,345</td>"}},
		{name: "an eighth day", edits: []string{"<tbody>", `<tbody><tr><th scope="row">7 July 2026</th><td>1 087</td><td>20</td><td>0</td><td></td></tr>`}, want: "arrivals:D 2026-07-07=1087 boats:D 2026-07-07=20 uncontrolled-landings:D 2026-07-07=0"},
		{name: "a revised figure with the old one", edits: []string{"<td>255</td>", "<td><del>249</del> 255</td>"}, want: same},
		{name: "a range", edits: []string{"<td>255</td>", "<td>250 to 255</td>"}},
	}},
	{"ukho-small-boats-weekly", "2026-06-23.html", []change{
		{name: "a week across the new year", edits: []string{"Week ending 14 June 2026", "Week ending 3 January 2027", "2026-06-23T14:02:59+01:00", "2027-01-12T14:02:59+00:00", "2026-06-23T14:02:58+01:00", "2027-01-12T14:02:58+00:00", "Updated 23 June 2026", "Updated 12 January 2027"},
			want: "arrivals:W 2026-12-28=0 prevented-persons:W 2026-12-28=46", any: true},
		{name: "Sunday in the heading", edits: []string{"Week ending 14 June 2026", "Week ending Sunday 14 June 2026"}, want: same},
		{name: "a week that ends on a Saturday", edits: []string{"Week ending 14 June 2026", "Week ending 13 June 2026"}},
		{name: "another week in a second table", edits: []string{"<h2>For users", `<h2>Week ending 7 June 2026</h2><table><tr><th>Migrants arrived</th><th>Boats arrived</th><th>Migrants prevented</th><th>Events prevented</th></tr><tr><td>12</td><td>1</td><td>30</td><td>4</td></tr></table><h2>For users`},
			want: "arrivals:W 2026-06-01=12 boats:W 2026-06-01=1 prevented-persons:W 2026-06-01=30 prevention-events:W 2026-06-01=4"},
		{name: "columns in another order", edits: []string{"Migrants arrived<", "Events prevented [note 2]<", "Events prevented</th>", "Migrants arrived</th>", "<td>0</td><td>0</td><td>46</td><td>7</td>", "<td>7</td><td>0</td><td>46</td><td>0</td>"}, want: same},
		{name: "a figure in words", edits: []string{"<td>46</td>", "<td>about 46</td>"}},
	}},
	{"ukho-small-boats-day", "2022-08-23.html", []change{
		{name: "a note and a colon with spaces", edits: []string{"small boats: 1,295", "small boats [note 1] : 1,295"}, want: same},
		{name: "a digit that may be part of the words", edits: []string{"small boats: 1,295", "small boats 1: 1,295"}},
		{name: "a plain space between thousands", edits: []string{"1,295", "1 295"}, want: same},
		{name: "the last day of a year", edits: []string{"59 22 August 2022", "59 31 December 2022", "2022-08-23T09:00:33.671Z", "2023-01-01T09:00:33.671Z", "2022-08-23T08:07:41", "2023-01-01T08:07:41", "23 August 2022", "1 January 2023"},
			want: "arrivals:D 2022-12-31=1295 boats:D 2022-12-31=27", any: true},
		{name: "two figures", edits: []string{"1,295", "1,295 (previously 1,286)"}},
		{name: "boats before people", edits: []string{"Number of migrants detected in small boats: 1,295", "Number of boats detected: 27 ", "Number of boats detected: 27<", "Number of migrants detected in small boats: 1,295<"}, want: same},
	}},
	{"ukho-france-exchange", "2026-07-16.html", []change{
		{name: "a month more", edits: []string{"30 June 2026", "31 July 2026", "16 July 2026", "16 August 2026", "2026-07-16T09:30:00", "2026-08-16T09:30:00", "2026-07-16T09:30:00", "2026-08-16T09:30:00", "2026-07-16T09:30:03", "2026-08-16T09:30:03",
			"<td>264</td></tr>", "<td>264</td></tr><tr><td>2026</td><td>July [provisional]</td><td>100</td><td>13</td></tr>", "1,117", "1,217", "1,087", "1 100"}, want: "exchange-out:M 2026-07-01=13 exchange-in:M 2026-07-01=100"},
		{name: "a total that is wrong", edits: []string{"1,117", "1,177"}},
		{name: "a total of a year in the middle", edits: []string{"<tr><td><strong>2026</strong></td><td>January", "<tr><td><strong>2025 total</strong></td><td></td><td>245</td><td>217</td></tr><tr><td><strong>2026</strong></td><td>January"}, want: same},
		{name: "fewer than five", edits: []string{"<td>3</td><td>17</td>", "<td>fewer than 5</td><td>17</td>"}},
		{name: "columns of sexes", edits: []string{"<strong>OUT</strong></th>", "<strong>OUT</strong></th><th>OUT (women)</th>", "</td></tr>", "</td><td>0</td></tr>"}},
		{name: "in and out with words", edits: []string{"<strong>IN</strong>", "<strong>IN (transfers to the UK)</strong>", "<strong>OUT</strong>", "<strong>OUT [note 3]</strong>"}, want: same},
	}},
	{"ukho-asylum-claims", "asylum_claims_2024-11-28.csv", []change{
		{name: "an unknown nationality", edits: []string{"", "2024-09-30,2024,2024 Q3,Ruritania,Europe Other,Under 18,Male,Main applicant,UASC,In Country,5\n"}, want: "asylum-claims:Q:origin=x-ruritania 2024-07-01=5 asylum-claims:Q 2024-07-01=39", any: true},
		{name: "a total in the middle", edits: []string{"2024-09-30,2024,2024 Q3,Guinea", "2024-09-30,2024,2024 Q3,Total,Total,Under 18,Male,Main applicant,UASC,At Port,900\n2024-09-30,2024,2024 Q3,Guinea"}},
		{name: "marks of notes in headers", edits: []string{"Nationality,Region,Age", "Nationality [note 1],Region,Age¹"}, want: same},
		{name: "another word for the count", edits: []string{",Applications\n", ",Number of claims\n"}, want: same},
		{name: "withheld counts", edits: []string{"UASC,At Port,1\n", "UASC,At Port,[c]\n"}, want: "asylum-claims:Q 2006-01-01= asylum-claims:Q 2024-07-01=34", any: true},
		{name: "a quarter that was not over", edits: []string{"", "2024-12-31,2024,2024 Q4,Guinea,Africa Sub-Saharan,Under 18,Male,Main applicant,UASC,In Country,5\n"}},
	}},
	{"ukho-asylum-awaiting", "awaiting_decision_2024-11-28.csv", []change{
		{name: "another nationality", edits: []string{"", "2024-09-30,Ruritania,Europe Other,Main applicant,Pending initial decision,More than 6 months,7\n"}, want: "", any: true},
		{name: "a column more", edits: []string{"Applicant type,", "Applicant type,Claim year,", "Main applicant,", "Main applicant,2021,"}},
		{name: "the whole date in words", edits: []string{"2024-09-30,Zimbabwe", "30 September 2024,Zimbabwe"}, want: same},
	}},
	{"ukho-asylum-support", "support_2024-11-28.csv", []change{
		{name: "another kind of accommodation", edits: []string{"", "2024-09-30,Guyana,America Central and South,Section 98,Contingency Accommodation - Barge,South East,3\n"}},
		{name: "all regions together", edits: []string{"", "2024-09-30,Guyana,America Central and South,Section 98,Contingency Accommodation - Hotel,All regions,30000\n"}},
		{name: "a count with a mark", edits: []string{"South East,1\n", "South East,1 [r]\n"}, want: same},
	}},
	{"ukho-detention", "detention_entering_2024-02-29.csv", []change{
		{name: "a new place", edits: []string{"", "2023-12-31,2023,4,Sweden,EU 14,Male,50 to 69,New House IRC,2\n"}, any: true, want: same},
		{name: "ages in other words", edits: []string{"Male,18 to 29,Brook House IRC", "Male,18-29,Brook House IRC"}, want: same},
		{name: "the same row twice", edits: []string{"", "2023-12-31,2023,4,Sweden,EU 14,Male,30 to 49,HM Prisons,41\n2023-12-31,2023,4,Sweden,EU 14,Male,30 to 49,HM Prisons,41\n"}},
	}},
	{"ukho-returns", "returns_by_destination_2023-11-23_d78f640.csv", []change{
		{name: "a new destination", edits: []string{"", "2023-09-30,2023,3,Voluntary return,Other verified returns,Ruritania,Europe Other,3\n"}, any: true, want: same},
		{name: "a new group", edits: []string{"", "2023-09-30,2023,3,Total return,Other verified returns,Kosovo,Europe Other,300\n"}},
		{name: "the quarter with its year", edits: []string{"2004-03-31,2004,1,", "2004-03-31,2004,2004 Q1,"}, want: same},
		{name: "a number of persons too", edits: []string{",Number of returns\n", ",Number of returns,Number of persons\n"}},
	}},
	{"iom-missing-migrants", "MissingMigrants-Global-2026-05-06_first-rows.csv", []change{
		{name: "a new route", edits: []string{"\"Western Mediterranean\"", "\"Ruritanian crossing\""}, want: same, any: true},
		{name: "a range of dead", edits: []string{",January,1,0,", ",January,1-3,0,"}},
		{name: "a column of remarks", edits: []string{"\"Source Quality\"\n", "\"Source Quality\",Verified by\n", ",3\n", ",3,IOM\n"}},
		{name: "a mark on the dead", edits: []string{",January,1,0,", ",January,1*,0,"}, want: same},
	}},
	{"frontex-detections", "frontex.csv", []change{
		{name: "a route of all", edits: []string{"", "All routes,Sea,USA,2014-06-01,99999\n"}},
		{name: "an unknown nationality", edits: []string{"", "Other,Sea,XXK,2014-06-01,2\n"}, any: true, want: same},
		{name: "a header in capitals", edits: []string{"route,type,nat,t,n", "ROUTE,TYPE,NAT,T,N"}, want: same},
		{name: "the same row again", edits: []string{"", "Other,Sea,GBR,2023-06-01,1\n"}},
	}},
	{"it-interior-landings", "sbarchi-per-giorno.csv", []change{
		{name: "a day with thousands", edits: []string{"2019-09-02,315,", "2019-09-02,\"1.315\","}, want: "arrivals:D 2019-09-02=1315"},
		{name: "a column of sums", edits: []string{"Data,Valore,", "Data,Cumulato,Valore,"}},
		{name: "a raised digit in a header", edits: []string{"Valore", "Valore¹"}, want: same},
		{name: "a day twice", edits: []string{"2019-09-02,315,", "2019-09-01,315,"}},
	}},
}

// TestWhatPublishersMayWrite reads files as publishers may write them next. None gives a wrong figure.
func TestWhatPublishersMayWrite(t *testing.T) {
	for _, x := range slices.Concat(families, moreFamilies) {
		i := slices.IndexFunc(Sources, func(s *source.Source) bool { return s.ID == x.source })
		f := sourcetest.Load(t, x.source, x.file)
		base, _, err := statedBy(Sources[i], f)
		if err != nil {
			t.Fatal(x.source, err)
		}
		for _, c := range x.changes {
			t.Run(x.source+" "+c.name, func(t *testing.T) { c.try(t, Sources[i], f, base) })
		}
	}
}

func (c change) try(t *testing.T, s *source.Source, f sourcetest.File, base map[string]string) {
	for i := 0; i < len(c.edits); i += 2 {
		if c.edits[i] == "" {
			f.Data = append(slices.Clip(f.Data), c.edits[i+1]...)
			continue
		}
		if c.each {
			f = f.WithAll(t, c.edits[i], c.edits[i+1])
		} else {
			f = f.With(t, c.edits[i], c.edits[i+1])
		}
	}
	got, waits, err := statedBy(s, f)
	if c.want == "" && !c.any {
		if err == nil && waits == "" {
			t.Error("comes in")
		}
		t.Log(err, waits)
		return
	}
	if err != nil || waits != "" {
		t.Fatalf("is not read: %v%s", err, waits)
	}
	want := map[string]string{}
	if words := strings.Fields(c.want); c.want != same {
		for i := 0; i+1 < len(words); i += 2 {
			start, value, _ := strings.Cut(words[i+1], "=")
			want[s.ID+":"+words[i]+" "+start] = value
		}
	}
	for key, value := range want {
		if got[key] != value {
			t.Errorf("%s is %q, want %s", key, got[key], value)
		}
	}
	if c.any {
		return
	}
	for key, value := range got {
		if _, changed := want[key]; !changed && base[key] != value {
			t.Errorf("%s is %s, and was %q", key, value, base[key])
		}
	}
	for key := range base {
		if got[key] == "" {
			t.Errorf("%s is gone", key)
		}
	}
}

// statedBy returns the figures of a file, and what makes it wait.
func statedBy(s *source.Source, f sourcetest.File) (figures map[string]string, waits string, err error) {
	r, err := sourcetest.DecodeAny(s, f)
	if err == nil {
		err = check.TooManyExcluded(r.Excluded, r.Rows, s.MaxExcluded)
	}
	if err != nil {
		return nil, "", err
	}
	figures = map[string]string{}
	for _, o := range r.Observations {
		figures[fmt.Sprint(o.Series.ID, " ", o.Period.Start)] = o.Value.String()
	}
	for _, now := range sourcetest.ByRelease(r.Observations) {
		findings, err := check.Weigh(now, r.Findings, s.Checks())
		if err != nil {
			return nil, "", err
		}
		for _, x := range findings {
			if x.Severity == stat.SeverityError {
				waits = x.Code + ": " + x.Message
			}
		}
	}
	return figures, waits, nil
}
