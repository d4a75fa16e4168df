package main

import (
	"fmt"
	"math"
)

func hash(text string) uint32 {
	h := uint32(2166136261)
	for i := 0; i < len(text); i++ {
		h ^= uint32(text[i])
		h *= 16777619
	}
	return h
}

type lcg struct{ state uint64 }

func (g *lcg) next() uint32 {
	g.state = g.state*6364136223846793005 + 1442695040888963407
	return uint32(g.state >> 33)
}

func average(a, b int32) int32 { return (a + b) / 2 }

func abs(x int) int {
	if x < 0 {
		x = -x
	}
	return x
}

func main() {
	fmt.Println(hash("hello"), hash(""), hash("world"))
	g := lcg{42}
	for i := 0; i < 5; i++ {
		fmt.Print(g.next()%100, " ")
	}
	fmt.Println()
	var small int8 = 127
	small++
	fmt.Println(small, small-1, -small)
	fmt.Println(average(math.MaxInt32, math.MaxInt32), average(7, 8), average(-7, -8))
	var u uint = 3
	fmt.Println(u-4 > 0, u<<62, int64(math.MaxInt64)>>u, abs(math.MinInt64) < 0)
	a, b := 0.1, 0.2
	fmt.Println(a+b == 0.3, a+b, float32(a)+float32(b), (a+b)+0.3 == a+(b+0.3))
	nan := math.NaN()
	fmt.Println(nan == nan, nan < 1, !(nan >= 1), nan != nan, math.Inf(1) > math.MaxFloat64)
	zero := 0.0
	fmt.Println(1/zero, -1/zero, zero*-1 == 0, math.Signbit(zero*-1))
	fmt.Println(7&3|8^1, 7&^5, 1<<4-1, -5%3, -5/3, 5%-3)
	x := 10
	x -= 3 - 2
	x *= 2 + 1
	x <<= 1
	x |= 1
	x %= 50
	x &^= 4
	x ^= 0xF
	fmt.Println(x)
}
