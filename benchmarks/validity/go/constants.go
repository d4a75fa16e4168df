package main

import "fmt"

type weekday int

const (
	sunday weekday = iota
	monday
	tuesday
	_
	thursday
)

const (
	_  = iota
	kb = 1 << (10 * iota)
	mb
)

const (
	a, b = iota, iota * 10
	c, d
	e, f = "text", len("text")
)

const big = 1 << 40
const third = 1.0 / 3

func (d weekday) String() string {
	return [...]string{sunday: "Sun", monday: "Mon", tuesday: "Tue", thursday: "Thu"}[d]
}

func main() {
	const local, other = 3, "x"
	const (
		first = local << iota
		second
		third
	)
	fmt.Println(monday, thursday, weekday(2), kb, mb)
	fmt.Println(a, b, c, d, e, f)
	fmt.Println(big/mb, first, second, third, other)
	var x uint8 = 200
	x += 100
	fmt.Println(x, ^x, x&^0xF, -7/2, -7%3, 7>>1, -7>>1, 1<<3|1)
	var i8 int8 = -128
	fmt.Println(-i8, i8-1, int8(x), uint16(i8))
	fmt.Println(0b1011, 0o17, 017, 0xFF, 1_000_000, 'a', '\n', "\u00e9\x41\101")
	fmt.Println(1e3, .5, 0x1p4, 3i*3i, 5.0/2, 5/2)
	fmt.Printf("%.4f %T %T\n", 1.0/3, 'x', 2i)
}
