package main

import "fmt"

type base struct {
	id   int
	name string
}

func (b base) describe() string { return fmt.Sprint(b.id, ":", b.name) }
func (b *base) rename(name string) {
	old := b.name
	b.name = name + "<" + old
}

type logger struct{ lines []string }

func (l *logger) log(format string, values ...interface{}) {
	l.lines = append(l.lines, fmt.Sprintf(format, values...))
}

type service struct {
	base
	*logger
	name string
	deps map[string]*service
}

func newService(name string, id int, l *logger) *service {
	return &service{base: base{id: id, name: "base of " + name}, logger: l, name: name}
}

func (s *service) depend(others ...*service) {
	if s.deps == nil {
		s.deps = make(map[string]*service)
	}
	for _, other := range others {
		s.deps[other.name] = other
		s.log("%s needs %s", s.name, other.name)
	}
}

func main() {
	shared := &logger{}
	a := newService("a", 1, shared)
	b := newService("b", 2, shared)
	c := service{base{3, "c"}, shared, "see", nil}
	a.depend(b, &c)
	b.depend(&c)
	fmt.Println(a.describe(), a.name, a.base.name)
	a.rename("new")
	fmt.Println(a.describe(), a.name)
	describe := b.describe
	b.rename("later")
	fmt.Println(describe(), b.describe())
	rename := (*base).rename
	rename(&c.base, "expr")
	fmt.Println(base.describe(c.base), len(a.deps), a.deps["b"].deps["see"] == &c)
	for i, line := range shared.lines {
		fmt.Println(i, line)
	}
	x, y := base{1, "x"}, base{1, "x"}
	fmt.Println(x == y, &x == &y)
	anonymous := struct {
		base
		extra int
	}{base{7, "seven"}, 8}
	fmt.Println(anonymous.describe(), anonymous.extra)
}
