package main

import "fmt"

func counter(start int) (next func() int, reset func(int)) {
	current := start
	next = func() int {
		current++
		return current
	}
	reset = func(value int) { current = value }
	return
}

func compose(fs ...func(int) int) func(int) int {
	return func(x int) int {
		for _, f := range fs {
			x = f(x)
		}
		return x
	}
}

func main() {
	next, reset := counter(10)
	fmt.Println(next(), next())
	reset(0)
	fmt.Println(next())
	var fs []func() int
	for i := 0; i < 4; i++ {
		i := i
		fs = append(fs, func() int { i *= 2; return i })
	}
	for _, f := range fs {
		fmt.Print(f(), f(), ";")
	}
	fmt.Println()
	add := func(n int) func(int) int { return func(x int) int { return x + n } }
	double := func(x int) int { return x * 2 }
	fmt.Println(compose(add(1), double, add(-3))(5))
	var fib func(int) int
	memo := map[int]int{}
	fib = func(n int) int {
		if n < 2 {
			return n
		}
		if v, ok := memo[n]; ok {
			return v
		}
		memo[n] = fib(n-1) + fib(n-2)
		return memo[n]
	}
	fmt.Println(fib(40), len(memo))
	total := 0
	each := func(xs []int, f func(int)) {
		for _, x := range xs {
			f(x)
		}
	}
	each([]int{1, 2, 3}, func(x int) { total += x * x })
	fmt.Println(total)
}
