package translate

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// form is how a language writes numbers, dates and what stands before some marks.
type form struct {
	name    string // of the language in itself
	english string // of English in the language
	only    string // that a page is in English only
	decimal string
	group   string
	percent string
	months  []string
	short   []string          // of months
	weekday []string          // of Monday, Wednesday, Friday, Sunday in short
	first   string            // the first day of a month
	narrow  string            // marks with a narrow no-break space before them
	tie     string            // marks with a no-break space before them
	digits  *strings.Replacer // English separators to those of the language
	most    float64           // numbers below it take the singular
	rules   map[string]rule
}

// rule is how a word before another begins: "de " or "d’" before some letters.
type rule struct{ full, cut, letters string }

// The spaces of typography.
const (
	noBreak       = "\u00a0"
	narrowNoBreak = "\u202f"
)

var spaces = strings.NewReplacer("<nbsp>", noBreak, "<nnbsp>", narrowNoBreak)

// set reads a line "name: value".
func (f *form) set(line string) error {
	name, value, ok := strings.Cut(line, ":")
	if !ok {
		return fmt.Errorf("%q is not a name, a colon and a value", line)
	}
	value = spaces.Replace(strings.TrimPrefix(value, " "))
	texts := map[string]*string{"name": &f.name, "english": &f.english, "only": &f.only, "decimal": &f.decimal, "group": &f.group, "percent": &f.percent, "first": &f.first, "narrow": &f.narrow, "tie": &f.tie}
	lists := map[string]*[]string{"months": &f.months, "short": &f.short, "weekdays": &f.weekday}
	switch of, word, _ := strings.Cut(name, " "); {
	case texts[name] != nil:
		*texts[name] = value
	case lists[name] != nil:
		*lists[name] = strings.Fields(value)
	case name == "singular-below":
		var err error
		f.most, err = strconv.ParseFloat(value, 64)
		return err
	case of == "before":
		parts := strings.Split(value, "|")
		if len(parts) != 3 {
			return fmt.Errorf("%q is not full|cut|letters", value)
		}
		f.rules[word] = rule{parts[0], parts[1], parts[2]}
	default:
		return fmt.Errorf("%q is no property of a language", name)
	}
	return nil
}

// complete returns an error if a property is missing.
func (f *form) complete() error {
	for name, value := range map[string]string{"name": f.name, "english": f.english, "only": f.only, "decimal": f.decimal, "group": f.group, "percent": f.percent} {
		if value == "" {
			return fmt.Errorf("[[language]] lacks %s", name)
		}
	}
	f.digits = strings.NewReplacer(",", f.group, ".", f.decimal)
	if len(f.months) != 12 || len(f.short) != 12 {
		return fmt.Errorf("[[language]] has %d months and %d short ones", len(f.months), len(f.short))
	}
	return nil
}

// tied puts the spaces before marks that must not break.
func (f *form) tied(text string) string {
	for _, m := range strings.Fields(f.narrow) {
		text = strings.ReplaceAll(text, " "+m, narrowNoBreak+m)
	}
	for _, m := range strings.Fields(f.tie) {
		text = strings.ReplaceAll(text, " "+m, noBreak+m)
	}
	return text
}

// number writes an English number as the language does.
func (f *form) number(english string) string {
	return f.digits.Replace(english)
}

func (f *form) day(d string) string {
	if d == "1" && f.first != "" {
		return f.first
	}
	return d
}

// plural returns the word for one or for many.
func (f *form) plural(n float64, words []string) string {
	if n < 0 {
		n = -n
	}
	if n < f.most {
		return words[0]
	}
	return words[1]
}

// begin gives a text the form of a slot.
func (f *form) begin(how, text string) string {
	first, size := utf8.DecodeRuneInString(text)
	switch r, ok := f.rules[how]; {
	case ok && strings.ContainsRune(r.letters, unicode.ToLower(first)):
		return r.cut + text
	case ok:
		return r.full + text
	case how == "low":
		return string(unicode.ToLower(first)) + text[size:]
	case how == "cap":
		return string(unicode.ToUpper(first)) + text[size:]
	}
	return text
}
