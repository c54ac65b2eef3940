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

// notified holds, by the name of each channel, the states of sources and jobs and the pending
// releases that the channel was last notified of.
type notified map[string]map[string]string

func (c Options) notifiedFile() string { return filepath.Join(c.Dir.Status(), "told", "channels.json") }

func (c Options) readNotified() (notified, error) {
	out := notified{}
	text, err := os.ReadFile(c.notifiedFile())
	if errors.Is(err, fs.ErrNotExist) {
		return out, nil
	}
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(text, &out); err != nil {
		return nil, fmt.Errorf("%s: %w; if you remove it, every channel is notified of all current states", c.notifiedFile(), err)
	}
	return out, nil
}

// Options holds the options of the functions that watch sources and jobs.
type Options struct {
	registry.Registry
	Now func() time.Time
	// MaxAge is how old the last success of each job may be before the operator is notified.
	// If it is nil, the variable MaxAge applies.
	MaxAge map[string]time.Duration
	// Begun is called once the lock is taken. It may be nil.
	Begun func()
}

// Notify sends each channel one message about the sources and jobs that changed state since the
// channel was last notified. If dry is set, it only returns the messages. A channel that fails
// does not stop the others, and gets the message again the next time.
func Notify(ctx context.Context, cfg Options, channels []notify.Channel, dry bool) (sent []notify.Message, err error) {
	if !dry { // a dry run only reads
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
	known, err := cfg.readNotified()
	if err != nil {
		return nil, err
	}
	var failed error
	for _, ch := range channels {
		before := known[ch.Name()]
		after := afterMessage(before, now)
		recordJobs(after, jobs)
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
		if err := atomicfile.Write(cfg.notifiedFile(), append(text, '\n')); err != nil {
			return sent, err
		}
	}
	return sent, failed
}

// afterMessage returns the states that a channel has been notified of after the message. before
// holds those from earlier messages.
func afterMessage(before map[string]string, now []sourceState) map[string]string {
	after := map[string]string{}
	for _, s := range now {
		after[s.source] = s.stateToRecord(before[s.source])
		if len(s.pending) > 0 {
			after[pendingKey(s.source)] = strings.Join(s.pending, " ")
		}
		if s.warned != "" {
			after[warnedKey(s.source)] = s.warned
		}
	}
	return after
}

// sourceState is what the operator may have to know about a source.
type sourceState struct {
	source, state, last, end, message string
	unsettled                         bool     // too early to notify the operator of state
	pending                           []string // the pending releases
	warned                            string   // the newest release if it has warnings, else ""
	warnings                          []string // of the release warned
}

// unreachableDays is the number of days that a source may be unreachable before the operator is
// notified. Most servers are up again by then.
const unreachableDays = 2

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
			pending: pendingIn(findings[r.Source])}
		s.warned, s.warnings = c.warned(s.source, findings[s.source])
		s.unsettled = s.state == Unreachable && !t.Since.IsZero() && int(stat.DateOf(c.Now().UTC())-t.Since) < unreachableDays
		out = append(out, s)
	}
	return out, nil
}

// stateToRecord returns the state that a channel has been notified of after the message. before is
// the state from earlier messages.
func (s sourceState) stateToRecord(before string) string {
	if s.unsettled || s.state == Held { // its pending releases are reported one by one
		return before
	}
	return s.state
}

// pendingKey returns the key of a source's pending releases among the states that a channel was
// notified of. It is not a valid identifier of a source.
func pendingKey(source string) string { return source + " held" }

// warnedKey returns the key of the release whose warnings a channel was notified of.
func warnedKey(source string) string { return source + " warned" }

// warned returns the newest release of a source and its warnings. Both are empty if it has no
// warnings.
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

// maxWarnings limits the warnings of a release that a message contains.
const maxWarnings = 5

// warning returns a sentence with the warnings of a release, or "" if the channel was notified of
// them before.
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

// pendingIn returns the pending releases among the findings of a source.
func pendingIn(findings []stat.Finding) []string {
	var out []string
	for _, f := range findings {
		if f.Code == review.Pending {
			out = append(out, f.Where)
		}
	}
	return out
}

// news returns the pending releases that a channel was not notified of before.
func (s sourceState) news(before map[string]string) []string {
	old := strings.Fields(before[pendingKey(s.source)])
	return slices.DeleteFunc(slices.Clone(s.pending), func(r string) bool { return slices.Contains(old, r) })
}

// messageOf returns a message about what changed: sources that entered or left an alarming state,
// new pending releases, and new warnings. The message is empty if nothing changed.
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
		if s.unsettled || s.state == Held || s.state == old || !Alarming(s.state) && (old == "" || !Alarming(old)) {
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

// Warned is the new state in a change if the newest release of a source came in with warnings.
const Warned = "warned"

// subjectOf sums up changes. waiting of them are pending releases, and warned are releases with
// warnings.
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
