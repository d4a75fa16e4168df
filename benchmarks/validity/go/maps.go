package main

import (
	"fmt"
	"sort"
)

type point struct{ x, y int }
type inventory map[string]map[string]int

func (inv inventory) add(shelf, item string, n int) {
	if inv[shelf] == nil {
		inv[shelf] = map[string]int{}
	}
	inv[shelf][item] += n
}

func keys(m map[string]int) []string {
	result := make([]string, 0, len(m))
	for key := range m {
		result = append(result, key)
	}
	sort.Strings(result)
	return result
}

func main() {
	x, y := 3, 4
	seen := map[point]bool{{1, 2}: true, {x: x, y: y}: false, {y: 1}: true}
	fmt.Println(seen[point{1, 2}], seen[point{3, 4}], len(seen))
	if _, ok := seen[point{9, 9}]; !ok {
		delete(seen, point{x, y})
	}
	fmt.Println(len(seen))
	inv := inventory{}
	for i, item := range []string{"nut", "bolt", "nut", "nail"} {
		inv.add(fmt.Sprint("shelf", i%2), item, i+1)
	}
	for _, shelf := range []string{"shelf0", "shelf1", "shelf2"} {
		for _, item := range keys(inv[shelf]) {
			fmt.Println(shelf, item, inv[shelf][item])
		}
	}
	operations := map[string]func(int, int) int{
		"+": func(a, b int) int { return a + b },
		"-": func(a, b int) int { return a - b },
		"*": func(a, b int) int { return a * b },
	}
	for _, sign := range []string{"+", "-", "*"} {
		fmt.Print(x, sign, y, "=", operations[sign](x, y), " ")
	}
	fmt.Println()
	key := "k"
	literal := map[string]int{key: 1, "key": 2}
	literal[key]++
	fmt.Println(literal["k"], literal["key"], literal["none"])
	groups := map[bool][]int{}
	for n := 0; n < 6; n++ {
		groups[n%2 == 0] = append(groups[n%2 == 0], n)
	}
	fmt.Println(groups)
}
