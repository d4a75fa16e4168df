package main

import "fmt"

type board struct {
	size      int
	columns   []int
	solutions int
	first     []int
}

func (b *board) safe(row, column int) bool {
	for r, c := range b.columns[:row] {
		if c == column || r-c == row-column || r+c == row+column {
			return false
		}
	}
	return true
}

func (b *board) place(row int) {
	if row == b.size {
		if b.solutions == 0 {
			b.first = append([]int{}, b.columns...)
		}
		b.solutions++
		return
	}
	for column := 0; column < b.size; column++ {
		if !b.safe(row, column) {
			continue
		}
		b.columns[row] = column
		b.place(row + 1)
	}
}

func permutations(values []int, visit func([]int)) {
	var permute func(int)
	permute = func(k int) {
		if k == len(values) {
			visit(values)
			return
		}
		for i := k; i < len(values); i++ {
			values[k], values[i] = values[i], values[k]
			permute(k + 1)
			values[k], values[i] = values[i], values[k]
		}
	}
	permute(0)
}

func hanoi(n int, from, to, via string, move func(string, string)) int {
	if n == 0 {
		return 0
	}
	count := hanoi(n-1, from, via, to, move)
	move(from, to)
	return count + 1 + hanoi(n-1, via, to, from, move)
}

func main() {
	for size := 1; size <= 6; size++ {
		b := board{size: size, columns: make([]int, size)}
		b.place(0)
		fmt.Println(size, b.solutions, b.first)
	}
	n := 0
	permutations([]int{1, 2, 3}, func(p []int) {
		n++
		fmt.Print(p, " ")
	})
	fmt.Println(n)
	text := ""
	moves := hanoi(3, "a", "b", "c", func(from, to string) { text += from + to + " " })
	fmt.Println(text, moves)
}
