package main

import "fmt"

var trace []string

func note(name string, value int) int {
	trace = append(trace, name)
	return value
}

func flag(name string, value bool) bool {
	trace = append(trace, name)
	return value
}

func flush() {
	fmt.Println(trace)
	trace = trace[:0]
}

type box struct{ value int }

func (b *box) add(n int) *box {
	b.value += n
	trace = append(trace, fmt.Sprint("add", n))
	return b
}

func pair() (int, int) { return note("p", 1), note("q", 2) }

func main() {
	fmt.Println(note("a", 1)+note("b", 2)*note("c", 3), note("d", 4) > note("e", 3))
	flush()
	fmt.Println(flag("x", false) && flag("y", true), flag("z", true) || flag("w", false))
	flush()
	fmt.Println(!(flag("x", true) && flag("y", false)) || flag("never", true))
	flush()
	values := []int{note("v", 5), note("u", 6)}
	values[note("i", 0)], values[note("j", 1)] = note("r", 7), note("s", 8)
	fmt.Println(values)
	flush()
	b := &box{}
	b.add(note("first", 1)).add(note("second", 2)).add(b.value)
	fmt.Println(b.value)
	flush()
	m := map[int]int{note("key", 1): note("value", 2)}
	m[note("k", 3)] += note("n", 4)
	fmt.Println(len(m), m[3])
	flush()
	x, y := pair()
	x, y = y, x+y
	fmt.Println(x, y)
	flush()
	counter := 0
	next := func() int { counter++; return counter }
	total := next() - next()*next()
	fmt.Println(total, counter)
	if n := next(); n > 3 && next() > 4 {
		fmt.Println("both", counter)
	}
	switch next() {
	case next(), next():
		fmt.Println("unexpected")
	case next() - 3:
		fmt.Println("matched", counter)
	default:
		fmt.Println("default", counter)
	}
	for i := note("init", 0); i < note("cond", 2); i += note("post", 1) {
		note("body", i)
	}
	flush()
}
