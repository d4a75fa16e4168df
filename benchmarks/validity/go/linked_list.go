package main

import "fmt"

type node struct {
	value int
	next  *node
}

type list struct {
	head *node
	size int
}

func (l *list) push(value int) *list {
	l.head = &node{value: value, next: l.head}
	l.size++
	return l
}

func (l *list) reverse() {
	var previous *node
	for current := l.head; current != nil; {
		next := current.next
		current.next = previous
		previous, current = current, next
	}
	l.head = previous
}

func (l list) each(visit func(index int, value int) bool) {
	index := 0
	for n := l.head; n != nil; n = n.next {
		if !visit(index, n.value) {
			return
		}
		index++
	}
}

func merge(a, b *node) *node {
	if a == nil {
		return b
	}
	if b == nil {
		return a
	}
	if a.value <= b.value {
		a.next = merge(a.next, b)
		return a
	}
	b.next = merge(a, b.next)
	return b
}

func sorted(head *node) *node {
	if head == nil || head.next == nil {
		return head
	}
	slow, fast := head, head.next
	for fast != nil && fast.next != nil {
		slow, fast = slow.next, fast.next.next
	}
	second := slow.next
	slow.next = nil
	return merge(sorted(head), sorted(second))
}

func main() {
	l := new(list)
	for _, v := range []int{5, 1, 4, 1, 9, 2, 6} {
		l.push(v)
	}
	show := func(i, v int) bool {
		if i > 0 {
			fmt.Print(" -> ")
		}
		fmt.Print(v)
		return v != 100
	}
	l.each(show)
	fmt.Println()
	l.reverse()
	l.each(show)
	fmt.Println("", l.size)
	l.head = sorted(l.head)
	l.push(100).push(-1)
	l.each(show)
	fmt.Println()
}
