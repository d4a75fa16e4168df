package main

import "fmt"

var (
	a = b + 1
	b = compute("b", 2)
	c, d = pair()
	names []string
	table = map[string]func(int) int{"twice": twice, "next": next}
	_ = compute("blank", 0)
)

type registry struct {
	entries []string
}

var global registry

func compute(name string, value int) int {
	global.entries = append(global.entries, name)
	return value * 10
}

func pair() (int, string) { return compute("pair", a), "d" }

func twice(n int) int { return n + n }

func init() {
	names = append(names, "first init")
	a++
}

func init() {
	names = append(names, fmt.Sprint("second init ", a))
}

func main() {
	fmt.Println(a, b, c, d)
	fmt.Println(names, global.entries)
	fmt.Println(table["twice"](4), table["next"](4))
	a, local := 5, a
	fmt.Println(a, local)
	b = a
	show()
	reset := func() (old int) {
		old, b = b, 0
		return
	}
	fmt.Println(reset(), b)
	show()
}

func show() { fmt.Println("globals", a, b, len(names)) }

func next(n int) int { return n + 1 }
