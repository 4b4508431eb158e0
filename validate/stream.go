package validate

import (
	"sync"
	"sync/atomic"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules"
)

// chunkSize is how many records go to a worker at once. At 256 the hand-over costs a few nanoseconds a record; smaller
// chunks cost more, larger ones hold more records in memory.
const chunkSize = 256

// inFlight is how many chunks exist for each worker: one it works on and one that waits.
const inFlight = 2

// item is a record of a chunk, or what a loader says about a sheet.
type item struct {
	record *merchant.Record
	sheet  bool
	found  int // ends of its share in the findings and failures of the chunk
	failed int
}

// chunk is a run of the stream with what its rules found. Those of a job are used over and over.
type chunk struct {
	items  []item
	ran    int // items whose rules have run
	found  []rules.Finding
	failed []failure // for the batch rules; kept only when there are any
	tally  []tally
	done   chan struct{} // holds a token when a worker is done with the chunk
}

// check runs the rules over the next item.
func (c *chunk) check(w *worker) {
	it := &c.items[c.ran]
	w.found, w.tally = c.found, c.tally
	if it.sheet {
		w.run(w.v.plan.sheet, it.record)
	} else {
		w.record(it.record)
	}
	c.found, w.found = w.found, nil
	if len(w.v.batch) > 0 {
		c.failed = append(c.failed, w.failed...)
	}
	it.found, it.failed = len(c.found), len(c.failed)
	c.ran++
}

// stream is the part of a job that runs on several goroutines. Chunks wait in the order of the input, each with its own
// channel to say that it is done, so that nothing needs to be put back in order.
type stream struct {
	open    *chunk   // being filled
	queue   []*chunk // with the workers, in input order
	spare   []*chunk
	todo    chan *chunk // nil until there is a chunk for the workers
	stopped atomic.Bool
	workers sync.WaitGroup
}

// add takes one item. The memory in use does not grow with the stream: when all chunks are under way, it waits for the
// first of them.
func (j *job) add(it item) error {
	if j.open == nil {
		j.open = j.chunk()
	}
	j.open.items = append(j.open.items, it)
	if j.v.workers == 1 || len(j.open.items) == j.v.chunk {
		return j.submit()
	}
	return nil
}

// chunk returns an empty chunk.
func (j *job) chunk() *chunk {
	if n := len(j.spare); n > 0 {
		c := j.spare[n-1]
		j.spare = j.spare[:n-1]
		return c
	}
	return &chunk{tally: make([]tally, len(j.v.all)), done: make(chan struct{}, 1)}
}

// submit gives the open chunk to the workers and hands on what they are done with.
func (j *job) submit() error {
	c := j.open
	j.open = nil
	if j.v.workers == 1 {
		return j.deliver(c)
	}
	limit := inFlight * j.v.workers
	if j.todo == nil {
		j.todo = make(chan *chunk, limit)
		for range j.v.workers {
			j.workers.Add(1)
			go j.work()
		}
	}
	j.queue = append(j.queue, c)
	j.todo <- c
	for len(j.queue) > 0 {
		if len(j.queue) < limit {
			select {
			case <-j.queue[0].done:
			default:
				return nil
			}
		} else if err := j.await(j.queue[0]); err != nil {
			return err
		}
		if err := j.next(); err != nil {
			return err
		}
	}
	return nil
}

// await waits until a worker is done with the chunk, or the context ends.
func (j *job) await(c *chunk) error {
	select {
	case <-c.done:
		return nil
	case <-j.ctx.Done():
		return j.ctx.Err()
	}
}

// next hands on the first chunk of the queue.
func (j *job) next() error {
	c := j.queue[0]
	j.queue = append(j.queue[:0], j.queue[1:]...)
	return j.deliver(c)
}

// drain hands on everything that was read.
func (j *job) drain() error {
	if j.open != nil && j.todo != nil {
		if err := j.submit(); err != nil {
			return err
		}
	}
	for len(j.queue) > 0 {
		if err := j.await(j.queue[0]); err != nil {
			return err
		}
		if err := j.next(); err != nil {
			return err
		}
	}
	if j.open != nil { // a short stream needs no workers
		return j.deliver(j.open)
	}
	return nil
}

// work is the life of a worker.
func (j *job) work() {
	defer j.workers.Done()
	w := newWorker(j.v)
	for c := range j.todo {
		j.checkAll(w, c)
	}
}

func (j *job) checkAll(w *worker, c *chunk) {
	defer func() {
		_ = recover() // deliver goes on where the rule panicked and meets it on the caller's goroutine
		c.done <- struct{}{}
	}()
	for c.ran < len(c.items) && !j.stopped.Load() {
		c.check(w)
	}
}

// deliver hands on a chunk, running the rules that no worker ran.
func (j *job) deliver(c *chunk) error {
	found, failed := 0, 0
	for i := range c.items {
		if err := j.ctx.Err(); err != nil {
			return err
		}
		if i == c.ran {
			c.check(j.w)
		}
		it := &c.items[i]
		if !it.sheet {
			j.sum.Records++
			j.observe(it.record, c.found[found:it.found], c.failed[failed:it.failed])
		}
		if err := j.hand(it.record, c.found[found:it.found]); err != nil {
			return err
		}
		found, failed = it.found, it.failed
	}
	for n := range c.tally {
		j.tally[n].take(&c.tally[n])
	}
	clear(c.items)
	clear(c.found)
	c.items, c.found, c.failed, c.ran = c.items[:0], c.found[:0], c.failed[:0], 0
	j.spare = append(j.spare, c)
	return nil
}

// stop ends the workers and waits for them: for one record each at most.
func (j *job) stop() {
	if j.todo == nil {
		return
	}
	j.stopped.Store(true)
	close(j.todo)
	j.workers.Wait()
}
