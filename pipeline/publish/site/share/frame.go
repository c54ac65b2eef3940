package share

import (
	"encoding/json"
	"fmt"
	"html/template"
	"slices"

	"crossings/pipeline/publish/picture"
	"crossings/pipeline/publish/site/content"
	"crossings/pipeline/publish/site/figure"
)

// The height of a frame in pixels. The page in it fits into any height from minHeight on, and its width is
// that of the column around it.
const (
	frameHeight = 560
	frameWidth  = 720
)

// frames returns the texts that show a chart elsewhere: the newest figures, and those of this data
// version, which stay as they are. The page in the frame has title, status, cut-off and source in it,
// because the page around it may not say them.
func frames(s content.Site, f figure.Figure) []Frame {
	out := []Frame{frame("The newest figures, which change with each release", s.Base, content.EmbedPage(f.ID), f.Title)}
	if v := s.Carried(); Pinned(s, f) {
		out = append(out, frame("The figures of data version "+v+", which stay as they are", s.Base, content.EditionFolder(v)+content.EmbedPage(f.ID), f.Title+", data version "+v))
	}
	return out
}

// Pinned reports whether the data version of a site has a page of a chart for frames.
func Pinned(s content.Site, f figure.Figure) bool {
	if s.Version == "" || f.Missing != "" {
		return false
	}
	if s.NewEdition {
		return f.Draws(".svg")
	}
	return !slices.Contains(s.Unshown, f.ID)
}

// frame returns the HTML of a frame. Its title states no figure, because the page in it will change and
// this text will not. Without a base the address is relative to the site, and the page's script puts the
// site's own address before it.
func frame(label, base, page, title string) Frame {
	return Frame{label, page, fmt.Sprintf(`<iframe src="%s" title="%s" width="100%%" height="%d" loading="lazy" frameborder="0"></iframe>`,
		template.HTMLEscapeString(base+page), template.HTMLEscapeString(title), frameHeight)}
}

// OEmbed returns the description of a chart's frame by which other sites show it from the address of its
// page (oEmbed 1.0, type rich). ok is false if the site's address is not known.
func OEmbed(s content.Site, f figure.Figure) (data []byte, ok bool, err error) {
	if s.Base == "" || f.Missing != "" {
		return nil, false, nil
	}
	x := map[string]any{"version": "1.0", "type": "rich", "title": f.Title, "provider_name": s.Title, "provider_url": s.Base,
		"width": frameWidth, "height": frameHeight, "html": frames(s, f)[0].Code, "cache_age": 3600}
	if f.Draws(content.WideSuffix) {
		x["thumbnail_url"], x["thumbnail_width"], x["thumbnail_height"] = s.Base+content.EmbeddedPicture(f.ID), picture.Wide.Width, picture.Wide.Height
	}
	data, err = json.MarshalIndent(x, "", " ")
	return append(data, '\n'), err == nil, err
}
