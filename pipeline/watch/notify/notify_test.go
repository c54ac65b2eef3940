package notify

import (
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/mail"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
	"github.com/google/go-cmp/cmp"
	gomail "github.com/wneessen/go-mail"
)

var message = Message{Subject: "crossings: 1 source has come into another state", Text: "ukho-small-boats: moved, before: current.\n  größer\n.\n",
	Changes: []Change{{"ukho-small-boats", "current", "moved", "größer"}}}

// channels returns the channels that the given environment configures.
func channels(t *testing.T, env map[string]string) []Channel {
	t.Helper()
	out, err := FromEnv(func(name string) string { return env[name] })
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestWebhook(t *testing.T) {
	status := http.StatusNoContent
	var got Message
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost || r.Header.Get("Content-Type") != "application/json" || r.URL.Path != "/secret" {
			t.Errorf("%s %s, %v", r.Method, r.URL, r.Header)
		}
		if err := json.NewDecoder(r.Body).Decode(&got); err != nil {
			t.Error(err)
		}
		w.Header().Set("Location", "/elsewhere")
		w.WriteHeader(status)
	}))
	defer s.Close()
	hook := channels(t, map[string]string{WebhookVariable: s.URL + "/secret"})[0]
	if err := hook.Send(t.Context(), message); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(message, got); diff != "" {
		t.Error(diff)
	}
	for _, status = range []int{http.StatusFound, http.StatusForbidden, http.StatusInternalServerError} {
		if err := hook.Send(t.Context(), message); err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("status %d: %v", status, err)
		}
	}
	s.Close()
	if err := hook.Send(t.Context(), message); err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("no server: %v", err)
	}
}

// mailbox is the store of a real SMTP server.
type mailbox struct {
	mu       sync.Mutex
	from     string
	to       []string
	text     string
	password bool // a client sent one
}

func (m *mailbox) NewSession(*smtp.Conn) (smtp.Session, error) { return session{m}, nil }

type session struct{ *mailbox }

func (s session) AuthMechanisms() []string { return []string{sasl.Plain} }
func (s session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, _, _ string) error {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.password = true
		return nil
	}), nil
}
func (s session) Mail(from string, _ *smtp.MailOptions) error { s.from = from; return nil }
func (s session) Rcpt(to string, _ *smtp.RcptOptions) error {
	if strings.HasPrefix(to, "nobody@") {
		return &smtp.SMTPError{Code: 550, Message: "no such mailbox"}
	}
	s.to = append(s.to, to)
	return nil
}
func (s session) Data(r io.Reader) error {
	text, err := io.ReadAll(r)
	s.text = string(text)
	return err
}
func (s session) Reset()        {}
func (s session) Logout() error { return nil }

func TestMail(t *testing.T) {
	box := &mailbox{}
	server := smtp.NewServer(box)
	server.AllowInsecureAuth = true // so that the test sees a client that sends a password in clear
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go server.Serve(l)
	defer server.Close()
	at := "127.0.0.1:" + strings.TrimPrefix(l.Addr().String(), "127.0.0.1:")
	m := channels(t, map[string]string{MailVariable: "smtp://" + at + "?from=crossings@example.org&to=desk@example.org&to=night@example.org"})[0]
	if err := m.Send(t.Context(), message); err != nil {
		t.Fatal(err)
	}
	if box.from != "crossings@example.org" || cmp.Diff([]string{"desk@example.org", "night@example.org"}, box.to) != "" {
		t.Errorf("from %s to %v", box.from, box.to)
	}
	read, err := mail.ReadMessage(strings.NewReader(box.text))
	if err != nil {
		t.Fatal(err)
	}
	if got := read.Header.Get("Subject"); got != message.Subject {
		t.Errorf("subject %q", got)
	}
	if !strings.Contains(box.text, "ukho-small-boats: moved, before: current.") || !strings.Contains(box.text, "gr=C3=B6=C3=9Fer") {
		t.Errorf("text\n%s", box.text)
	}
	m = channels(t, map[string]string{MailVariable: "smtp://" + at + "?from=crossings@example.org&to=nobody@example.org"})[0]
	if err := m.Send(t.Context(), message); err == nil {
		t.Error("a refused address gives no error")
	}
	m = channels(t, map[string]string{MailVariable: "smtp://me:hidden@" + at + "?from=crossings@example.org&to=desk@example.org"})[0]
	if err := m.Send(t.Context(), message); err == nil || strings.Contains(err.Error(), "hidden") || box.password {
		t.Errorf("a password over a connection in clear: sent %v, error %v", box.password, err)
	}
}

func TestCommand(t *testing.T) {
	dir := t.TempDir()
	script, got := filepath.Join(dir, "tell"), filepath.Join(dir, "got.json")
	if err := os.WriteFile(script, []byte("#!/bin/sh\ncat > '"+got+"'\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := channels(t, map[string]string{CommandVariable: script})[0].Send(t.Context(), message); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(got)
	if err != nil {
		t.Fatal(err)
	}
	var m Message
	if err := json.Unmarshal(text, &m); err != nil || cmp.Diff(message, m) != "" {
		t.Errorf("%v: %s", err, text)
	}
	if err := os.WriteFile(script, []byte("#!/bin/sh\necho it is broken >&2; exit 3\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := channels(t, map[string]string{CommandVariable: script})[0].Send(t.Context(), message); err == nil || !strings.Contains(err.Error(), "it is broken") {
		t.Errorf("error %v", err)
	}
}

func TestFromEnvRefuses(t *testing.T) {
	for name, values := range map[string][]string{
		WebhookVariable: {"example.org/secret", "ftp://example.org/secret", "https:///secret", ":secret"},
		MailVariable:    {"secret", "http://secret@example.org?from=a@b&to=c@d", "smtp://secret@example.org", "smtp://example.org?from=a@example.org", "smtp://secret@example.org:no?from=a@b&to=c@d"},
		CommandVariable: {"/bin/sh -c secret"},
	} {
		for _, v := range values {
			if out, err := FromEnv(func(n string) string {
				if n == name {
					return v
				}
				return ""
			}); !errors.Is(err, ErrChannel) || strings.Contains(err.Error(), "secret") {
				t.Errorf("%s=%s: %v, %v", name, v, out, err)
			}
		}
	}
	if out := channels(t, nil); out != nil {
		t.Errorf("from nothing: %v", out)
	}
}

// FuzzFromEnv reads one variable of each kind. An accepted channel has a name that can be shown,
// and no error repeats a possible secret.
func FuzzFromEnv(f *testing.F) {
	f.Add("https://example.org/hook", "smtp://user:word@mail.example.org:587?from=a@example.org&to=b@example.org&to=c@example.org", "/usr/local/bin/tell")
	f.Add("http://[::1]:80/", "smtps://example.org?from=a@example.org&to=b@example.org", "")
	f.Add("ftp://example.org", "smtp://user:%zz@example.org?from=a&to=b", "sh -c x")
	f.Add(":", "smtp://u:p@h:99999999999999999999?from=a&to=b", "\n")
	const secret = "a-secret-that-stays"
	f.Fuzz(func(t *testing.T, hook, mail, command string) {
		for name, v := range map[string]string{WebhookVariable: hook, MailVariable: mail, CommandVariable: command} {
			out, err := FromEnv(func(n string) string {
				if n == name {
					return strings.ReplaceAll(v, "word", secret)
				}
				return ""
			})
			switch {
			case err != nil && (out != nil || !errors.Is(err, ErrChannel) || strings.Contains(err.Error(), secret)):
				t.Errorf("%s=%q: %v, %v", name, v, out, err)
			case err == nil && v != "" && len(out) != 1:
				t.Errorf("%s=%q: %d channels", name, v, len(out))
			}
		}
	})
}

// FuzzMail parses e-mail addresses. An accepted one has a recipient and never sends a password
// unencrypted.
func FuzzMail(f *testing.F) {
	f.Add("user", "word", "mail.example.org", "587", "a@example.org", "b@example.org")
	f.Add("", "", "[::1]", "", "a", "b")
	f.Add("u@x", "p:@/?", "h", "-1", "a b", "c&to=d")
	f.Fuzz(func(t *testing.T, user, password, host, port, from, to string) {
		u := url.URL{Scheme: "smtp", Host: host + ":" + port, RawQuery: url.Values{"from": {from}, "to": {to}}.Encode()}
		if user != "" {
			u.User = url.UserPassword(user, password)
		}
		e, err := parseMail(u.String())
		if err != nil {
			return
		}
		if e.host == "" || e.port < 1 || e.port > 65535 || e.from == "" || len(e.to) == 0 {
			t.Errorf("%q is accepted as %+v", u.String(), e)
		}
		if e.password != "" && e.policy != gomail.TLSMandatory || strings.Contains(e.Name(), "@") {
			t.Errorf("%q: policy %v, name %q", u.String(), e.policy, e.Name())
		}
	})
}
