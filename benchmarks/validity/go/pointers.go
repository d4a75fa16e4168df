package main

import "fmt"

type config struct {
	name    string
	limits  *limits
	enabled bool
}

type limits struct{ low, high int }

func increment(p *int) int {
	*p++
	return *p
}

func swap(a, b *int) { *a, *b = *b, *a }

func fill(out []*int, base int) {
	for i := range out {
		value := base + i
		out[i] = &value
	}
}

func (l *limits) contains(n int) bool {
	if l == nil {
		return true
	}
	return n >= l.low && n <= l.high
}

func change(c config) { c.name, c.limits.low = "changed", -1 }

func main() {
	x, y := 1, 2
	p := &x
	q := p
	increment(q)
	swap(p, &y)
	fmt.Println(x, y, *p == x, p == q)
	pp := &p
	**pp = 50
	*pp = &y
	*p += 7
	fmt.Println(x, y)
	out := make([]*int, 3)
	fill(out, 10)
	total := 0
	for _, v := range out {
		total += *v
	}
	fmt.Println(total)
	c := config{name: "c", limits: &limits{low: 1, high: 9}}
	change(c)
	fmt.Println(c.name, *c.limits, c.limits.contains(0), config{}.limits.contains(100))
	other := c
	other.limits.high++
	other.enabled = !other.enabled
	fmt.Println(c.limits.high, c.enabled, other.enabled)
	array := [4]int{}
	for i := range array {
		increment(&array[i])
		increment(&array[(i*3)%4])
	}
	fmt.Println(array)
	s := &[]int{1, 2}
	(*s)[1] = 5
	*s = append(*s, (*s)[1]-1)
	fmt.Println(*s, len(*s))
	f := (*limits).contains
	fmt.Println(f(c.limits, 10), f(nil, 3))
}
