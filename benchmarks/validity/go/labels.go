package main

import "fmt"

func find(grid [][]int, wanted int) (row, column int) {
search:
	for row = range grid {
		for column = range grid[row] {
			if grid[row][column] == wanted {
				break search
			}
			if grid[row][column] < 0 {
				continue search
			}
		}
	}
	return
}

func collatz(n int) (steps int) {
again:
	if n == 1 {
		goto done
	}
	steps++
	if n%2 == 0 {
		n /= 2
	} else {
		n = 3*n + 1
	}
	goto again
done:
	return steps
}

func classify(values []int) string {
	text := ""
loop:
	for i, v := range values {
		switch {
		case v == 0:
			continue loop
		case v > 100:
			break loop
		case v < 0:
			break
		default:
			text += fmt.Sprint(i)
			if v == 7 {
				continue
			}
			text += "+"
		}
		text += ","
	}
	return text
}

func main() {
	grid := [][]int{{1, 2, 3}, {-1, 9, 9}, {4, 5, 6}}
	for _, wanted := range []int{2, 5, 9, 77} {
		fmt.Println(find(grid, wanted))
	}
	for n := 1; n < 12; n += 3 {
		fmt.Print(collatz(n), " ")
	}
	fmt.Println()
	fmt.Println(classify([]int{1, 0, -4, 7, 8, 101, 5}))
	i := 0
next:
	for {
		select {
		default:
			i++
			if i > 3 {
				break next
			}
		}
	}
	fmt.Println(i)
}
