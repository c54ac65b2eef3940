package check

import (
	"fmt"
	"slices"

	"crossings/pipeline/stat"
)

// Gate says which releases wait for a person. The zero value is GateDefault.
type Gate uint8

const (
	GateDefault Gate = iota // errors wait
	GateOff                 // nothing waits
	GateStrict              // warnings wait too
)

// gates are the names of the gates, by their values.
var gates = []string{"default", "off", "strict"}

// ParseGate returns the gate of that name.
func ParseGate(name string) (Gate, error) {
	if i := slices.Index(gates, name); i >= 0 {
		return Gate(i), nil
	}
	return 0, fmt.Errorf("%q is none of off, default, strict", name)
}

// String returns the name of the gate, as ParseGate reads it.
func (g Gate) String() string { return gates[g] }

// Holds reports whether a finding of this severity makes a release wait.
func (g Gate) Holds(s stat.Severity) bool {
	switch g {
	case GateOff:
		return false
	case GateStrict:
		return s != stat.SeverityNote
	}
	return s == stat.SeverityError
}
