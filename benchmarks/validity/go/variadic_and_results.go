package main

import (
	"fmt"
	"strings"
)

type option func(*settings)

type settings struct {
	width, indent int
	prefix        string
}

func width(n int) option             { return func(s *settings) { s.width = n } }
func prefix(text string) option      { return func(s *settings) { s.prefix = text } }
func nested(options ...option) option {
	return func(s *settings) {
		for _, o := range options {
			o(s)
		}
		s.indent++
	}
}

func build(options ...option) (s settings) {
	s.width = 80
	for _, option := range options {
		option(&s)
	}
	return
}

func split(total int, ratios ...int) (parts []int, rest int) {
	sum := 0
	for _, r := range ratios {
		sum += r
	}
	rest = total
	if sum == 0 {
		return nil, rest
	}
	for _, r := range ratios {
		part := total * r / sum
		parts, rest = append(parts, part), rest-part
	}
	return
}

func divide(a, b int) (quotient, remainder int, ok bool) {
	if ok = b != 0; !ok {
		return
	}
	quotient, remainder = a/b, a%b
	return quotient, remainder, ok
}

func join(separator string, values ...interface{}) string {
	texts := make([]string, len(values))
	for i, value := range values {
		texts[i] = fmt.Sprint(value)
	}
	return strings.Join(texts, separator)
}

func forward(values ...interface{}) string { return join("/", values...) }

func ignored(_ int, _ string, kept bool) (_ error, n int) {
	if kept {
		n = 1
	}
	return nil, n
}

func main() {
	fmt.Println(build(), build(width(10), prefix(">")), build(nested(width(1), nested())))
	fmt.Println(split(100, 1, 2, 3))
	fmt.Println(split(7))
	parts, _ := split(10, 1, 1, 1)
	fmt.Println(parts)
	fmt.Println(divide(17, 5))
	_, _, ok := divide(1, 0)
	fmt.Println(ok)
	fmt.Println(join("-", 1, "a", 2.5, nil, true), forward(), forward(1, []int{2}))
	fmt.Println(ignored(1, "x", true))
	var f func(...int) int = func(n ...int) int { return len(n) }
	g := func(fs ...func(...int) int) (total int) {
		for i, f := range fs {
			total += f(make([]int, i+1)...)
		}
		return
	}
	fmt.Println(f(), f(1, 2), g(f, f, f))
}
