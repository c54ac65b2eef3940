package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"crossings/cmd/internal/cli"

	"crossings/pipeline/ingest/fetch"
	"crossings/pipeline/source/all"
	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/source/sourcetest/weekly"
	"crossings/pipeline/stat"
)

// TestExitStatus checks the exit status and the output over several nights. Each night
// the publisher answers differently.
func TestExitStatus(t *testing.T) {
	const boats, italy = "ukho-small-boats", "it-interior-landings"
	spread := weekly.File(t, "2026-06-26").Data
	table := sourcetest.ItalianReports(stat.MustDate("2025-07-01"), stat.MustDate("2025-09-16")).Data
	code, body := http.StatusOK, spread
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Host + r.URL.Path {
		case "/assets.publishing.service.gov.uk/media/1/data_small_boats_time_series.ods":
			w.Write(body)
		case "/www.gov.uk/api/content/government/publications/migrants-detected-crossing-the-english-channel-in-small-boats":
			w.WriteHeader(code)
			fmt.Fprint(w, `{"details":{"attachments":[{"attachment_type":"file","content_type":"application/vnd.oasis.opendocument.spreadsheet","filename":"data_small_boats_time_series.ods",
				"title":"Small boats - time series","url":"https://assets.publishing.service.gov.uk/media/1/data_small_boats_time_series.ods"}]}}`)
		default:
			w.Write(table)
		}
	}))
	defer server.Close()
	dir := t.TempDir()
	run := func(args ...string) (status int, states map[string]string) {
		t.Helper()
		var stdout, stderr bytes.Buffer
		clock := func() time.Time { return time.Date(2026, 6, 28, 3, 0, 0, 0, time.UTC) }
		app := &cli.App{Stdout: &stdout, Stderr: &stderr, Sources: all.Sources, Client: fetch.Mirror(server.URL, clock), Now: clock}
		app.Client.Wait = func(context.Context, time.Duration) error { return nil }
		status = app.Run(t.Context(), commands(app), append(args, "--json", "--data", dir))
		var rows []struct{ Source, State string }
		if err := json.Unmarshal(stdout.Bytes(), &rows); err != nil && stdout.Len() > 0 {
			t.Fatalf("%v\n%s", err, stdout.Bytes())
		}
		states = map[string]string{}
		for _, r := range rows {
			states[r.Source] = r.State
		}
		return status, states
	}
	for _, night := range []struct {
		code   int
		body   []byte
		status int
		boats  string
		after  string
	}{
		{500, spread, 1, "refused", "unreachable"},
		{200, spread[:5000], 1, "refused", "malformed"},
		{410, spread, 1, "refused", "moved"},
		{200, spread, 0, "added", "current"},
		{200, spread, 0, "known", "current"},
		{403, spread, 1, "refused", "unreachable"},
	} {
		code, body = night.code, night.body
		status, states := run("run", boats, italy)
		if status != night.status || states[boats] != night.boats || states[italy] != "added" && states[italy] != "known" {
			t.Errorf("%+v: status %d, %v", night.code, status, states)
		}
		for check, want := range map[string]int{"": 0, "--check": night.status} {
			args := []string{"status"}
			if check != "" {
				args = append(args, check, boats)
			}
			if status, states := run(args...); status != want || states[boats] != night.after {
				t.Errorf("after %d: %q: status %d, want %d; state %q, want %q", night.code, check, status, want, states[boats], night.after)
			}
		}
	}
	if status, _ := run("status", "--check"); status != 1 {
		t.Errorf("one source is not well: status %d", status)
	}
	if status, _ := run("status", "--check", "ukho-small-boats-day"); status != 0 {
		t.Errorf("a retired source: status %d", status)
	}
	if status, _ := run("status", "no-such-source"); status != 2 {
		t.Errorf("no source: status %d", status)
	}
}
