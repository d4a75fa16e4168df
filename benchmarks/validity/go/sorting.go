package main

import (
	"fmt"
	"sort"
)

type person struct {
	name string
	age  int
}

type byAge []person

func (p byAge) Len() int           { return len(p) }
func (p byAge) Less(i, j int) bool { return p[i].age < p[j].age }
func (p byAge) Swap(i, j int)      { p[i], p[j] = p[j], p[i] }

func quick(values []int) {
	if len(values) < 2 {
		return
	}
	pivot, last := values[len(values)/2], len(values)-1
	i, j := 0, last
	for i <= j {
		for values[i] < pivot {
			i++
		}
		for values[j] > pivot {
			j--
		}
		if i <= j {
			values[i], values[j] = values[j], values[i]
			i++
			j--
		}
	}
	quick(values[:j+1])
	quick(values[i:])
}

func bubble(values []int) (swaps int) {
	for swapped := true; swapped; {
		swapped = false
		for i := 1; i < len(values); i++ {
			if values[i-1] > values[i] {
				values[i-1], values[i] = values[i], values[i-1]
				swaps++
				swapped = true
			}
		}
	}
	return swaps
}

func insertion(values []int) {
	for i := 1; i < len(values); i++ {
		value := values[i]
		j := i - 1
		for ; j >= 0 && values[j] > value; j-- {
			values[j+1] = values[j]
		}
		values[j+1] = value
	}
}

func search(values []int, wanted int) int {
	low, high := 0, len(values)
	for low < high {
		middle := (low + high) / 2
		if values[middle] < wanted {
			low = middle + 1
		} else {
			high = middle
		}
	}
	if low < len(values) && values[low] == wanted {
		return low
	}
	return -1
}

func main() {
	data := []int{9, -2, 7, 7, 0, 15, 3, -8}
	for name, algorithm := range []func([]int){quick, func(v []int) { fmt.Println("swaps", bubble(v)) }, insertion, sort.Ints} {
		values := append([]int(nil), data...)
		algorithm(values)
		fmt.Println(name, values, search(values, 7), search(values, 8))
	}
	people := []person{{"Ann", 40}, {"Bob", 25}, {"Cid", 31}}
	sort.Sort(byAge(people))
	fmt.Println(people)
	sort.Slice(people, func(i, j int) bool { return people[i].name > people[j].name })
	fmt.Printf("%+v\n", people)
	sort.SliceStable(data, func(a, b int) bool { return data[a]%3 < data[b]%3 })
	fmt.Println(data)
}
