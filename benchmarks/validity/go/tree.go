package main

import (
	"fmt"
	"strings"
)

type tree struct {
	left, right *tree
	key         string
	count       int
}

func (t *tree) insert(key string) *tree {
	if t == nil {
		return &tree{key: key, count: 1}
	}
	switch {
	case key < t.key:
		t.left = t.left.insert(key)
	case key > t.key:
		t.right = t.right.insert(key)
	default:
		t.count++
	}
	return t
}

func (t *tree) depth() int {
	if t == nil {
		return 0
	}
	left, right := t.left.depth(), t.right.depth()
	if left > right {
		return left + 1
	}
	return right + 1
}

func (t *tree) walk(visit func(*tree)) {
	if t != nil {
		t.left.walk(visit)
		visit(t)
		t.right.walk(visit)
	}
}

func (t *tree) find(key string) (found *tree, steps int) {
	for found = t; found != nil && found.key != key; steps++ {
		if key < found.key {
			found = found.left
		} else {
			found = found.right
		}
	}
	return
}

func main() {
	text := `the quick brown fox jumps over the lazy dog while the cat
sleeps and the dog dreams of the fox`
	var root *tree
	for _, word := range strings.Fields(text) {
		root = root.insert(word)
	}
	fmt.Println(root.depth())
	total, distinct := 0, 0
	root.walk(func(t *tree) {
		total += t.count
		distinct++
		if t.count > 1 {
			fmt.Printf("%-5s %d\n", t.key, t.count)
		}
	})
	fmt.Println(total, distinct)
	for _, word := range []string{"the", "zebra", "and"} {
		found, steps := root.find(word)
		fmt.Println(word, found != nil, steps)
	}
}
