package microdata

import (
	"crossings/pipeline/registry"
)

// Intake takes microdata into the lake, in one run on a data folder.
type Intake struct {
	*registry.Session
	// Progress is told now and then how far a file is, by one goroutine at a time; or nil.
	Progress func(Progress)
	// ResumeAbove is the input size in bytes from which a first release keeps its finished
	// shards, so that an interrupted run can resume. Zero means 2 GiB.
	ResumeAbove int64
}
