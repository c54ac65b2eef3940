package main

import (
	"github.com/apache/beam/sdks/v2/go/pkg/beam"

	"crossings/pipeline/microdata/engine"
)

// build adds the steps of a job to a pipeline. stretches are those of all raw files.
func build(s beam.Scope, j job, stretches []engine.Stretch) error {
	var list [][]byte
	for _, x := range stretches {
		data, err := pack(x)
		if err != nil {
			return err
		}
		list = append(list, data)
	}
	surveyed := beam.ParDo(s.Scope("survey"), &surveyFn{}, beam.Reshuffle(s, beam.CreateList(s, list)))
	shards := beam.ParDo(s.Scope("cut"), &cutFn{}, beam.GroupByKey(s, beam.AddFixedKey(s, surveyed)))
	rows, keys, refused, tallies := beam.ParDo4(s.Scope("read"), &readFn{j}, beam.Reshuffle(s, shards))
	byMonth, byShard := beam.ParDo2(s.Scope("duplicates"), &duplicatesFn{j}, beam.GroupByKey(s, keys))
	joint := beam.ParDo(s.Scope("tally"), &tallyFn{j}, beam.GroupByKey(s, beam.AddFixedKey(s, tallies)))
	side := beam.SideInput{Input: joint}
	// Note: not CoGroupByKey. Flink expands it in a stage of its own before a step with a side
	// input, and the Go SDK cannot encode the output of that stage.
	months := beam.GroupByKey(s, beam.Flatten(s, rows, byMonth))
	ofShard := beam.GroupByKey(s, beam.Flatten(s, refused, byShard))
	partitions := beam.ParDo(s.Scope("write"), &writeFn{j}, months, side)
	rejects := beam.ParDo(s.Scope("rejects"), &rejectsFn{j}, ofShard, side)
	beam.ParDo0(s.Scope("finish"), &finishFn{j}, beam.Impulse(s), side, beam.SideInput{Input: partitions}, beam.SideInput{Input: rejects})
	return nil
}
