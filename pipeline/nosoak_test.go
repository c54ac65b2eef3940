//go:build !soak

package pipeline_test

// A few rounds of kills and some weeks, so that make test is fast. The tests
// are the same ones; make soak asks for more.
const (
	killRounds = 6
	manyNights = 55
	drawing    = "-X crossings/pipeline/publish/picture.drawing=sketch" // how the commands are linked
)
