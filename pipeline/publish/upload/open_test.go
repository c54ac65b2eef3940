package upload

import (
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

func TestOpenRefuses(t *testing.T) {
	t.Setenv("AWS_ACCESS_KEY_ID", "a")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "b")
	for _, address := range []string{"", "s3://", "s3:///x", "s3://user:pw@bucket/x", "s3://bucket/a/../b", "s3://bucket/a//b", "s3://bucket/x?y", "https://example.org/", "gs://bucket"} {
		if to, err := Open(address, Options{}); !errors.Is(err, ErrAddress) {
			t.Errorf("%q: %v, %v", address, to, err)
		}
	}
	for _, endpoint := range []string{"example.org", "ftp://example.org", "https://user@example.org", "https://example.org/path"} {
		if to, err := Open("s3://bucket", Options{Endpoint: endpoint}); !errors.Is(err, ErrAddress) {
			t.Errorf("endpoint %q: %v, %v", endpoint, to, err)
		}
	}
	t.Setenv("AWS_ACCESS_KEY_ID", "")
	if _, err := Open("s3://bucket", Options{}); !errors.Is(err, ErrAddress) || !strings.Contains(err.Error(), "AWS_ACCESS_KEY_ID") {
		t.Errorf("no credentials: %v", err)
	}
}

func TestAHostileManifest(t *testing.T) {
	for _, text := range []string{"{", `{"files":[{"name":"../../etc/passwd"}]}`, `{"files":[{"name":"/etc/passwd"}]}`, `{"files":[{"name":""}]}`} {
		dir := filepath.Join(t.TempDir(), "www")
		if err := os.Mkdir(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, ManifestName), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if p, err := NewPlan(t.Context(), siteOf(t, first()), folder{dir}); err == nil {
			t.Errorf("%s: plan %+v", text, p)
		}
	}
}

// TestNoSecretLeaves looks for the secret in everything sent over the network.
func TestNoSecretLeaves(t *testing.T) {
	b := newBucket(t, "secrets")
	var sent strings.Builder
	var mu sync.Mutex
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		r.Write(&sent)
		w.WriteHeader(http.StatusForbidden)
		io.WriteString(w, "<Error><Code>AccessDenied</Code></Error>")
	})}
	go s.Serve(l)
	defer s.Close()
	to, err := Open("s3://secrets", Options{Endpoint: "http://" + l.Addr().String()})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := NewPlan(t.Context(), siteOf(t, first()), to); err == nil || strings.Contains(err.Error(), "only-for-this-test") {
		t.Errorf("error %v", err)
	}
	mu.Lock()
	defer mu.Unlock()
	if sent.Len() == 0 || strings.Contains(sent.String(), "only-for-this-test") {
		t.Errorf("sent %q", sent.String())
	}
	_ = b
}

// FuzzOpen passes any target to publish upload. It is a folder, a bucket with a prefix that does
// not lead out of it, or an ErrAddress.
func FuzzOpen(f *testing.F) {
	f.Setenv("AWS_ACCESS_KEY_ID", "id")
	f.Setenv("AWS_SECRET_ACCESS_KEY", "a-secret-that-stays")
	f.Add("/var/www/crossings", "", "")
	f.Add("s3://statistics/crossings", "https://objects.example.org", "eu-west-2")
	f.Add("s3://statistics/../x", "", "")
	f.Add("s3://statistics/..@../x", "", "") // a name that only begins with dots
	f.Add("s3://user@statistics", "http://user@example.org/x", "\n")
	f.Add("gs://x", ":", "")
	f.Fuzz(func(t *testing.T, to, endpoint, region string) {
		got, err := Open(to, Options{Endpoint: endpoint, Region: region})
		if err != nil {
			given := strings.Contains(to+endpoint+region, "a-secret-that-stays") // the fuzzer reads the test, too
			if !errors.Is(err, ErrAddress) || !given && strings.Contains(err.Error(), "a-secret-that-stays") {
				t.Errorf("%q at %q: %v", to, endpoint, err)
			}
			return
		}
		b, ok := got.(*bucket)
		if !ok {
			if strings.Contains(to, "://") || to == "" {
				t.Errorf("%q is taken for a folder", to)
			}
			return
		}
		if p := strings.TrimSuffix(b.prefix, "/"); b.name == "" || p != "" && (p == b.prefix || path.Clean(p) != p || path.IsAbs(p) || p == ".." || strings.HasPrefix(p, "../")) {
			t.Errorf("%q is bucket %q, prefix %q", to, b.name, b.prefix)
		}
	})
}
