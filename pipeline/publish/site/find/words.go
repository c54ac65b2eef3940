package find

// question is something that readers ask, with the page that answers it.
type question struct{ title, page, words string }

const (
	explore = "explore.html?measure="
)

// questions are what readers ask, the most asked first. One whose page a site lacks is left out of its list.
var questions = []question{
	{"How many people came by small boat this year, and by the same date last year?", "charts/arrivals-cumulative.html", "so far compare comparison chart crossings"},
	{"Which day was the busiest? Records by day, week and month", "topics/arrivals.html#records", "record worst highest most ever peak"},
	{"How many were returned to France, and what share of arrivals?", "topics/returns.html", "france deal exchange agreement swap"},
	{"How many people died or went missing in the Channel?", "topics/deaths.html", "deaths this year fatalities english channel"},
	{"Where did people die? Map and list of incidents", "topics/deaths.html#map", "deaths where place location map incidents"},
	{"What nationality are people who arrive?", "charts/arrivals-nationality.html", "country origin arrivals small boats"},
	{"How many people live in asylum hotels?", "charts/asylum-hotels.html", "hotels now accommodation"},
	{"Compare chosen years, such as 2022, 2024 and 2026", "charts/arrivals-cumulative.html", "2018 2019 2020 2021 2023 2025 pick only link"},
	{"All days as a file", explore + "ukho-small-boats:arrivals&frequency=D", "csv excel daily download arrivals numbers figures"},
	{"How many boats, and people per boat?", "charts/persons-per-boat.html", "average size crowded"},
	{"Figures by nationality and year", explore + "ukho-illegal-entry:detections&by=category.origin&frequency=A", "country origin arrivals breakdown explore"},
	{"How old are people who arrive, and are they men or women?", "charts/arrivals-age.html", "age children minors adults men women gender"},
	{"How many people were stopped in France?", "charts/prevented-weekly.html", "prevented french police beaches"},
	{"How many people were returned or removed?", "topics/returns.html", "deportation enforced voluntary flights"},
	{"How many people wait for a decision on asylum?", "charts/asylum-awaiting.html", "backlog waiting initial"},
	{"How many people claim asylum?", "charts/asylum-claims.html", "claims applications seekers"},
	{"How many people arrive in Italy and Europe?", "topics/frontiers.html", "mediterranean frontex lampedusa greece spain"},
	{"What was revised, and when?", "corrections.html", "before after old new changed corrections restated release"},
	{"Is a number in the news right? Claims checked", "claims.html", "claim fact check politician quote verify"},
	{"Check a claim or a sentence of your own", "check.html", "claim claims fact check politician quote verify number news checker"},
	{"When is the next release?", "calendar.html", "dates schedule due publication"},
	{"Choose figures: measure, breakdown, dates", "explore.html", "explore custom query r python sql code"},
	{"Download all tables", "data/index.html", "csv parquet excel json api spreadsheet"},
	{"How the figures are made", "methodology.html", "method definitions sources rules quality"},
	{"R, Python, SQL and spreadsheets", "analysts.html", "code duckdb pandas polars program"},
	{"All versions of the data", "releases/index.html", "editions archive permanent old"},
}

// same are words that mean the same to a reader who searches, in the form that endings leave.
var same = [][]string{
	{"death", "dead", "died", "die", "dying", "drowned", "drowning", "killed", "fatality", "fatalities", "bodies", "missing"},
	{"nationality", "national", "nationals", "country", "countries", "origin", "citizenship", "citizen"},
	{"backlog", "wait", "waiting", "awaiting", "queue", "pending", "undecided"},
	{"hotel", "accommodation", "housing"},
	{"return", "returned", "deportation", "deported", "deport", "removal", "removed", "expelled", "expulsion"},
	{"france", "french"},
	{"record", "busiest", "worst", "highest", "peak", "biggest", "largest"},
	{"boat", "dinghy", "dinghies", "vessel"},
	{"arrival", "arrived", "arrive", "arriving", "crossing", "crossed", "landed", "migrants"},
	{"claim", "application", "applied", "seeker", "refugee"},
	{"csv", "excel", "download", "spreadsheet", "file"},
	{"revision", "revised", "correction", "corrected", "changed", "restated"},
	{"stopped", "prevented", "intercepted"},
	{"children", "child", "minor", "minors", "age", "unaccompanied"},
	{"women", "men", "sex", "gender", "female", "male"},
	{"detention", "detained"},
	{"decision", "grant", "refusal", "refused", "granted"},
	{"italy", "italian", "lampedusa"},
	{"chart", "graph", "picture"},
}

// phrases are words that mean one thing only together.
var phrases = map[string]string{
	"one in one out":      "exchange",
	"one in, one out":     "exchange",
	"one-in one-out":      "exchange",
	"one in one out deal": "exchange",
	"asylum seekers":      "claim",
	"year to date":        "year",
	"so far this year":    "this year",
}
