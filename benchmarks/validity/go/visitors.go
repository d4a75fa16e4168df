package main

import "fmt"

type expr interface {
	eval(env map[string]float64) float64
	String() string
}

type (
	num   float64
	name  string
	unary struct {
		op byte
		x  expr
	}
	binary struct {
		op   byte
		x, y expr
	}
)

func (n num) eval(map[string]float64) float64      { return float64(n) }
func (n name) eval(env map[string]float64) float64 { return env[string(n)] }
func (u unary) eval(env map[string]float64) float64 {
	switch u.op {
	case '-':
		return -u.x.eval(env)
	default:
		return u.x.eval(env)
	}
}
func (b binary) eval(env map[string]float64) (r float64) {
	x, y := b.x.eval(env), b.y.eval(env)
	switch b.op {
	case '+':
		r = x + y
	case '-':
		r = x - y
	case '*':
		r = x * y
	case '/':
		if y != 0 {
			r = x / y
		}
	}
	return
}

func (n num) String() string    { return fmt.Sprintf("%g", float64(n)) }
func (n name) String() string   { return string(n) }
func (u unary) String() string  { return string(u.op) + u.x.String() }
func (b binary) String() string { return fmt.Sprintf("(%v %c %v)", b.x, b.op, b.y) }

func simplify(e expr) expr {
	b, ok := e.(binary)
	if !ok {
		return e
	}
	x, y := simplify(b.x), simplify(b.y)
	if n, ok := x.(num); ok && n == 0 && b.op == '+' {
		return y
	}
	if n, ok := y.(num); ok {
		switch {
		case n == 1 && (b.op == '*' || b.op == '/'):
			return x
		case n == 0 && b.op == '*':
			return num(0)
		}
	}
	return binary{b.op, x, y}
}

func main() {
	x, y := name("x"), name("y")
	es := []expr{
		binary{'+', num(0), binary{'*', x, num(1)}},
		binary{op: '/', x: unary{'-', y}, y: binary{'-', x, num(2)}},
		binary{'*', binary{'+', x, y}, num(0)},
	}
	env := map[string]float64{"x": 2, "y": 5}
	for _, e := range es {
		fmt.Println(e, "=", e.eval(env), "->", simplify(e))
		env["x"]++
	}
}
