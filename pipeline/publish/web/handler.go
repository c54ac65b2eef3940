package web

import (
	"net/http"
	"path"
	"strings"
)

// Handler serves the site in a folder. It opens a file for each request, so a new site is visible at
// once.
func Handler(dir string) http.Handler {
	root := http.Dir(dir)
	files := http.FileServer(root)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(path.Clean("/"+r.URL.Path), "/")
		if name == "" || strings.HasSuffix(r.URL.Path, "/") {
			name = path.Join(name, "index.html")
		}
		h := w.Header()
		for key, value := range headers {
			h.Set(key, value)
		}
		h.Set("Content-Security-Policy", Policy(name))
		h.Set("Content-Type", ContentType(name))
		h.Set("Cache-Control", CacheControl(name))
		if !serveCopy(w, r, root, name) {
			files.ServeHTTP(w, r)
		}
	})
}

// copies are the compressed copies of a file, the best first: how HTTP calls them, and their endings.
var copies = []struct{ encoding, ending string }{{"br", ".br"}, {"gzip", ".gz"}}

// serveCopy serves a compressed copy of a file, if there is one that the reader takes.
func serveCopy(w http.ResponseWriter, r *http.Request, root http.FileSystem, name string) bool {
	if strings.HasSuffix(r.URL.Path, "/index.html") {
		return false // the address without it is the page's
	}
	for _, c := range copies {
		if !accepts(r.Header.Get("Accept-Encoding"), c.encoding) {
			continue
		}
		f, err := root.Open("/" + name + c.ending)
		if err != nil {
			continue
		}
		defer f.Close()
		info, err := f.Stat()
		if err != nil || info.IsDir() {
			continue
		}
		w.Header().Set("Content-Encoding", c.encoding)
		http.ServeContent(w, r, name, info.ModTime(), f)
		return true
	}
	return false
}

// accepts reports whether a reader takes an encoding. One with a weight of zero is refused.
func accepts(header, encoding string) bool {
	for part := range strings.SplitSeq(header, ",") {
		name, weight, _ := strings.Cut(part, ";")
		if strings.EqualFold(strings.TrimSpace(name), encoding) {
			q := strings.ReplaceAll(weight, " ", "")
			return strings.Trim(strings.TrimPrefix(q, "q="), "0.") != "" || q == ""
		}
	}
	return false
}
