package main

import (
	"fmt"
	"os"
	"strings"
)

type stack struct{ items []int }

func (s *stack) pop() int {
	last := s.items[len(s.items)-1]
	s.items = s.items[:len(s.items)-1]
	return last
}

func try(name string, f func()) {
	defer func() {
		r := recover()
		if err, ok := r.(error); ok {
			text := err.Error()
			fmt.Println(name, "failed:", strings.TrimPrefix(text, "runtime error: "))
		} else if r != nil {
			fmt.Println(name, "panicked:", r)
		} else {
			fmt.Println(name, "is fine")
		}
	}()
	f()
}

func depth(n int) int {
	if n == 0 {
		panic(fmt.Sprintf("bottom at %d", n))
	}
	defer func() {
		if n == 2 {
			fmt.Println("unwinding", n)
		}
	}()
	return depth(n-1) + 1
}

func main() {
	zero, values := 0, []int{1, 2}
	var nothing map[string]int
	var pointer *stack
	var any interface{} = "text"
	try("division", func() { fmt.Println(1 / zero) })
	try("index", func() { values[zero+5]++ })
	try("map read", func() { fmt.Println(nothing["x"]) })
	try("map write", func() { nothing["x"] = 1 })
	try("nil", func() { pointer.pop() })
	try("assertion", func() { _ = any.(string) })
	try("stack", func() {
		s := stack{values}
		for {
			fmt.Print(s.pop(), " ")
		}
	})
	try("depth", func() { depth(3) })
	try("slice", func() { _ = values[zero:zero+1:zero+2][1:] })
	try("channel", func() {
		c := make(chan int)
		close(c)
		close(c)
	})
	defer fmt.Println("deferred before the end")
	if len(values) > 1 {
		defer os.Exit(4)
	}
	panic("the end")
}
