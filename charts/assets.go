package charts

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"slices"
)

//go:embed templates/*.html
var templates embed.FS

//go:embed assets
var assets embed.FS

//go:embed styles/*.css
var styles embed.FS

// sheets are the parts of the style sheet in their order: later rules win. Each part has
// the rules of one thing on a page.
var sheets = []string{
	"tokens", "shell", "text", "lead", "cards", "calendar", "front", "figures", "share", "choices", "tables", "topic", "quality", "prose", "sort", "explore", "check", "search", "foot", "maps", "print",
}

const (
	// LibraryName is the file name of the chart library among the site's assets.
	LibraryName = "echarts.min.js"
	// librarySHA256 is the hash of the parts of npm echarts 6.1.0 that library.js names, joined by
	// library.sh with npm esbuild 0.25.12.
	librarySHA256 = "b4dcef1eb71f7ce581273ac5fab0731f30f16cfe6f2dad6bece5027f80500133"

	// PainterName is the file name of the script that adds colours and labels to a
	// chart's options, both in the browser and in package picture.
	PainterName = "paint.js"

	rasteriserName = "resvg.wasm"
	// rasteriserSHA256 is the hash of index_bg.wasm in npm @resvg/resvg-wasm 2.6.2.
	rasteriserSHA256 = "22bf6e9f9a100d972da0411a69c5ba504367fc1fa87b3b64e3f35e53926d2d70"
)

// fonts are the hashes of the site's fonts, by file name: the Latin letters of npm
// @fontsource-variable/source-sans-3 and, in bold, @fontsource/source-serif-4 5.3.1, under the SIL Open
// Font License 1.1. Serifs are for titles and large numbers, so that one weight is enough.
var fonts = map[string]string{
	"source-sans.woff2": "19143dca075972bc84e3fd9eab7416dd40cc565dccb2435a044bdfabe060c7d5",
	"serif-bold.woff2":  "7691c51bc286a9014db0048277d2c3f2ad0a90b533dc8adfb16cb22a95390d39",
}

// pictureFonts are the hashes of the fonts of pictures, by file name: the same letters as those of the
// site, one weight a file, as the rasteriser reads them. They are from npm @fontsource/source-sans-3 and
// source-serif-4 5.3.1, under the same licence, and no part of the site.
var pictureFonts = map[string]string{
	"sans-bold.woff":    "dfdfe9a92eb014666e44bb90f5eb375888295839f2f17ebd1163a097c07b25f7",
	"sans-regular.woff": "8969d8c55bd5d6aebf95b2603612503cd6424a4d3b8e9606a38a831bda1cd5c2",
	"serif-bold.woff":   "be3a2f9c6838a6ecd8edbf6fee22b882dd78b3254b11dee1058762ba033716db",
}

// ErrLibrary means that this program was built without the chart library, the
// rasteriser, the fonts or the claim engine, or with another version than the pinned one.
var ErrLibrary = errors.New(`chart library: run "make build"`)

// Templates returns the page templates, one *.html file each.
func Templates() fs.FS { return sub(templates, "templates") }

// served are the project's own files that the site serves.
var served = []string{
	"choices.js", "controls.js", "favicon.svg", "search.js", "find.js", PainterName, "site.js", "table.js", "selection.js", "programs.js", "linechart.js", "explore.js", "check.js",
}

// heads are the scripts that the site serves at the head of another: what several pages share is no request of
// its own, and no page loads it that does not use it.
var heads = map[string][]string{
	"site.js": {"copy.js"}, "table.js": {"say.js"}, "check.js": {"copy.js"}, "choices.js": {"take.js"}, "selection.js": {"copy.js", "take.js"},
}

// Assets returns the files that pages refer to: the style sheet, the fonts and the scripts,
// including the chart library. If one of npm is missing, the error is ErrLibrary.
func Assets() (Bundle, error) {
	library, err := Library()
	if err != nil {
		return Bundle{}, err
	}
	files := map[string][]byte{LibraryName: library}
	for name, sum := range fonts {
		if files[name], err = pinned(name, sum); err != nil {
			return Bundle{}, err
		}
	}
	for _, name := range served {
		if files[name], err = joinFiles(assets, "assets/", append(slices.Clip(heads[name]), name), ""); err != nil {
			return Bundle{}, err
		}
	}
	if files["site.css"], err = styleSheet(); err != nil {
		return Bundle{}, err
	}
	return newBundle(files)
}

// joinFiles returns the files of a folder one after another.
func joinFiles(from embed.FS, folder string, names []string, ending string) ([]byte, error) {
	var all []byte
	for _, name := range names {
		part, err := from.ReadFile(folder + name + ending)
		if err != nil {
			return nil, err
		}
		all = append(all, part...)
	}
	return all, nil
}

// EmbedAssets returns the files next to the pages that other sites show in a frame, by name. They refer
// to nothing, because a page of a data version stays while the site's own files change.
func EmbedAssets() (map[string][]byte, error) {
	files := map[string][]byte{}
	for name, from := range map[string]string{"embed.css": "embed.css", "icon.svg": "favicon.svg"} {
		data, err := assets.ReadFile("assets/" + from)
		if err != nil {
			return nil, err
		}
		files[name] = data
	}
	return files, nil
}

// styleSheet joins the parts of the style sheet.
func styleSheet() ([]byte, error) {
	return joinFiles(styles, "styles/", sheets, ".css")
}

// Library returns the chart library, npm echarts, as one script. The error is ErrLibrary
// if "make build" did not put the library in place before the program was built, or if
// it is not the pinned version.
func Library() ([]byte, error) { return pinned(LibraryName, librarySHA256) }

// Rasteriser returns npm @resvg/resvg-wasm, which turns SVG into pixels, as a WebAssembly
// module of 2.5 MB. It is not part of the site. Errors are those of Library.
func Rasteriser() ([]byte, error) { return pinned(rasteriserName, rasteriserSHA256) }

// Engine returns the claim engine for browsers as a WebAssembly module, and the script of the worker
// in which it runs: that of the Go distribution, which starts it, and the project's own. Both are
// made from the same Go as this program. The error is ErrLibrary if "make build" did not put them in
// place before the program was built.
func Engine() (module, worker []byte, err error) {
	for _, name := range []string{"wasm_exec.js", "claim-worker.js"} {
		part, err := assets.ReadFile("assets/" + name)
		if err != nil {
			return nil, nil, fmt.Errorf("%w: charts/assets/%s is missing", ErrLibrary, name)
		}
		worker = append(append(worker, part...), '\n')
	}
	if module, err = assets.ReadFile("assets/claim.wasm"); err != nil {
		return nil, nil, fmt.Errorf("%w: charts/assets/claim.wasm is missing", ErrLibrary)
	}
	return module, worker, nil
}

// PictureFonts returns the fonts of pictures as WOFF files, by file name: sans-regular.woff,
// sans-bold.woff and serif-bold.woff. Errors are those of Library.
func PictureFonts() (map[string][]byte, error) {
	files := map[string][]byte{}
	for name, sum := range pictureFonts {
		var err error
		if files[name], err = pinned(name, sum); err != nil {
			return nil, err
		}
	}
	return files, nil
}

// Painter returns the script called PainterName.
func Painter() []byte {
	data, err := assets.ReadFile("assets/" + PainterName)
	if err != nil {
		panic(err) // the script is in the repository and embedded
	}
	return data
}

// pinned returns the asset called name if its SHA-256 is sum.
func pinned(name, sum string) ([]byte, error) {
	data, err := assets.ReadFile("assets/" + name)
	if err != nil {
		return nil, fmt.Errorf("%w: charts/assets/%s is missing", ErrLibrary, name)
	}
	if err := verify(name, data, sum); err != nil {
		return nil, err
	}
	return data, nil
}

// verify returns an error if the asset's hash differs from the pinned one.
func verify(name string, data []byte, want string) error {
	sum := sha256.Sum256(data)
	if got := hex.EncodeToString(sum[:]); got != want {
		return fmt.Errorf("%w: sha256 of %s is %s, not %s", ErrLibrary, name, got, want)
	}
	return nil
}

func sub(f embed.FS, dir string) fs.FS {
	s, err := fs.Sub(f, dir)
	if err != nil {
		panic(err) // the folder is embedded
	}
	return s
}
