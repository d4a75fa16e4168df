package main

import (
	"fmt"
	"io"
	"strings"
)

type animal interface {
	sound() string
	legs() int
}

type walker interface {
	animal
	walk(steps int) (distance float64)
}

type dog struct{ stride float64 }
type bird struct{}
type robot struct {
	animal
	serial int
}

func (d dog) sound() string           { return "woof" }
func (dog) legs() int                 { return 4 }
func (d dog) walk(steps int) float64  { return d.stride * float64(steps) }
func (bird) sound() string            { return "tweet" }
func (b bird) legs() int              { return 2 }
func (r *robot) walk(n int) float64   { return float64(n * r.serial) }
func (r robot) String() string        { return fmt.Sprintf("robot-%03d", r.serial) }
func (r robot) sound() (text string)  { text = strings.ToUpper(r.animal.sound()); return }

type upper struct{ r io.Reader }

func (u upper) Read(p []byte) (n int, err error) {
	n, err = u.r.Read(p)
	for i, c := range p[:n] {
		if 'a' <= c && c <= 'z' {
			p[i] = c - 32
		}
	}
	return
}

type adapter func(int) int

func (f adapter) apply(n int) int { return f(n) }

type applier interface{ apply(int) int }

func main() {
	r := &robot{animal: dog{2}, serial: 7}
	animals := []animal{dog{1.5}, bird{}, r, robot{bird{}, 12}}
	legs := 0
	for i, a := range animals {
		legs += a.legs()
		fmt.Print(i, " ", a.sound())
		if w, ok := a.(walker); ok {
			fmt.Print(" walks ", w.walk(10))
		}
		if s, ok := a.(fmt.Stringer); ok {
			fmt.Print(" is ", s)
		}
		fmt.Println()
	}
	fmt.Println(legs)
	data, err := io.ReadAll(upper{strings.NewReader("mixed Case 123")})
	fmt.Println(string(data), err)
	appliers := []applier{adapter(func(n int) int { return n * n }), adapter(abs)}
	for _, a := range appliers {
		fmt.Print(a.apply(-3), " ")
	}
	fmt.Println()
	var a animal
	fmt.Println(a == nil, animals[0] == dog{1.5}, animals[1] == animals[0])
	var e interface{} = 3
	n, ok := e.(int)
	s, bad := e.(string)
	fmt.Println(n, ok, s == "", bad)
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}
