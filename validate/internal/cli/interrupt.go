package cli

import (
	"context"
	"errors"
	"os"
	"sync"
	"time"
)

// patience is how long an interrupted run may take to end by itself: until it next asks its context.
const patience = 700 * time.Millisecond

var errInterrupted = errors.New("interrupted")

// await runs fn and returns what it returns. The first interrupt ends the context of fn. When fn does not end then,
// because it waits for a pipe that nobody reads or works in somebody else's code, or when a second interrupt comes, it is
// left to itself: await removes the files in the making and sees to it that none takes its name any more.
func (p *program) await(cancel context.CancelFunc, interrupts <-chan os.Signal, fn func() error) error {
	done := make(chan error, 1)
	go func() {
		defer func() {
			// A panic's value may hold data of a record; only the place in the code is told.
			if recover() != nil {
				done <- &bug{panicPlace()}
			}
		}()
		done <- fn()
	}()
	select {
	case err := <-done:
		return err
	case <-interrupts:
	}
	cancel()
	late := time.NewTimer(patience)
	defer late.Stop()
	select {
	case err := <-done:
		return err
	case <-late.C:
	case <-interrupts:
	}
	p.making.abandon()
	return errInterrupted
}

// bug is a panic: the place in the code.
type bug struct{ at string }

func (b *bug) Error() string { return "internal error at " + b.at }

// making are the files that a run is writing under another name.
type making struct {
	sync.Mutex
	names map[string]bool
	gone  bool // the run was abandoned
}

// begin remembers a file; an error says that it must not be written.
func (m *making) begin(name string) error {
	m.Lock()
	defer m.Unlock()
	if m.gone {
		return errInterrupted
	}
	if m.names == nil {
		m.names = map[string]bool{}
	}
	m.names[name] = true
	return nil
}

// finish gives a file its name.
func (m *making) finish(from, to string) error {
	m.Lock()
	defer m.Unlock()
	if m.gone {
		return errInterrupted
	}
	delete(m.names, from)
	return os.Rename(from, to)
}

// drop removes a file that was not finished.
func (m *making) drop(name string) {
	m.Lock()
	defer m.Unlock()
	if m.names[name] {
		delete(m.names, name)
		os.Remove(name)
	}
}

func (m *making) abandon() {
	m.Lock()
	defer m.Unlock()
	m.gone = true
	for name := range m.names {
		os.Remove(name)
	}
}
