package content

import (
	"fmt"
	"strings"

	"crossings/charts"
	"crossings/pipeline/stat"
)

// Link leads to a page of the site.
type Link struct {
	Name  string // relative to the site's folder
	Title string
}

// RowLink is the name of a row of a published table, with the way to it. Href is "" if no page
// shows the row.
type RowLink struct{ Text, Href string }

// The folders of the site.
const (
	SeriesFolder  = "series/"   // pages of series
	ChartFolder   = "charts/"   // pages of charts, and their files
	EmbedFolder   = "embed/"    // pages of charts for frames on other sites
	CheckFolder   = "claim/"    // what browsers check claims from
	qualityFolder = "quality/"  // quality reports
	releaseFolder = "releases/" // pages of releases, and the folders of data versions
)

// The names of pages and of files that pages lead to.
const (
	FrontPage       = "index.html"
	DataPage        = "data/index.html"
	CorrectionsPage = "corrections.html"
	ClaimsPage      = "claims.html" // only on a site with claims
	CheckPage       = "check.html"  // only on a site with what browsers check claims from
	CalendarPage    = "calendar.html"
	CalendarFile    = "calendar.ics"
	FeedFile        = "feed.atom"
	ExplorePage     = "explore.html"
	IncidentsPage   = "incidents.html" // only on a site with incidents
	SeriesListPage  = SeriesFolder + "index.html"
	EditionsPage    = releaseFolder + "index.html"
)

// TakenBack is where the corrections page lists the releases that were taken back.
const TakenBack = CorrectionsPage + "#taken-back"

// WideSuffix ends the name of the picture that shows a chart together with everything that a reader
// must know of it.
const WideSuffix = ".wide.png"

// The endings of the names of the other such pictures: a square one, and the one that a link on another
// site shows.
const (
	SquareSuffix = ".square.png"
	SocialSuffix = ".social.png"
)

// EmbeddedPicture returns the name, in a site or an edition, of the picture of a chart that pages
// elsewhere show.
func EmbeddedPicture(chart string) string { return ChartFolder + chart + WideSuffix }

// ChartPage returns the name of the page of a chart.
func ChartPage(id string) string { return ChartFolder + id + ".html" }

// EmbedPage returns the name, in a site or an edition, of the page of a chart for frames on other sites.
func EmbedPage(chart string) string { return EmbedFolder + chart + ".html" }

// OEmbedFile returns the name of the file that describes the frame of a chart to other sites.
func OEmbedFile(chart string) string { return EmbedFolder + chart + ".oembed.json" }

// TopicLink returns the way to the page of a topic.
func TopicLink(t charts.Topic) Link { return Link{"topics/" + t.ID + ".html", t.Title} }

// SeriesName returns the name of the page of a series without its ending. As in the folders of the
// lake, each colon becomes a tilde. It is an error if id is no identifier of a series.
func SeriesName(id stat.SeriesID) (string, error) {
	if _, _, _, _, err := id.Parse(); err != nil {
		return "", err
	}
	return SeriesFolder + strings.ReplaceAll(string(id), ":", "~"), nil
}

// ReleasesName returns the name of the page that lists a source's releases.
func ReleasesName(source string) (string, error) { return pageOfSource(releaseFolder, source) }

// QualityName returns the name of the page of a source's quality report.
func QualityName(source string) (string, error) { return pageOfSource(qualityFolder, source) }

// pageOfSource returns the name of the page of a source in a folder. As in the folders of the lake, the
// colon of a tidy source becomes a tilde. It is an error if the name has any other character that does
// not belong in a path.
func pageOfSource(folder, source string) (string, error) {
	name := strings.Replace(source, ":", "~", 1)
	if name == "" || strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789-~") != "" {
		return "", fmt.Errorf("source %q has no name for a page", source)
	}
	return folder + name + ".html", nil
}

// EditionFolder returns the folder that keeps the files of a data version.
func EditionFolder(version string) string { return releaseFolder + version + "/" }

// VersionAnchor returns the place of a data version on the page that lists them.
func VersionAnchor(version string) string { return "v" + version }

// VersionLink returns the way to a data version on the page that lists them.
func VersionLink(version string) Link {
	return Link{EditionsPage + "#" + VersionAnchor(version), "Data version " + version}
}

// ClaimAnchor returns the place of a claim on its page.
func ClaimAnchor(id string) string { return "claim-" + strings.Join(strings.Fields(id), "-") }
