package microdata

import (
	"crossings/pipeline/registry"
)

// Intake takes microdata into the lake, in one run on a data folder.
type Intake struct{ scales }

// scales weighs what arrives, and keeps what has to wait for a person.
type scales struct{ shelf }

// shelf puts releases of microdata into the lake, and makes again what is missing there.
type shelf struct {
	*registry.Session
	progress    func(Progress)
	resumeAbove int64
}

// NewIntake returns the intake of a run. progress is told now and then how far a file is,
// by one goroutine at a time; it may be nil. resumeAbove is the input size in bytes from
// which a first release keeps its finished shards, so that an interrupted run can resume;
// zero means 2 GiB.
func NewIntake(s *registry.Session, progress func(Progress), resumeAbove int64) *Intake {
	return &Intake{scales{shelf{s, progress, resumeAbove}}}
}
