package main

import (
	"reflect"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/transforms/stats"
)

// registerAll makes the functions and values of the pipeline known to Beam, on every machine, before beam.Init. Package
// register spares the reflection in calls, but with functions of eight parameters it takes the compiler minutes; those are
// called with a lot of work each, and go without.
func registerAll() {
	beam.RegisterCoder(reflect.TypeFor[row](), encodeRow, decodeRow)
	beam.RegisterCoder(reflect.TypeFor[fact](), encodeFact, decodeFact)
	beam.RegisterCoder(reflect.TypeFor[group](), encodeGroup, decodeGroup)
	beam.RegisterCoder(reflect.TypeFor[told](), encodeTold, decodeTold)
	beam.RegisterCoder(reflect.TypeFor[value](), encodeValue, decodeValue)

	beam.RegisterDoFn(reflect.TypeFor[readFn]())
	register.Function6x0(routeFn)
	register.Function3x0(splitFn)

	register.Function3x0(sharedFn)
	register.Function4x0(spreadFn)
	beam.RegisterDoFn(reflect.TypeFor[judgeFn]())
	register.Function2x1(onceOf)
	register.Function4x0(onceFn)
	register.Function3x0(meetFn)
	register.Function5x0(widestFn)

	register.Function5x0(linkFn)
	register.Function3x0(wantFn)
	register.Function4x0(bothFn)
	beam.RegisterDoFn(reflect.TypeFor[wholeFn]())
	register.Function6x0(placeFn)
	beam.RegisterDoFn(reflect.TypeFor[compareFn]())
	register.Function1x2(sentinelFn)
	beam.RegisterDoFn(reflect.TypeFor[restFn]())

	beam.RegisterDoFn(reflect.TypeFor[verdictFn]())
	register.Function2x1(merge)
	beam.RegisterDoFn(reflect.TypeFor[summaryFn]())
	beam.RegisterDoFn(reflect.TypeFor[scatterFn]())
	beam.RegisterDoFn(reflect.TypeFor[writeFn]())
	beam.RegisterDoFn(reflect.TypeFor[endFn]())

	register.Emitter1[told]()
	register.Emitter1[row]()
	register.Emitter1[known]()
	register.Emitter1[part]()
	register.Emitter1[string]()
	register.Emitter2[int64, int64]()
	register.Emitter2[int64, row]()
	register.Emitter2[int64, string]()
	register.Emitter2[string, int64]()
	register.Emitter2[string, row]()
	register.Emitter2[string, string]()
	register.Emitter1[group]()
	register.Emitter2[string, fact]()
	register.Emitter2[string, alike]()
	register.Iter1[row]()
	register.Iter1[known]()
	register.Iter1[fact]()
	register.Iter1[alike]()
	register.Iter1[int64]()
	register.Iter1[string]()
}

// routeFn sends a row where its record is needed.
func routeFn(r row, byPlace func(int64, row), byMerchant func(string, fact), local, registry func(string, row), rest func(int64, row)) {
	switch {
	case r.Number == "":
		rest(0, r)
	case r.Registry:
		registry(r.Number, r)
	default:
		local(r.Number, r)
	}
	if !r.Registry {
		byPlace(r.ID, r)
		byMerchant(r.Who, fact{Row: &r})
	}
}

// splitFn makes a line of a finding, and keeps what it proves.
func splitFn(t told, lines func(string), proofs func(string, fact)) {
	lines(t.Line)
	if t.Who != "" {
		proofs(t.Who, fact{Proof: &t.Proof})
	}
}

// onceOf counts a record that several findings are about once.
func onceOf(int64, int64) int64 { return 1 }

// build lays out the pipeline. What joins collections (CoGroupByKey) has no side inputs: runners put a function that has
// some into a stage of its own, and a join cannot leave its stage.
func build(p *beam.Pipeline, j job, shards []shard, output string, files int) {
	s := p.Root()
	all := beam.Reshuffle(s.Scope("shards"), beam.CreateList(s.Scope("shards"), shards))
	told, rows, keys, bindings, sheets, read := beam.ParDo6(s.Scope("read"), &readFn{Job: j}, all)
	byPlace, byMerchant, local, registry, bare := beam.ParDo5(s.Scope("read"), routeFn, rows)
	tales, parts := []beam.PCollection{told}, []beam.PCollection{read}

	known := sheets
	failing := func() beam.PCollection {
		s := s.Scope("batch")
		shared := beam.ParDo(s, sharedFn, beam.GroupByKey(s, keys))
		spread := beam.ParDo(s, spreadFn, beam.CoGroupByKey(s, byPlace, shared))
		found, failing, same, judged := beam.ParDo4(s, &judgeFn{Job: j}, beam.GroupByKey(s, spread), beam.SideInput{Input: sheets})
		once, members := beam.ParDo2(s, onceFn, beam.GroupByKey(s, same))
		larger := beam.ParDo(s, meetFn, beam.GroupByKey(s, members))
		widest, counted := beam.ParDo2(s, widestFn, beam.CoGroupByKey(s, once, larger))
		tales, parts = append(tales, found, widest), append(parts, judged, counted)
		return stats.Sum(s, beam.DropKey(s, beam.CombinePerKey(s, onceOf, failing)))
	}()

	old := beam.PCollection{}
	if j.Registry {
		s := s.Scope("compare")
		whole, refused, refusals := beam.ParDo3(s, &wholeFn{Job: j}, beam.Combine(s, merge, read))
		known = beam.Flatten(s, sheets, whole)
		linked, crowded, chains := beam.ParDo3(s, linkFn, beam.GroupByKey(s, bindings))
		groups, rest := beam.ParDo2(s, placeFn, beam.CoGroupByKey(s, local, registry, linked))
		found, compared := beam.ParDo2(s, &compareFn{Job: j}, groups, beam.SideInput{Input: known})
		rest = beam.Flatten(s, rest, bare)
		wanted := beam.ParDo(s, bothFn, beam.CoGroupByKey(s, chains, beam.ParDo(s, wantFn, rest)))
		rest = beam.Flatten(s, rest, beam.ParDo(s, sentinelFn, beam.Impulse(s)))
		left, tooOld, last := beam.ParDo3(s, &restFn{Job: j}, beam.GroupByKey(s, rest), beam.SideInput{Input: known}, beam.SideInput{Input: beam.Flatten(s, crowded, wanted)})
		tales, parts, old = append(tales, refused, found, left), append(parts, refusals, compared, last), tooOld
	}

	lines, proofs := beam.ParDo2(s.Scope("report"), splitFn, beam.Flatten(s.Scope("report"), tales...))
	written := []beam.PCollection{lines}
	if j.Registry {
		s := s.Scope("verdicts")
		written = append(written, beam.ParDo(s, &verdictFn{Job: j}, beam.GroupByKey(s, beam.Flatten(s, byMerchant, proofs)), beam.SideInput{Input: known}, beam.SideInput{Input: old}))
	}
	s = s.Scope("report")
	ends, summary := beam.ParDo2(s, &summaryFn{Job: j}, beam.Combine(s, merge, beam.Flatten(s, parts...)), beam.SideInput{Input: failing})
	scattered := beam.ParDo(s, &scatterFn{Files: files}, beam.Flatten(s, append(written, ends)...))
	counts := beam.ParDo(s, &writeFn{Output: output, Files: files}, beam.GroupByKey(s, scattered))
	beam.ParDo0(s, &endFn{Output: output}, summary, beam.SideInput{Input: counts})
}
