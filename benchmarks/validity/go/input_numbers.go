package main

import (
	"fmt"
	"math"
)

type stats struct {
	n                  int
	sum, squares       float64
	smallest, greatest int
}

func (s *stats) add(x int) {
	if s.n == 0 || x < s.smallest {
		s.smallest = x
	}
	if s.n == 0 || x > s.greatest {
		s.greatest = x
	}
	s.n++
	s.sum += float64(x)
	s.squares += float64(x) * float64(x)
}

func (s stats) mean() float64 {
	if s.n == 0 {
		return 0
	}
	return s.sum / float64(s.n)
}

func (s stats) deviation() float64 {
	if s.n < 2 {
		return 0
	}
	mean := s.mean()
	return math.Sqrt((s.squares - float64(s.n)*mean*mean) / float64(s.n-1))
}

func main() {
	var even, odd stats
	digits := map[int]int{}
	total, product := 0, 1
	for x := 0; ; {
		if n, err := fmt.Scan(&x); n == 0 || err != nil {
			break
		}
		if x%2 == 0 {
			even.add(x)
		} else {
			odd.add(x)
		}
		total += x
		if x > 0 && x < 20 {
			product = product * x % 10007
		}
		for y := x; y > 0; y /= 10 {
			digits[y%10]++
		}
	}
	for _, s := range []stats{even, odd} {
		fmt.Printf("%d %.3f %.3f %d %d\n", s.n, s.mean(), s.deviation(), s.smallest, s.greatest)
	}
	fmt.Println(total, product)
	for d := 0; d < 10; d++ {
		if digits[d] != 0 {
			fmt.Print(d, "x", digits[d], " ")
		}
	}
	fmt.Println()
}
