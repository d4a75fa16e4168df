package main

import (
	"fmt"
	"strings"
)

type shape interface {
	area() float64
}
type square struct{ side float64 }
type circle struct{ radius float64 }
type named struct {
	shape
	name string
}

func (s square) area() float64  { return s.side * s.side }
func (c *circle) area() float64 { return 3 * c.radius * c.radius }
func (n named) String() string  { return strings.ToUpper(n.name) }

func show(value interface{}) string {
	switch v := value.(type) {
	case nil:
		return "nothing"
	case int, int64:
		return fmt.Sprintf("integer %v", v)
	case string:
		v = strings.Repeat(v, 2)
		return v
	case []int:
		sum := 0
		for _, v := range v {
			sum += v
		}
		return fmt.Sprint("slice of sum ", sum)
	case fmt.Stringer:
		return "stringer " + v.String()
	case shape:
		return fmt.Sprintf("area %.1f", v.area())
	case func(int) int:
		return fmt.Sprint("function ", v(3))
	case error:
		return "error " + v.Error()
	default:
		return fmt.Sprintf("other %T", v)
	}
}

func main() {
	values := []interface{}{
		nil, 1, int64(2), "ab", []int{1, 2}, square{2}, &circle{1},
		named{square{3}, "box"}, func(x int) int { return x + 1 },
		fmt.Errorf("wrapped: %w", fmt.Errorf("inner")), 2.5, map[string]int{},
	}
	for _, value := range values {
		fmt.Println(show(value))
	}
	var s shape = named{&circle{2}, "disc"}
	if n, ok := s.(named); ok {
		fmt.Println(n.name, n.area())
	}
	_, ok := s.(*circle)
	fmt.Println(ok)
	switch s.(type) {
	case square:
		fmt.Println("square")
	case named:
		fmt.Println("named")
	}
}
