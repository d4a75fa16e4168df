package main

import (
	"errors"
	"fmt"
	"os"
	"strconv"
)

type parseError struct {
	position int
	reason   string
}

func (e *parseError) Error() string { return fmt.Sprintf("%d: %s", e.position, e.reason) }

var errEmpty = errors.New("empty")

func parse(text string) (value int, err error) {
	if text == "" {
		return 0, errEmpty
	}
	for i, c := range text {
		if c < '0' || c > '9' {
			return value, &parseError{position: i, reason: "not a digit: " + string(c)}
		}
		value = value*10 + int(c-'0')
	}
	return
}

func sumAll(texts ...string) (int, error) {
	total := 0
	for _, text := range texts {
		value, err := parse(text)
		if err != nil {
			return total, fmt.Errorf("sum of %d texts: %w", len(texts), err)
		}
		total += value
	}
	return total, nil
}

func main() {
	inputs := [][]string{{"1", "22"}, {"5", "x"}, {"7", ""}, {}, {"12a4"}}
	failures := 0
	for _, input := range inputs {
		total, err := sumAll(input...)
		var parsing *parseError
		if errors.As(err, &parsing) {
			fmt.Println("parse error at", parsing.position, "-", err)
			failures++
		} else if errors.Is(err, errEmpty) {
			fmt.Println("empty after", total)
			failures++
		} else {
			fmt.Println(total)
		}
	}
	if n, err := strconv.Atoi("12x"); err != nil {
		fmt.Println(n, err)
	}
	var err error
	var typed *parseError
	fmt.Println(err == nil, typed == nil)
	err = typed
	fmt.Println(err == nil)
	if failures > 2 {
		os.Exit(3)
	}
}
