package main

import "fmt"

type flags uint8

const (
	read flags = 1 << iota
	write
	execute
	all = read | write | execute
)

func (f flags) has(g flags) bool { return f&g == g }
func (f *flags) set(g flags)     { *f |= g }
func (f *flags) clear(g flags)   { *f &^= g }
func (f flags) String() string {
	text := []byte("---")
	for i, c := range []byte("rwx") {
		if f>>uint(i)&1 == 1 {
			text[i] = c
		}
	}
	return string(text)
}

func reverse(b byte) (r byte) {
	for i := 0; i < 8; i++ {
		r <<= 1
		r |= b & 1
		b >>= 1
	}
	return
}

func popcount(x uint64) int {
	n := 0
	for x > 0 {
		x &= x - 1
		n++
	}
	return n
}

func gray(n uint) uint { return n ^ n>>1 }

func subsets(items []string) (result [][]string) {
	for mask := 0; mask < 1<<len(items); mask++ {
		var subset []string
		for i, item := range items {
			if mask&(1<<i) != 0 {
				subset = append(subset, item)
			}
		}
		result = append(result, subset)
	}
	return
}

func main() {
	var f flags
	f.set(read | execute)
	fmt.Println(f, f.has(read), f.has(write), f.has(read|write), all)
	f.clear(read)
	f ^= all
	fmt.Println(f, ^f&all, uint8(f))
	for _, b := range []byte{1, 0x0f, 0xa5} {
		fmt.Printf("%08b %08b\n", b, reverse(b))
	}
	fmt.Println(popcount(0xffff), popcount(1<<63|1), popcount(0))
	for n := uint(0); n < 8; n++ {
		fmt.Printf("%03b ", gray(n))
	}
	fmt.Println()
	fmt.Println(subsets([]string{"a", "b", "c"}))
	a, b := 5, 9
	a ^= b
	b ^= a
	a ^= b
	fmt.Println(a, b, a&1 == 1 && b&1 == 1, 6&3 == 2, 1<<2+1, -1>>1, uint32(1)<<31>>31)
	var swapped uint32 = 0x12345678
	swapped = swapped>>24 | swapped>>8&0xff00 | swapped<<8&0xff0000 | swapped<<24
	fmt.Printf("%x\n", swapped)
}
