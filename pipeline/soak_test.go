//go:build soak

package pipeline_test

// How much make soak asks of the tests that take minutes: the rounds of kills of each
// command, and the nights.
const (
	killRounds = 500
	manyNights = 3653
	drawing    = "" // the commands draw their pictures
)
