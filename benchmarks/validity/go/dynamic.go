package main

import "fmt"

func min(values ...int) int {
	smallest := values[0]
	for _, v := range values[1:] {
		if v < smallest {
			smallest = v
		}
	}
	return smallest
}

func max(a, b int) int {
	if a > b {
		return a
	}
	return b
}

func distance(a, b string) int {
	previous := make([]int, len(b)+1)
	for j := range previous {
		previous[j] = j
	}
	for i := 1; i <= len(a); i++ {
		current := make([]int, len(b)+1)
		current[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			current[j] = min(previous[j]+1, current[j-1]+1, previous[j-1]+cost)
		}
		previous = current
	}
	return previous[len(b)]
}

func subsequence(a, b string) string {
	table := make([][]int, len(a)+1)
	for i := range table {
		table[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				table[i][j] = 1 + table[i+1][j+1]
			} else {
				table[i][j] = max(table[i+1][j], table[i][j+1])
			}
		}
	}
	result := ""
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			result += a[i : i+1]
			i, j = i+1, j+1
		case table[i+1][j] >= table[i][j+1]:
			i++
		default:
			j++
		}
	}
	return result
}

func knapsack(weights, values []int, capacity int) int {
	best := make([]int, capacity+1)
	for i, weight := range weights {
		for c := capacity; c >= weight; c-- {
			best[c] = max(best[c], best[c-weight]+values[i])
		}
	}
	return best[capacity]
}

func ways(coins []int, amount int) int {
	if amount == 0 {
		return 1
	}
	if amount < 0 || len(coins) == 0 {
		return 0
	}
	return ways(coins, amount-coins[0]) + ways(coins[1:], amount)
}

func main() {
	fmt.Println(distance("kitten", "sitting"), distance("", "abc"), distance("same", "same"))
	fmt.Println(subsequence("aggtab", "gxtxayb"))
	fmt.Println(knapsack([]int{1, 3, 4, 5}, []int{1, 4, 5, 7}, 7), ways([]int{1, 2, 5}, 10))
	best, current := -1<<31, 0
	for _, v := range []int{-2, 1, -3, 4, -1, 2, 1, -5, 4} {
		current = max(v, current+v)
		best = max(best, current)
	}
	fmt.Println(best)
}
