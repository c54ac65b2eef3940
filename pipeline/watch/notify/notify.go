// Package notify tells an operator what changed, through a web hook, by e-mail or through a
// command.
//
//  1. FromEnv reads the channels from the environment, the only place for secrets.
//  2. Channel.Send sends one message through one channel and returns an error if that failed.
//
// The package does not know what the messages are about, and does not remember what it sent.
package notify

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"github.com/wneessen/go-mail"
)

// ErrChannel is wrapped by every error about a channel that is configured wrongly.
var ErrChannel = errors.New("bad channel")

// The environment variables that configure channels.
const (
	WebhookVariable = "CROSSINGS_WEBHOOK" // https://…, which receives a POST
	MailVariable    = "CROSSINGS_MAIL"    // smtp://USER:PASSWORD@HOST:PORT?from=…&to=…&to=…
	CommandVariable = "CROSSINGS_COMMAND" // path of a program, which reads the message as JSON
)

// Message is a notification.
type Message struct {
	Subject string   `json:"subject"`
	Text    string   `json:"text"`
	Changes []Change `json:"changes"`
}

// Change is one thing that changed.
type Change struct {
	Source  string `json:"source"`
	Before  string `json:"before"` // state, "" if none was notified
	Now     string `json:"now"`
	Message string `json:"message,omitempty"`
}

// Channel is a way to an operator.
type Channel interface {
	// Name identifies the channel in messages, without secrets.
	Name() string
	Send(ctx context.Context, m Message) error
}

// timeout limits the time for one message through one channel.
const timeout = time.Minute

// FromEnv returns the channels configured in the environment, in the order of the constants. The
// error wraps ErrChannel and holds no secret.
func FromEnv(getenv func(string) string) ([]Channel, error) {
	var out []Channel
	if v := getenv(WebhookVariable); v != "" {
		u, err := url.Parse(v)
		if err != nil || u.Hostname() == "" || u.Scheme != "https" && u.Scheme != "http" {
			return nil, fmt.Errorf("%w: %s is not an address such as https://HOST/PATH", ErrChannel, WebhookVariable)
		}
		out = append(out, webhook{u})
	}
	if v := getenv(MailVariable); v != "" {
		m, err := parseMail(v)
		if err != nil {
			return nil, fmt.Errorf("%w: %s: %w", ErrChannel, MailVariable, err)
		}
		out = append(out, m)
	}
	if v := getenv(CommandVariable); v != "" {
		if strings.ContainsAny(v, " \t\n") {
			return nil, fmt.Errorf("%w: %s must be the path of one program, without arguments; write a script", ErrChannel, CommandVariable)
		}
		out = append(out, command{v})
	}
	return out, nil
}

// webhook posts a message as JSON. Its address may hold a secret, so errors name only the host.
type webhook struct{ to *url.URL }

// Name says where the message goes, without a secret.
func (w webhook) Name() string { return "webhook " + w.to.Host }

// Send posts the message. An answer other than 2xx is an error.
func (w webhook) Send(ctx context.Context, m Message) error {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	body, err := json.Marshal(m)
	if err != nil {
		return err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, w.to.String(), bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("%s: bad address", w.Name())
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("User-Agent", "crossings")
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := client.Do(r)
	if err != nil {
		var u *url.Error
		if errors.As(err, &u) {
			err = u.Err // without the address
		}
		return fmt.Errorf("%s: %w", w.Name(), err)
	}
	defer answer.Body.Close()
	if answer.StatusCode < 200 || answer.StatusCode > 299 {
		return fmt.Errorf("%s: status %d", w.Name(), answer.StatusCode)
	}
	return nil
}

// email sends a message through an SMTP server.
type email struct {
	host           string
	port           int
	user, password string
	from           string
	to             []string
	policy         mail.TLSPolicy
}

// parseMail reads smtp://USER:PASSWORD@HOST:PORT?from=…&to=…. The connection is encrypted if the
// server supports it. With smtps:// it is encrypted from the start. A password is sent only over an
// encrypted connection.
func parseMail(v string) (email, error) {
	u, err := url.Parse(v)
	if err != nil || u.Hostname() == "" || u.Scheme != "smtp" && u.Scheme != "smtps" {
		return email{}, errors.New("want smtp://USER:PASSWORD@HOST:PORT?from=…&to=…")
	}
	q := u.Query()
	e := email{host: u.Hostname(), port: 25, from: q.Get("from"), to: q["to"], policy: mail.TLSOpportunistic}
	if u.Port() != "" {
		if e.port, err = strconv.Atoi(u.Port()); err != nil || e.port < 1 || e.port > 65535 {
			return email{}, errors.New("the port is not a number from 1 to 65535")
		}
	}
	if u.User != nil {
		e.user = u.User.Username()
		e.password, _ = u.User.Password()
		e.policy = mail.TLSMandatory
	}
	if u.Scheme == "smtps" {
		e.policy = -1
	}
	if e.from == "" || len(e.to) == 0 {
		return email{}, errors.New("from and to are missing: ?from=crossings@example.org&to=desk@example.org")
	}
	return e, nil
}

// Name says which server sends the message.
func (e email) Name() string { return "mail " + e.host }

// Send hands the message to the server.
func (e email) Send(ctx context.Context, m Message) error {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	msg := mail.NewMsg()
	if err := msg.From(e.from); err != nil {
		return fmt.Errorf("%s: %w", e.Name(), err)
	}
	if err := msg.To(e.to...); err != nil {
		return fmt.Errorf("%s: %w", e.Name(), err)
	}
	msg.Subject(m.Subject)
	msg.SetBodyString(mail.TypeTextPlain, m.Text)
	options := []mail.Option{mail.WithPort(e.port), mail.WithTimeout(timeout)}
	if e.policy < 0 {
		options = append(options, mail.WithSSL())
	} else {
		options = append(options, mail.WithTLSPolicy(e.policy))
	}
	if e.user != "" {
		options = append(options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(e.user), mail.WithPassword(e.password))
	}
	client, err := mail.NewClient(e.host, options...)
	if err != nil {
		return fmt.Errorf("%s: %w", e.Name(), err)
	}
	if err := client.DialAndSendWithContext(ctx, msg); err != nil {
		return fmt.Errorf("%s: %w", e.Name(), err)
	}
	return nil
}

// command runs a program that reads a message as JSON from its standard input.
type command struct{ path string }

func (c command) Name() string { return "command " + c.path }

func (c command) Send(ctx context.Context, m Message) error {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	text, err := json.Marshal(m)
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, c.path)
	cmd.Stdin = bytes.NewReader(text)
	cmd.WaitDelay = time.Second
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w: %.200s", c.Name(), err, bytes.TrimSpace(out))
	}
	return nil
}
