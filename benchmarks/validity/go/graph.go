package main

import (
	"container/heap"
	"fmt"
	"sort"
	"strings"
)

type edge struct {
	to     string
	weight int
}

type graph map[string][]edge

func (g graph) connect(from, to string, weight int) {
	g[from] = append(g[from], edge{to, weight})
	g[to] = append(g[to], edge{to: from, weight: weight})
}

type item struct {
	node     string
	distance int
}

type queue []item

func (q queue) Len() int            { return len(q) }
func (q queue) Less(i, j int) bool  { return q[i].distance < q[j].distance }
func (q queue) Swap(i, j int)       { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(x interface{}) { *q = append(*q, x.(item)) }
func (q *queue) Pop() interface{} {
	old := *q
	last := old[len(old)-1]
	*q = old[:len(old)-1]
	return last
}

func (g graph) distances(start string) map[string]int {
	result := map[string]int{start: 0}
	q := &queue{{start, 0}}
	for q.Len() > 0 {
		current := heap.Pop(q).(item)
		if current.distance > result[current.node] {
			continue
		}
		for _, e := range g[current.node] {
			distance := current.distance + e.weight
			if known, ok := result[e.to]; !ok || distance < known {
				result[e.to] = distance
				heap.Push(q, item{node: e.to, distance: distance})
			}
		}
	}
	return result
}

func (g graph) order(start string) []string {
	seen := map[string]bool{start: true}
	pending := []string{start}
	var order []string
	for len(pending) > 0 {
		node := pending[0]
		pending = pending[1:]
		order = append(order, node)
		next := []string{}
		for _, e := range g[node] {
			if !seen[e.to] {
				seen[e.to] = true
				next = append(next, e.to)
			}
		}
		sort.Strings(next)
		pending = append(pending, next...)
	}
	return order
}

func main() {
	g := graph{}
	for _, line := range strings.Split("a b 4;a c 1;c b 2;b d 5;c d 8;e f 1", ";") {
		var from, to string
		var weight int
		fmt.Sscan(line, &from, &to, &weight)
		g.connect(from, to, weight)
	}
	distances := g.distances("a")
	for _, node := range g.order("a") {
		fmt.Print(node, "=", distances[node], " ")
	}
	_, reachable := distances["e"]
	fmt.Println(reachable, len(g), g.order("f"))
}
