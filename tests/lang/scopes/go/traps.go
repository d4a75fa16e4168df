package traps

import (
	. "errors"
	"fmt"
	text "strings"
)

const (
	first = iota
	second
)

type point struct{ x, y int }
type points []point
type named map[string]point
type alias = point
type pair[K comparable, V any] struct {
	key   K
	value V
}
type shape interface {
	area(x int) (y int)
}
type node struct {
	*node
	point
	fmt.Stringer
	next func(node int) (next int)
}

var x, y = 1, 2
var later = after(x)

func after(x int) int { return x + first }

// The same names as fields, methods, parameters and results.
func (x *point) move(y int) (z int, err error) {
	z, err = x.x+y, nil
	if z, err := z+1, err; z > 1 {
		return z, err
	} else if y := z; y > 0 {
		x.move(y)
	}
	return
}

func (p *pair[K, V]) swap(other pair[K, V]) (K, V) {
	var key K = other.key
	p.key, p.value = key, other.value
	return p.key, p.value
}

func generic[T, U any](t T, f func(T) U) (U, []T) { return f(t), []T{t} }

// := declares some of its names.
func short() (n int, err error) {
	n, other := 1, 2
	other, n = n, other
	{
		n, other := other, n
		n, third := n+other, n
		_, _, _ = n, other, third
	}
	other, err = fmt.Println(n)
	for n := n; n < other; n++ {
		n := n
		_ = func(n int) int { other := n; return other }(n)
	}
	return n, New("x")
}

func keys(x, y int) (points, named) {
	type point struct{ y, x int }
	type local map[int]int
	type deep []local
	a := point{x: x, y: y}
	b := []alias{{x: y, y: x}, {x, y}}
	c := map[alias]int{{x: x}: y}
	d := [...]string{second: "a"}
	_ = [2][2]int{{first: x}, {second: y}}
	e := local{x: y}
	f := deep{{x: y}}
	g := &struct{ x, y int }{x: x}
	h := pair[int, int]{key: x, value: y}
	i := []*alias{{y: y}}
	_, _, _, _, _, _, _ = a, c, d, e, f, g, h
	_ = i
	return points{{x: x}}, named{"x": {x: b[0].x}}
}

func switches(value interface{}, x int) (y string) {
	switch x := value.(type) {
	case nil:
		return "nil"
	case int, string:
		x, z := x, x
		return fmt.Sprint(x, z)
	case point:
		y := x.x
		return fmt.Sprint(x.move(y))
	case func(x int) int:
		return fmt.Sprint(x(1))
	}
	switch y := value; z := y.(type) {
	case error:
		return z.Error()
	}
	switch x := x + 1; {
	case x > 2:
		x := "inner"
		y = x
		fallthrough
	default:
		x := 3
		_ = x
	}
	switch x {
	case first, second:
	case x:
	}
	return
}

func channels(x chan int, y chan<- int) int {
	for {
		select {
		case x := <-x:
			return x
		case z, ok := <-x:
			if !ok {
				return z
			}
		case y <- <-x:
		default:
			x := 1
			return x
		}
	}
}

func labels(x []int) {
	y := 0
	if y > 0 {
		goto end
	}
x:
	for y := range x {
		for x, y := range x[y:] {
			if x > y {
				continue x
			}
			break x
		}
		func() {
		x:
			for {
				break x
			}
		}()
	}
end:
	for y, x[0] = range x {
	}
	for range x {
		goto end
	}
}

func closures() (fs []func() int) {
	for i := 0; i < 3; i++ {
		defer func() { i := recover(); _ = i }()
		fs = append(fs, func() int { i++; return i })
	}
	var recursive func(int) int
	recursive = func(n int) int { return recursive(n - 1) }
	text := text.ToUpper("x")
	_ = text
	const x, y = y1 + 1, y1
	var fmt, len = len("x"), 1
	_ = fmt + len + x
	const z = x + y
	go func(x ...int) { _ = append(x, y) }(z)
	return
}

const y1 = 4

func init() { _ = later }

func init() {
	type T[P any] struct{ p P }
	type list struct{ next *list }
	_ = T[int]{p: 1}
	_ = list{next: &list{}}
	fs := []func(int){}
	i := 0
	fs[i](i)
}

func many(a, b, c, d, e, f, g, h, i, j, k, l int) int {
	return a + b + c + d + e + f + g + h + i + j + k + l
}
