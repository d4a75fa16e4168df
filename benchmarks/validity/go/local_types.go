package main

import "fmt"

type point struct{ x, y int }

func area(points ...point) (twice int) {
	type edge struct{ from, to point }
	var edges []edge
	for i, p := range points {
		edges = append(edges, edge{from: p, to: points[(i+1)%len(points)]})
	}
	for _, e := range edges {
		twice += e.from.x*e.to.y - e.to.x*e.from.y
	}
	return twice
}

func main() {
	x, y := 10, 20
	type point3 struct {
		point
		z int
	}
	type grid [2][2]point
	type lookup map[point]string
	p := point3{point{x: 1, y: 2}, 3}
	p.x, p.point.y = y, x
	fmt.Printf("%+v %d\n", p, p.x)
	g := grid{{{x, y}, {y: x}}, {1: {x: 1}}}
	fmt.Println(g)
	names := lookup{{1, 2}: "a", {x: x}: "b", point{y: y}: "c"}
	fmt.Println(names[point{10, 0}], names[point{0, 20}], len(names))
	array := [...]int{limit: 1, 3: 2}
	fmt.Println(len(array))
	{
		type point struct{ name string }
		q := point{name: "inner"}
		fmt.Println(q)
	}
	q := &point{x, y}
	q.x++
	points := []*point{q, {x: y, y: x}, {}}
	for i := range points {
		points[i].y -= i
		fmt.Print(*points[i], " ")
	}
	fmt.Println(area(point{0, 0}, point{4, 0}, point{4, 3}))
	anonymous := []struct {
		name string
		want int
	}{
		{"first", x},
		{want: y},
		{name: "third"},
	}
	for _, one := range anonymous {
		if one.want != 0 {
			fmt.Print(one.name, one.want, ";")
		}
	}
	fmt.Println()
	var node struct {
		value int
		next  *struct{ value int }
	}
	node.next = &struct{ value int }{value: 5}
	fmt.Println(node.value, node.next.value)
}

const limit = 2
