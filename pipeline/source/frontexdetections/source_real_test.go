//go:build real

package frontexdetections

import (
	"testing"

	"crossings/pipeline/source/sourcetest"
	"crossings/pipeline/stat"
)

func TestReal(t *testing.T) {
	f := sourcetest.RealFile(t, id, "frontex.csv")
	f.Name = name
	sourcetest.Run(t, &Source, []sourcetest.File{f})
	bothFormsSayTheSame(t, f)
	figures(t, f, 34273, map[int]int64{2009: 104503, 2015: 1822102, 2022: 326217, 2023: 381319, 2025: 50226}, map[stat.SeriesID]int64{
		"frontex-detections:detections:M:route=western-balkans": 1363571, "frontex-detections:detections:M:route=central-mediterranean": 1252298,
		"frontex-detections:detections:M:category=sea:origin=_U:route=other": 0})
}
