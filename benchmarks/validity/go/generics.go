package main

import (
	"fmt"
	"sort"
)

type number interface {
	~int | ~int64 | ~float64
}

type celsius float64

func sum[T number](values ...T) (total T) {
	for _, v := range values {
		total += v
	}
	return
}

func mapped[T, U any](values []T, f func(T) U) []U {
	result := make([]U, 0, len(values))
	for _, v := range values {
		result = append(result, f(v))
	}
	return result
}

func reduce[T, A any](values []T, start A, f func(A, T) A) A {
	for _, v := range values {
		start = f(start, v)
	}
	return start
}

type stack[T any] struct{ items []T }

func (s *stack[T]) push(item T) { s.items = append(s.items, item) }
func (s *stack[T]) pop() (item T, ok bool) {
	if len(s.items) == 0 {
		return item, false
	}
	item = s.items[len(s.items)-1]
	s.items = s.items[:len(s.items)-1]
	return item, true
}

type pair[K comparable, V any] struct {
	key   K
	value V
}

func pairs[K comparable, V any](m map[K]V, less func(a, b K) bool) []pair[K, V] {
	var result []pair[K, V]
	for key, value := range m {
		result = append(result, pair[K, V]{key: key, value: value})
	}
	sort.Slice(result, func(i, j int) bool { return less(result[i].key, result[j].key) })
	return result
}

func main() {
	fmt.Println(sum(1, 2, 3), sum(1.5, 2.0), sum[celsius](20, 1.5))
	words := mapped([]int{1, 2, 3}, func(n int) string { return fmt.Sprint("<", n, ">") })
	fmt.Println(words, len(words))
	fmt.Println(reduce(words, 0, func(n int, w string) int { return n*10 + len(w) }))
	var s stack[string]
	for _, word := range words {
		s.push(word)
	}
	for item, ok := s.pop(); ok; item, ok = s.pop() {
		fmt.Print(item, " ")
	}
	fmt.Println()
	m := map[string]int{"one": 1, "two": 2, "three": 3}
	for _, p := range pairs(m, func(a, b string) bool { return a < b }) {
		fmt.Println(p.key, p.value)
	}
	nested := stack[pair[string, []int]]{}
	nested.push(pair[string, []int]{"a", []int{1}})
	top, _ := nested.pop()
	fmt.Printf("%v %+v\n", top, nested)
}
