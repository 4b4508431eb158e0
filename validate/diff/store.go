package diff

import (
	"encoding/binary"
	"fmt"
	"os"
	"slices"
	"sync"
	"sync/atomic"
)

// Storage says where a comparison keeps its index and the rows that cannot be read again: see [Memory] and [Spill].
type Storage struct {
	dir    string
	budget int64
	spill  bool
}

// Memory keeps everything in memory: about 24 bytes a row of each side, and for rows of other sources than plain
// delimited text what they hold.
var Memory Storage

// Spill keeps up to budget bytes in memory and the rest in one temporary file in dir; "" is the folder of the system for
// such files. The file has no name where the system allows it, and is gone when Results or Close returns.
func Spill(dir string, budget int64) Storage { return Storage{dir, max(budget, 0), true} }

// store is what one comparison keeps.
type store struct {
	Storage
	used atomic.Int64 // bytes in memory

	mu   sync.Mutex
	file *os.File
	end  int64
	left string // name of the file, where it cannot go while it is open
}

// fits takes n more bytes of memory if the budget allows it.
func (s *store) fits(n int) bool {
	if s.used.Add(int64(n)) <= s.budget || !s.spill {
		return true
	}
	s.used.Add(-int64(n))
	return false
}

func (s *store) release(n int) { s.used.Add(-int64(n)) }

// write appends to the file and returns where. Errors name the file.
func (s *store) write(p []byte) (at int64, err error) {
	s.mu.Lock()
	if s.file == nil {
		if err = s.create(); err != nil {
			s.mu.Unlock()
			return 0, err
		}
	}
	at = s.end
	s.end += int64(len(p))
	s.mu.Unlock()
	_, err = s.file.WriteAt(p, at)
	return at, err
}

func (s *store) create() error {
	f, err := os.CreateTemp(s.dir, "merchantkyc-*.tmp")
	if err != nil {
		return err
	}
	s.file = f
	if os.Remove(f.Name()) != nil { // Windows keeps a file while it is open
		s.left = f.Name()
	}
	return nil
}

func (s *store) read(p []byte, at int64) error {
	_, err := s.file.ReadAt(p, at)
	return err
}

// close removes the file.
func (s *store) close() error {
	if s.file == nil {
		return nil
	}
	err := s.file.Close()
	if s.left != "" {
		err = os.Remove(s.left)
	}
	s.file, s.left = nil, ""
	return err
}

// pos is where a row stands, its size in the lower 24 bits: in a text file or in an arena. Places are in the order of
// the rows.
type pos uint64

const sizeBits = 24

func posAt(at int64, size int) pos { return pos(uint64(at)<<sizeBits | uint64(size)) }

func (p pos) at() int64 { return int64(p >> sizeBits) }
func (p pos) size() int { return int(p & (1<<sizeBits - 1)) }

// arena keeps rows, in blocks.
type arena struct {
	store  *store
	blocks []block
	last   []byte // the block being filled
}

type block struct {
	mem []byte
	at  int64 // in the file, where mem is nil
	n   int
}

// A pos in an arena is a number of a block, and an offset in it of blockBits bits.
const (
	blockSize = 256 << 10
	blockBits = 20
)

// add keeps a row, with its size before it.
func (a *arena) add(row []byte) (pos, error) {
	if len(row) >= 1<<sizeBits {
		return 0, &Error{fmt.Sprintf("有一条记录超过%d MiB，无法核对；请检查文件", 1<<sizeBits>>20), fmt.Sprintf("a record has more than %d MiB; check the file", 1<<sizeBits>>20)}
	}
	if len(a.last)+len(row)+binary.MaxVarintLen32 > blockSize && len(a.last) > 0 {
		if err := a.flush(); err != nil {
			return 0, err
		}
	}
	a.last = binary.AppendUvarint(a.last, uint64(len(row)))
	p := posAt(int64(len(a.blocks))<<blockBits|int64(len(a.last)), len(row))
	a.last = append(a.last, row...)
	return p, nil
}

// flush ends the last block.
func (a *arena) flush() error {
	if len(a.last) == 0 {
		return nil
	}
	b := block{n: len(a.last)}
	if a.store.fits(len(a.last)) {
		b.mem, a.last = a.last, make([]byte, 0, blockSize)
	} else {
		var err error
		if b.at, err = a.store.write(a.last); err != nil {
			return err
		}
		a.last = a.last[:0]
	}
	a.blocks = append(a.blocks, b)
	return nil
}

// read returns a row; buf is used where it must be read from the file. The arena has been flushed.
func (a *arena) read(p pos, buf []byte) ([]byte, error) {
	b, from := &a.blocks[p.at()>>blockBits], int(p.at()&(1<<blockBits-1))
	if b.mem != nil {
		return b.mem[from : from+p.size()], nil
	}
	if cap(buf) < p.size() {
		buf = make([]byte, p.size()+p.size()/2)
	}
	return buf[:p.size()], a.store.read(buf[:p.size()], b.at+int64(from))
}

// arenaRows goes over the rows in their order.
type arenaRows struct {
	*arena
	next int // block
	mem  []byte
	at   int
	buf  []byte
}

// Next returns the next row, which is good until the next call; nil at the end.
func (r *arenaRows) Next() (pos, []byte, error) {
	if r.at == len(r.mem) {
		if r.next == len(r.blocks) {
			return 0, nil, nil
		}
		b := &r.blocks[r.next]
		if r.mem = b.mem; r.mem == nil {
			r.buf = slices.Grow(r.buf[:0], b.n)
			r.mem = r.buf[:b.n]
			if err := r.store.read(r.mem, b.at); err != nil {
				return 0, nil, err
			}
		}
		r.next, r.at = r.next+1, 0
	}
	size, n := binary.Uvarint(r.mem[r.at:])
	from := r.at + n
	r.at = from + int(size)
	return posAt(int64(r.next-1)<<blockBits|int64(from), int(size)), r.mem[from:r.at], nil
}

// item is an entry of an index. The meaning of the words is its user's.
type item [3]uint64

const (
	itemSize   = 24
	chunkItems = 340
)

// bins hold items in partitions, by the upper bits of one of their words.
type bins struct {
	store *store
	word  int
	shift uint
	parts []bin
	count int

	shared []item // of share
}

type bin struct {
	last   []item
	full   [][]item
	blocks []int64 // in the file
}

// newBins returns bins for about n items whose word has values of so many bits.
func newBins(s *store, word int, bits uint, n int) *bins {
	p := uint(0)
	for n>>p > 4096 && p < 8 {
		p++
	}
	return &bins{store: s, word: word, shift: bits - p, parts: make([]bin, 1<<p)}
}

func (b *bins) add(i item) error {
	p := &b.parts[i[b.word]>>b.shift]
	b.count++
	if p.last == nil {
		p.last = make([]item, 0, min(chunkItems, 16))
	}
	if len(p.last) == cap(p.last) && cap(p.last) < chunkItems {
		p.last = append(make([]item, 0, min(chunkItems, 4*cap(p.last))), p.last...)
	}
	p.last = append(p.last, i)
	if len(p.last) < chunkItems {
		return nil
	}
	if b.store.fits(chunkItems * itemSize) {
		p.full, p.last = append(p.full, p.last), make([]item, 0, chunkItems)
		return nil
	}
	at, err := b.store.write(encode(p.last))
	p.blocks, p.last = append(p.blocks, at), p.last[:0]
	return err
}

func encode(items []item) []byte {
	out := make([]byte, 0, len(items)*itemSize)
	for i := range items {
		for _, w := range items[i] {
			out = binary.LittleEndian.AppendUint64(out, w)
		}
	}
	return out
}

// size is how many items a partition has.
func (b *bins) size(part int) int {
	p := &b.parts[part]
	return (len(p.full)+len(p.blocks))*chunkItems + len(p.last)
}

// take appends the items of a partition to dst and gives their memory back.
func (b *bins) take(part int, dst []item) ([]item, error) {
	p := &b.parts[part]
	buf := make([]byte, 0, chunkItems*itemSize)
	for _, at := range p.blocks {
		buf = buf[:cap(buf)]
		if err := b.store.read(buf, at); err != nil {
			return nil, err
		}
		for ; len(buf) > 0; buf = buf[itemSize:] {
			dst = append(dst, item{binary.LittleEndian.Uint64(buf), binary.LittleEndian.Uint64(buf[8:]), binary.LittleEndian.Uint64(buf[16:])})
		}
		buf = make([]byte, 0, chunkItems*itemSize)
	}
	for _, chunk := range p.full {
		dst = append(dst, chunk...)
		b.store.release(chunkItems * itemSize)
	}
	dst = append(dst, p.last...)
	*p = bin{}
	return dst, nil
}
