package main

import "fmt"

type matrix [2][2]int

func multiply(a, b matrix) (c matrix) {
	for i := range c {
		for j := range c[i] {
			for k := range a {
				c[i][j] += a[i][k] * b[k][j]
			}
		}
	}
	return
}

func modify(array [3]int, slice []int, pointer *[3]int) {
	array[0], slice[0], pointer[0] = 10, 20, 30
}

func remove(values []int, at int) []int { return append(values[:at], values[at+1:]...) }

func main() {
	array := [3]int{1, 2, 3}
	copied := array
	slice := []int{1, 2, 3}
	alias := slice[:2]
	modify(array, slice, &copied)
	fmt.Println(array, slice, copied, alias, len(alias), cap(alias))
	alias = append(alias, 99)
	fmt.Println(slice, alias)
	limited := slice[:1:1]
	limited = append(limited, 7)
	fmt.Println(slice, limited)
	fmt.Println(remove([]int{0, 1, 2, 3, 4}, 2))
	fibonacci := matrix{{1, 1}, {1, 0}}
	power := matrix{{1, 0}, {0, 1}}
	for n := 0; n < 10; n++ {
		power = multiply(power, fibonacci)
	}
	fmt.Println(power, power == matrix{{89, 55}, {55, 34}})
	var empty []int
	fmt.Println(empty == nil, len(empty), append(empty, slice...))
	sparse := []string{2: "two", 0: "zero", 5: "five"}
	fmt.Printf("%q %d\n", sparse, len(sparse))
	rows := make([][]int, 3)
	for i := range rows {
		rows[i] = make([]int, i+1)
		rows[i][0], rows[i][i] = 1, 1
		for j := 1; j < i; j++ {
			rows[i][j] = rows[i-1][j-1] + rows[i-1][j]
		}
	}
	fmt.Println(rows, copy(slice, []int{4, 5}), slice)
	i := 0
	i, slice[i] = 1, 77
	fmt.Println(i, slice)
	for i, v := range array {
		array[2] = 100
		fmt.Print(i, v, " ")
	}
	for range slice {
		i++
	}
	fmt.Println(i)
}
