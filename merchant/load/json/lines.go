package json

import (
	"bytes"
	"context"
	"errors"
	"io"
	"sync/atomic"
)

// cancellable ends reading with the context.
type cancellable struct {
	ctx context.Context
	in  io.Reader
}

func (c *cancellable) Read(b []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.in.Read(b)
}

// lines counts the lines of what passes through it.
type lines struct {
	in     io.Reader
	limit  int64        // offset beyond which nothing is read
	done   atomic.Int64 // stored bytes read
	offset int64
	breaks []int64 // offsets of line breaks not yet asked for
	line   int
}

// errLong says that an object goes on beyond the limit.
var errLong = errors.New("json: the object is too long")

func (l *lines) Read(b []byte) (int, error) {
	if l.offset > l.limit {
		return 0, errLong
	}
	n, err := l.in.Read(b)
	for rest, at := b[:n], l.offset; ; {
		i := bytes.IndexByte(rest, '\n')
		if i < 0 {
			break
		}
		l.breaks = append(l.breaks, at+int64(i))
		rest, at = rest[i+1:], at+int64(i)+1
	}
	l.offset += int64(n)
	return n, err
}

// at returns the line of an offset, which must not decrease from call to call.
func (l *lines) at(offset int64) int {
	n := 0
	for n < len(l.breaks) && l.breaks[n] < offset {
		n++
	}
	l.breaks = append(l.breaks[:0], l.breaks[n:]...)
	l.line += n
	return l.line + 1
}
