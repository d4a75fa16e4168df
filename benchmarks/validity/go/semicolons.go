package main; import "fmt"; import ("os"; "strings")

type pair struct { a, b int; c string }; var global = 5

func swap(a, b int) (int, int) { return b, a }; func noop() {}

func main() { x, y := 1, 2; x, y = swap(x, y); fmt.Println(x, y)
	if x > y { fmt.Println("greater") } else { fmt.Println("less") }
	for i := 0; i < 3; i++ { fmt.Print(i, ";") }; fmt.Println()
	for ; x < 6; { x++ }
	for x < 9 { x++; if x == 8 { break } }
	for { break }
	switch { case x > 5: fmt.Println("big"); y++; case x < 0: ; default: fmt.Println("small") }
	switch z := x; { case z == 8: fmt.Println("eight") }
	p := pair{a: 1, b: 2,
		c: "s"}; q := pair{
		1, 2, "t",
	}
	fmt.Println(p, q); noop();
	f := func(n int) int { if n == 0 { return 0 }; return n * 2 }; fmt.Println(f(
		4,
	), f(0))
	m := map[string][]int{"a": {1, 2}, "b": nil}; fmt.Println(len(m["a"]), m["b"] == nil)
	s := []string{"x",
		"y"}
	fmt.Println(strings.
		Join(s, "-"), global)
	var (a = 1; b = "two"
		c, d = 3, 4)
	fmt.Println(a, b, c, d);;
	{ fmt.Println("block") }
	a = x +
		y -
		1
	ok := x > 1 &&
		y > 1 ||
		false
	fmt.Println(a, ok, !ok)
	if len(os.Args) > 100 { return }
	const k = 1; type t int; fmt.Println(t(k))
lab: for i := range s { for { if i == 1 { break lab }; continue lab } }
	goto end
end: fmt.Println("end")
}
