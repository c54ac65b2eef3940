package upload

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// killedSite and killedTarget are environment variables for the child process that is to be killed:
// the folder of the site to upload, and the target.
const killedSite, killedTarget = "CROSSINGS_TEST_SITE", "CROSSINGS_TEST_TARGET"

// many is a site with more files, so that an upload takes a while.
func many(version string, site map[string]string) map[string]string {
	for i := range 60 {
		site[fmt.Sprintf("charts/%d.svg", i)] = "<svg>" + version + "</svg>"
	}
	return site
}

// TestKillUpload kills an uploading process at random instants, for a folder and for an S3 server.
// The front page never comes before what it links to, and the next upload completes the site.
func TestKillUpload(t *testing.T) {
	if site := os.Getenv(killedSite); site != "" {
		to, err := Open(os.Getenv(killedTarget), Options{Endpoint: os.Getenv("AWS_ENDPOINT_URL")})
		if err != nil {
			t.Fatal(err)
		}
		upload(t, to, site)
		return
	}
	one, two := siteOf(t, many("1", first())), siteOf(t, many("2", second()))
	bucket := newBucket(t, "killed")
	endpoint, err := server()
	if err != nil {
		t.Fatal(err)
	}
	killed := 0
	for i := range 6 {
		address := t.TempDir() + "/www"
		if i%2 == 1 {
			address = fmt.Sprintf("s3://%s/kill-%d", bucket.name, i)
		}
		to, err := Open(address, Options{Endpoint: endpoint})
		if err != nil {
			t.Fatal(err)
		}
		upload(t, to, one)
		cmd := exec.Command(os.Args[0], "-test.run=^TestKillUpload$")
		cmd.Env = append(os.Environ(), killedSite+"="+two, killedTarget+"="+address, "AWS_ENDPOINT_URL="+endpoint)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		for range 1000 { // until it has begun
			if data, err := to.Get(t.Context(), "data/daily.csv", 1<<20); err == nil && string(data) == "d,2" {
				break
			}
			time.Sleep(2 * time.Millisecond)
		}
		time.Sleep(time.Duration(rand.Int64N(int64(40 * time.Millisecond))))
		cmd.Process.Kill()
		state, _ := cmd.Process.Wait()
		time.Sleep(300 * time.Millisecond) // the server may still finish the last request
		got := holds(t, to)
		if got["index.html"] == "front 2" {
			for name, text := range many("2", second()) {
				if got[name] != text {
					t.Errorf("%s: the front page is there and %s is not", address, name)
				}
			}
		} else if got["index.html"] != "front 1" {
			t.Errorf("%s: the front page is %q", address, got["index.html"])
		}
		upload(t, to, two)
		want := many("2", maps.Clone(second()))
		if diff := cmp.Diff(want, holds(t, to)); diff != "" {
			t.Errorf("%s, after another run: %s", address, diff)
		}
		if !state.Exited() {
			killed++
		}
	}
	if killed == 0 {
		t.Error("no upload was killed while it ran; the test proves nothing")
	}
}
