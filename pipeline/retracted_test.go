package pipeline_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"crossings/pipeline/publish"
	"crossings/pipeline/publish/edition"
	"crossings/pipeline/publish/upload"
	"crossings/pipeline/watch"
)

// hostile is a reason that would be markup, a formula or an end of what it stands in.
const hostile = `<script>alert(1)</script> ]]> & "two" =cmd|'x'!A1 {{.}}`

// twoVersions publishes a release and then a wrong one, each as an edition.
func twoVersions(t *testing.T) (cfg world, wrong string) {
	t.Helper()
	cfg = offline(config(t, t.TempDir()))
	for i, want := range []string{"1.0.0", "1.1.0"} {
		day := []string{"2023-02-10", "2023-03-10"}[i]
		addMine(t, cfg, day, write(t, "mine.csv", []byte("# flow: arrival\n# unit: persons\nseries,period_start,value\ntidy:mine:arrivals:M,2023-01-01,10"+
			[]string{"", "0\ntidy:mine:arrivals:M,2023-02-01,7"}[i]+"\n")))
		look(t, cfg)
		if p := published(t, cfg, ""); p.Version != want {
			t.Fatalf("data version %s, want %s", p.Version, want)
		}
	}
	return cfg, mine(t, cfg)[1]
}

// text returns a file of the published site.
func text(t testing.TB, cfg world, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(cfg.Data, "out", "site", filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestPagesSayWhatWasWithdrawn withdraws a release that was published: the version made from
// it says so on its page and in its manifest, and stays in the archive as it was, as do its
// data. The pages of news say it in the operator's words, as text. Undone, nothing says it.
func TestPagesSayWhatWasWithdrawn(t *testing.T) {
	t.Parallel()
	cfg, wrong := twoVersions(t)
	archive := tree(t, filepath.Join(cfg.Data, "out", "releases"), false)
	shown := tree(t, filepath.Join(cfg.Data, "out", "site", "releases", "1.1.0"), false)
	withdraw(t, cfg, "tidy:mine", wrong, hostile)
	if p := published(t, cfg, ""); p.Version != "1.2.0" {
		t.Fatalf("data version %s", p.Version)
	}
	if page := text(t, cfg, "index.html"); !strings.Contains(page, "Withdrawn</a>: ") || !strings.Contains(page, "the release of 10 March 2023 was withdrawn on 28 June 2026.") {
		t.Error("the front page does not say what was withdrawn")
	}
	said := "the release " + wrong + " of 10 March 2023 was withdrawn on 28 June 2026. The reason given: “&lt;script&gt;alert(1)&lt;/script&gt; ]]&gt; &amp; "
	for _, name := range []string{"corrections.html", "releases/index.html", "releases/tidy~mine.html", "releases/1.1.0/index.html", "feed.atom"} {
		page := text(t, cfg, name)
		if !strings.Contains(page, said) || strings.Contains(page, "<script>alert") {
			t.Errorf("%s does not say it: %q", name, said)
		}
	}
	for _, name := range []string{"releases/1.0.0/index.html", "releases/1.2.0/index.html"} {
		if strings.Contains(text(t, cfg, name), "was withdrawn") {
			t.Errorf("%s was not made from it", name)
		}
	}
	if page := text(t, cfg, "releases/index.html"); !strings.Contains(page, "because releases that it was made from were taken back here") || strings.Contains(page, "1.1.0 is stated otherwise in version 1.2.0, because publishers") {
		t.Errorf("the list of versions does not say why figures changed: %s", page)
	}
	back := rows(t, cfg.Data, "taken-back")
	if len(back) != 1 || back[0]["release"] != wrong || back[0]["decision"] != "withdrawn" || back[0]["reason"] != hostile || back[0]["decided_at"] != "2026-06-28T03:00:00Z" {
		t.Errorf("the table taken-back is %v", back)
	}
	var m edition.Manifest
	if err := json.Unmarshal([]byte(text(t, cfg, "releases/1.1.0/edition.json")), &m); err != nil || len(m.TakenBack) != 1 || m.TakenBack[0].Release != wrong ||
		m.TakenBack[0].Kind != "withdrawn" || m.TakenBack[0].Reason != hostile {
		t.Errorf("%+v, %v", m.TakenBack, err)
	}
	now := tree(t, filepath.Join(cfg.Data, "out", "site", "releases", "1.1.0"), false)
	for _, f := range m.Files {
		if now[f.Name] != f.SHA256 || f.Name != "index.html" && shown[f.Name] != f.SHA256 {
			t.Errorf("%s is not what its manifest says", f.Name)
		}
	}
	kept := tree(t, filepath.Join(cfg.Data, "out", "releases"), false)
	for name := range kept {
		if strings.HasSuffix(name, "-1.2.0.pack") {
			delete(kept, name)
		}
	}
	same(t, kept, archive)
	whole(t, cfg)
	if p := published(t, cfg, ""); !p.Unchanged {
		t.Error("the same was published again")
	}

	o, err := acceptFrom(t, cfg, "tidy:mine", wrong)
	if err != nil || o.Failed() {
		t.Fatalf("%+v, %v", o, err)
	}
	published(t, cfg, "")
	same(t, tree(t, filepath.Join(cfg.Data, "out", "site", "releases", "1.1.0"), false), shown)
	if strings.Contains(text(t, cfg, "corrections.html"), "withdrawn on") {
		t.Error("what was taken in again is still withdrawn")
	}
	whole(t, cfg)
}

// whole fails the test if ingest verify or publish verify finds any damage.
func whole(t testing.TB, cfg world) {
	t.Helper()
	if bad, err := watch.Verify(cfg.registry()); err != nil || len(bad) != 0 {
		t.Errorf("ingest verify: %v, %v", bad, err)
	}
	if bad, err := publish.VerifyPublished(cfg.dir(), cfg.publish()); err != nil || len(bad) != 0 {
		t.Errorf("publish verify: %v, %v", bad, err)
	}
}

// TestPagesSayWhatWasRedated corrects a date that was published.
func TestPagesSayWhatWasRedated(t *testing.T) {
	t.Parallel()
	cfg, wrong := twoVersions(t)
	right := mustRedate(t, cfg, "tidy:mine", wrong, "2023-03-12")
	published(t, cfg, "")
	if page := text(t, cfg, "index.html"); !strings.Contains(page, "Date corrected</a>: ") || !strings.Contains(page, "the release dated 10 March 2023 is of 12 March 2023.") {
		t.Error("the front page does not say what was redated")
	}
	said := "the release " + wrong + ", dated 10 March 2023 by mistake, is of 12 March 2023. Its date was corrected on 28 June 2026, and it is " + right + " now."
	for _, name := range []string{"corrections.html", "releases/index.html", "releases/tidy~mine.html", "releases/1.1.0/index.html", "feed.atom"} {
		if !strings.Contains(text(t, cfg, name), said) {
			t.Errorf("%s does not say it: %q", name, said)
		}
	}
	var m edition.Manifest
	if back := rows(t, cfg.Data, "taken-back"); len(back) != 1 || back[0]["release"] != wrong || back[0]["decision"] != "redated" || back[0]["now_release"] != right || back[0]["now_released"] != "2023-03-12" {
		t.Errorf("the table taken-back is %v", back)
	}
	if err := json.Unmarshal([]byte(text(t, cfg, "releases/1.1.0/edition.json")), &m); err != nil || len(m.TakenBack) != 1 || m.TakenBack[0].Kind != "redated" || m.TakenBack[0].Now != right {
		t.Errorf("%+v, %v", m.TakenBack, err)
	}
	whole(t, cfg)
	mustRedate(t, cfg, "tidy:mine", right, "2023-03-10")
	published(t, cfg, "")
	if strings.Contains(text(t, cfg, "releases/1.1.0/index.html"), "by mistake") {
		t.Error("a date that is right again is still called a mistake")
	}
}

// TestTakenBackIsTheSameEverywhere publishes after a withdrawal and after a correction of a
// date, uploads, and restores data/raw and the editions on another machine. The bytes must be the same.
func TestTakenBackIsTheSameEverywhere(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		do   func(cfg world, release string)
	}{
		{"withdrawn", func(cfg world, release string) { withdraw(t, cfg, "tidy:mine", release, "wrong") }},
		{"redated", func(cfg world, release string) { mustRedate(t, cfg, "tidy:mine", release, "2023-03-12") }},
	} {
		t.Run(c.name, func(t *testing.T) {
			cfg, wrong := twoVersions(t)
			site := filepath.Join(cfg.Data, "out", "site")
			copied := filepath.Join(t.TempDir(), "copy")
			uploadTo(t, cfg, copied)
			c.do(cfg, wrong)
			look(t, cfg)
			published(t, cfg, "")
			whole(t, cfg)
			uploadTo(t, cfg, copied)
			there := tree(t, copied, false)
			delete(there, "upload.json")
			same(t, there, tree(t, site, false))
			restored := restore(t, cfg.Data, "raw", "out/releases")
			for _, part := range []string{"raw", "out/lake", "out/quarantine", "out/status", "out/releases", "out/site"} {
				same(t, tree(t, filepath.Join(restored.Data, part), false), tree(t, filepath.Join(cfg.Data, part), false))
			}
			fresh := restore(t, cfg.Data, "raw")
			again := restore(t, fresh.Data, "raw")
			same(t, tree(t, filepath.Join(again.Data, "out", "site"), false), tree(t, filepath.Join(fresh.Data, "out", "site"), false))
		})
	}
}

// uploadTo puts the site into a folder.
func uploadTo(t testing.TB, cfg world, dir string) {
	t.Helper()
	to, err := upload.Open(dir, upload.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := publish.Upload(t.Context(), cfg.dir(), cfg.publish(), to, false, nil); err != nil {
		t.Fatal(err)
	}
}

// TestAFileOfSeveralReleasesIsOneNotice withdraws a file that states two releases: one notice
// speaks of both, and edition.json names them.
func TestAFileOfSeveralReleasesIsOneNotice(t *testing.T) {
	t.Parallel()
	cfg := offline(config(t, t.TempDir()))
	addMine(t, cfg, "", history(t, "first.csv", "2023-02-01", "2023-03-01"))
	addMine(t, cfg, "2023-05-01", tidyFile(t, "other.csv", "P", "1"))
	published(t, cfg, "")
	names := mine(t, cfg)
	withdraw(t, cfg, "tidy:mine", names[0], "wrong")
	published(t, cfg, "")
	page := text(t, cfg, "releases/1.0.0/index.html")
	if n := strings.Count(page, "was withdrawn on"); n != 1 || !strings.Contains(page, "the release "+names[1]+" of 1 March 2023, with all 2 that its file states, was withdrawn on") {
		t.Errorf("%d notices: %s", n, page)
	}
	var m edition.Manifest
	if err := json.Unmarshal([]byte(text(t, cfg, "releases/1.0.0/edition.json")), &m); err != nil || len(m.TakenBack) != 1 || !slices.Equal(m.TakenBack[0].Releases, names[:2]) {
		t.Errorf("%+v, %v", m.TakenBack, err)
	}
}
