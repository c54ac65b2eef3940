package microdata

import (
	"crossings/pipeline/registry"
)

// Intake takes microdata into the lake, in one run on a data folder.
type Intake struct{ weigher }

// weigher checks a release against what was known, and stores it as pending if it must wait for a person.
type weigher struct{ loading }

// loading puts releases of microdata into the lake and rebuilds what is missing there.
type loading struct {
	*registry.Session
	progress    func(Progress)
	resumeAbove int64
}

// NewIntake returns the intake of a run. progress is called now and then, by one goroutine at
// a time; it may be nil. resumeAbove is the input size in bytes from
// which a first release keeps its finished shards, so that an interrupted run can resume;
// zero means 2 GiB.
func NewIntake(s *registry.Session, progress func(Progress), resumeAbove int64) *Intake {
	return &Intake{weigher{loading{s, progress, resumeAbove}}}
}
