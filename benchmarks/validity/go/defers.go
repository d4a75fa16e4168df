package main

import (
	"errors"
	"fmt"
)

var errSmall = errors.New("too small")

func deferred() (result int) {
	for i := 0; i < 3; i++ {
		defer fmt.Println("deferred", i)
	}
	defer func() { result *= 2 }()
	result = 20
	return result + 1
}

func guarded(n int) (value int, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("recovered: %v", r)
		}
	}()
	values := []int{1, 2, 3}
	value = values[n]
	if value < 2 {
		return value, errSmall
	}
	return 100 / (value - 2), nil
}

type closer struct{ name string }

func (c closer) Close() { fmt.Println("close", c.name) }

func nested() {
	a := closer{"a"}
	defer a.Close()
	a.name = "changed"
	b := &closer{name: "b"}
	defer func() { b.Close() }()
	b.name = "changed"
}

func main() {
	fmt.Println(deferred())
	for n := 0; n < 5; n++ {
		value, err := guarded(n)
		switch {
		case errors.Is(err, errSmall):
			fmt.Println("small", value)
		case err != nil:
			fmt.Println("error", err)
		default:
			fmt.Println(value)
		}
	}
	nested()
	func() {
		defer func() {
			fmt.Println("again", recover())
		}()
		defer func() {
			defer func() { fmt.Println("inner", recover()) }()
			panic("second")
		}()
		panic("first")
	}()
}
