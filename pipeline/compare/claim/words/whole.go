package words

import "crossings/pipeline/stat"

// ofPart leaves out the moments that belong to the whole of a part, unless there are no others.
func (s *Sentence) ofPart(own []moment, whole Number) []moment {
	end := s.wholeEnd(whole)
	var out []moment
	for _, m := range own {
		if m.at < whole.End || m.at >= end {
			out = append(out, m)
		}
	}
	if len(out) == 0 {
		return own
	}
	return out
}

// wholeWhen returns the window of a number that another one is a part of: the one that its own words name, else one around
// that of the part.
func (s *Sentence) wholeWhen(n Number, on stat.Date) when {
	from, to := s.sentenceAround(n.At)
	year := s.yearNear(n, on)
	if w, ok := join(s.momentsIn(n.End, s.wholeEnd(n)), n, on, year); ok {
		return w
	}
	w, _ := join(s.momentsIn(from, to), n, on, year)
	for i := range w.spans {
		w.spans[i].around, w.spans[i].open, w.spans[i].newest, w.spans[i].bases = true, false, false, nil
	}
	return w
}

// wholePhrase returns the sentence up to the words of time behind a whole, or up to those on the part.
func (s *Sentence) wholePhrase(n *Number) phrase {
	from, _ := s.sentenceAround(n.At)
	to := s.wholeEnd(*n)
	if list := s.momentsIn(n.End, to); len(list) > 0 {
		to = list[0].at
	}
	return phrase{at: from, end: to}
}

// wholeEnd returns the place at which the words on a part begin behind its whole: "of the 1,087 returns | took place in June".
func (s *Sentence) wholeEnd(n Number) int {
	_, to := s.sentenceAround(n.At)
	text, from := s.original[n.End:to], 0
	if who := relative.FindStringIndex(text); who != nil {
		from = who[1]
	}
	if verb := partVerb.FindStringIndex(text[from:]); verb != nil {
		to = n.End + from + verb[0]
	}
	return to
}

var (
	// partVerb matches what a part did.
	partVerb = find(`(?i)[,;]|\b(?:claimed|were|was|are|had|did|took place|lived|went|received|got|came|arrived|crossed|happened|died|drowned)\b`)
	// relative matches words up to "who" with its verb, which is of the whole.
	relative = find(`(?i)^[^,;]{0,40}\b(?:who|that|which)(?: have| had)? \w+`)
)
