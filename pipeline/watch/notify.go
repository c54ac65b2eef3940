package watch

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"crossings/pipeline/atomicfile"
	"crossings/pipeline/registry"
	"crossings/pipeline/review"
	"crossings/pipeline/stat"
	"crossings/pipeline/table/row"
	"crossings/pipeline/watch/notify"
)

// told is which state of each source and job, and which of its releases that wait, every
// channel was told last, by the channel's name.
type told map[string]map[string]string

func (c Options) told() string { return filepath.Join(c.Dir.Status(), "told", "channels.json") }

func (c Options) readTold() (told, error) {
	out := told{}
	text, err := os.ReadFile(c.told())
	if errors.Is(err, fs.ErrNotExist) {
		return out, nil
	}
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(text, &out); err != nil {
		return nil, fmt.Errorf("%s: %w; remove it, and every channel is told the states of today", c.told(), err)
	}
	return out, nil
}

// Options is what the functions that look at sources and jobs are given.
type Options struct {
	registry.Registry
	Now func() time.Time
	// MaxAge is how old the last success of each job may be before Notify tells of it; nil
	// is MaxAge.
	MaxAge map[string]time.Duration
	// Begun is called once the lock is taken; or nil.
	Begun func()
}

// Notify tells each channel, in one message, which sources and jobs have come into another
// state since it was told last. dry returns the messages and sends and notes nothing. One
// channel that fails does not stop the others, and is told again the next time.
func Notify(ctx context.Context, cfg Options, channels []notify.Channel, dry bool) (sent []notify.Message, err error) {
	if !dry { // which reads alone
		release, err := cfg.Dir.Lock(cfg.Begun)
		if err != nil {
			return nil, err
		}
		defer release()
	}
	now, err := cfg.states()
	if err != nil {
		return nil, err
	}
	jobs, err := JobStates(cfg)
	if err != nil {
		return nil, err
	}
	known, err := cfg.readTold()
	if err != nil {
		return nil, err
	}
	var failed error
	for _, ch := range channels {
		before := known[ch.Name()]
		after := onceTold(before, now)
		noteJobs(after, jobs)
		m := withJobs(messageOf(before, now), before, jobs)
		if m.Changes != nil && !dry {
			if err := ch.Send(ctx, m); err != nil {
				failed = errors.Join(failed, err)
				continue
			}
		}
		if m.Changes != nil {
			sent = append(sent, m)
		}
		if dry || maps.Equal(before, after) {
			continue
		}
		known[ch.Name()] = after
		text, err := json.MarshalIndent(known, "", "  ")
		if err != nil {
			return sent, err
		}
		if err := atomicfile.Write(cfg.told(), append(text, '\n')); err != nil {
			return sent, err
		}
	}
	return sent, failed
}

// onceTold returns what a channel that knew before knows once it was told.
func onceTold(before map[string]string, now []sourceState) map[string]string {
	after := map[string]string{}
	for _, s := range now {
		after[s.source] = s.told(before[s.source])
		if len(s.held) > 0 {
			after[heldKey(s.source)] = strings.Join(s.held, " ")
		}
		if s.warned != "" {
			after[warnedKey(s.source)] = s.warned
		}
	}
	return after
}

// sourceState is what there may be to tell of a source.
type sourceState struct {
	source, state, last, end, message string
	waits                             bool     // not to be told yet
	held                              []string // releases that wait for a person
	warned                            string   // the newest release, where it has warnings
	warnings                          []string // of that release
}

// patience is for how many days a source may be out of reach before that is told: it
// is late sooner or later, or the server is up again.
const patience = 2

// states returns the state of every source today.
func (c Options) states() ([]sourceState, error) {
	table, findings, err := Status(c)
	if err != nil {
		return nil, err
	}
	var out []sourceState
	for r := range row.Each[row.Source](table) {
		t := LastFault(c.Registry, r.Source)
		s := sourceState{source: r.Source, state: r.State, last: r.LastRelease.String(), end: r.CoverageEnd.String(), message: t.Message,
			held: heldIn(findings[r.Source])}
		s.warned, s.warnings = c.warned(s.source, findings[s.source])
		s.waits = s.state == Unreachable && !t.Since.IsZero() && int(stat.DateOf(c.Now().UTC())-t.Since) < patience
		out = append(out, s)
	}
	return out, nil
}

// told returns the state that a channel knows once it was told, where it knew before.
func (s sourceState) told(before string) string {
	if s.waits || s.state == Held { // its releases that wait are told one by one
		return before
	}
	return s.state
}

// heldKey is what is told of the releases of a source that wait; no source has such an
// identifier.
func heldKey(source string) string { return source + " held" }

// warnedKey is what is told of the warnings of a source.
func warnedKey(source string) string { return source + " warned" }

// warned returns the newest release of a source and its warnings, or nothing where it has
// none.
func (c Options) warned(source string, findings []stat.Finding) (release string, warnings []string) {
	for _, f := range findings {
		if f.Severity == stat.SeverityWarning {
			warnings = append(warnings, f.Message)
		}
	}
	entries, err := c.OpenLake().Entries(source)
	if err != nil || len(entries) == 0 || warnings == nil {
		return "", nil
	}
	return entries[len(entries)-1].Release, warnings
}

// maxWarnings is how many warnings of a release are told in full.
const maxWarnings = 5

// warning says the warnings of a release in one message, "" where they were told before.
func (s sourceState) warning(before map[string]string) string {
	if s.warned == "" || before[warnedKey(s.source)] == s.warned {
		return ""
	}
	text := "release " + s.warned + " was taken with warnings: " + strings.Join(s.warnings[:min(len(s.warnings), maxWarnings)], "; ")
	if n := len(s.warnings) - maxWarnings; n > 0 {
		text += fmt.Sprintf("; and %d more", n)
	}
	return text
}

// heldIn returns the releases that wait, among the findings of a source.
func heldIn(findings []stat.Finding) []string {
	var out []string
	for _, f := range findings {
		if f.Code == review.Pending {
			out = append(out, f.Where)
		}
	}
	return out
}

// news returns the releases that wait, if a channel was not told of them before.
func (s sourceState) news(before map[string]string) []string {
	old := strings.Fields(before[heldKey(s.source)])
	return slices.DeleteFunc(slices.Clone(s.held), func(r string) bool { return slices.Contains(old, r) })
}

// messageOf says what changed, or nothing: a source that has come into a state that is
// to be told, or out of one, and releases that wait for a person.
func messageOf(before map[string]string, now []sourceState) notify.Message {
	var m notify.Message
	var text strings.Builder
	waiting, warned := 0, 0
	for _, s := range now {
		old := before[s.source]
		for _, r := range s.news(before) {
			waiting++
			why := "release " + r + " " + review.PendingText
			m.Changes = append(m.Changes, notify.Change{Source: s.source, Before: old, Now: review.Pending, Message: why})
			fmt.Fprintf(&text, "%s: %s.\n", s.source, why)
		}
		if why := s.warning(before); why != "" {
			warned++
			m.Changes = append(m.Changes, notify.Change{Source: s.source, Before: old, Now: Warned, Message: why})
			fmt.Fprintf(&text, "%s: %s.\n", s.source, why)
		}
		if s.waits || s.state == Held || s.state == old || !Alarming(s.state) && (old == "" || !Alarming(old)) {
			continue
		}
		m.Changes = append(m.Changes, notify.Change{Source: s.source, Before: old, Now: s.state, Message: s.message})
		fmt.Fprintf(&text, "%s: %s", s.source, s.state)
		if old != "" {
			fmt.Fprintf(&text, ", before: %s", old)
		}
		if s.last != "" {
			fmt.Fprintf(&text, ". Last release %s, figures up to %s", s.last, s.end)
		}
		text.WriteString(".\n")
		if s.message != "" {
			fmt.Fprintf(&text, "  %s\n", s.message)
		}
	}
	if m.Changes == nil {
		return m
	}
	text.WriteString("\nWhat was known stays published. See: ingest status\n")
	m.Subject, m.Text = subjectOf(m.Changes, waiting, warned), text.String()
	return m
}

// Warned is what a change says of a source whose newest release was taken with warnings.
const Warned = "warned"

// subjectOf sums up changes. Some are releases that wait, or that were taken with warnings.
func subjectOf(changes []notify.Change, waiting, warned int) string {
	var parts []string
	count := func(n int, one, many, rest string) {
		if n > 1 {
			one = many
		}
		if n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s %s", n, one, rest))
		}
	}
	rest := "recovered"
	if slices.ContainsFunc(changes, func(c notify.Change) bool { return c.Now != review.Pending && c.Now != Warned && Alarming(c.Now) }) {
		rest = "come into another state"
	}
	count(len(changes)-waiting-warned, "source has", "sources have", rest)
	count(waiting, "release waits", "releases wait", "for review")
	count(warned, "release has", "releases have", "warnings")
	return "crossings: " + strings.Join(parts, ", ")
}
