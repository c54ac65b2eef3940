package schemas

// regionAround has the region that each region of the United Nations (M49) is in.
var regionAround = map[string]string{
	"002": "001", "019": "001", "142": "001", "150": "001", "009": "001",
	"015": "002", "202": "002", "014": "202", "017": "202", "018": "202", "011": "202",
	"419": "019", "003": "019", "021": "003", "029": "419", "013": "419", "005": "419",
	"143": "142", "030": "142", "035": "142", "034": "142", "145": "142",
	"151": "150", "154": "150", "039": "150", "155": "150",
	"053": "009", "054": "009", "057": "009", "061": "009",
	"eu27": "eu",
}

// RegionsAround returns the regions that a region of the code list region is in, the smallest first.
// There are none for a country.
func RegionsAround(code string) []string {
	var out []string
	for around := regionAround[code]; around != ""; around = regionAround[around] {
		out = append(out, around)
	}
	return out
}
