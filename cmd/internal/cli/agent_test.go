package cli

import "testing"

func TestUserAgent(t *testing.T) {
	const nobody = "crossings/unreleased (statistics publisher; contact the operator of this host)"
	for contact, want := range map[string]string{
		"":                         nobody,
		"https://stats.example/us": "crossings/unreleased (statistics publisher; https://stats.example/us)",
		"a@b.example\r\nHost: c":   nobody,
		"a) b":                     nobody,
		"é@b.example":              nobody,
	} {
		if got := userAgent(contact); got != want {
			t.Errorf("%q: %s", contact, got)
		}
	}
}
