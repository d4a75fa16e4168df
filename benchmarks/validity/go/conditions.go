package main

import "fmt"

func grade(score int) string {
	if score >= 90 {
		return "A"
	} else if score >= 75 {
		return "B"
	} else if score >= 50 {
		return "C"
	} else {
		return "F"
	}
}

func leap(year int) bool {
	if year%400 == 0 {
		return true
	}
	return year%4 == 0 && year%100 != 0
}

func triangle(a, b, c int) (kind string) {
	if !(a+b > c && a+c > b && b+c > a) {
		kind = "none"
	} else if a == b && b == c {
		kind = "equilateral"
	} else if a == b || b == c || a == c {
		kind = "isosceles"
	} else {
		kind = "scalene"
	}
	return
}

func days(month, year int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if leap(year) {
			return 29
		}
		return 28
	}
	return 31
}

func fizz(n int) string {
	text := ""
	if n%3 == 0 {
		text += "fizz"
	}
	if n%5 == 0 {
		text += "buzz"
	}
	if text == "" {
		text = fmt.Sprint(n)
	}
	return text
}

func sign(x float64) int {
	switch {
	case x < 0:
		return -1
	case x > 0:
		return 1
	}
	return 0
}

func main() {
	for score := 40; score <= 100; score += 12 {
		fmt.Print(score, grade(score), " ")
	}
	fmt.Println()
	for _, year := range []int{1900, 2000, 2023, 2024} {
		fmt.Print(year, leap(year), days(2, year), " ")
	}
	fmt.Println(days(4, 1), days(12, 1))
	fmt.Println(triangle(1, 2, 3), triangle(2, 2, 2), triangle(2, 3, 2), triangle(3, 4, 5))
	for n := 1; n <= 15; n++ {
		fmt.Print(fizz(n), " ")
	}
	fmt.Println(sign(-0.5), sign(0), sign(7))
	a, b, c := true, false, 3 > 2
	fmt.Println(a && b || c, a && (b || c), !a || !b, !(a && b), a != b, !b == c)
	if a == true && b != true {
		fmt.Println("explicit")
	}
	if x, y := 3, 4; x*x+y*y == 25 {
		fmt.Println("right", x < y)
	} else {
		fmt.Println("wrong", x, y)
	}
	if a {
	} else {
		fmt.Println("never")
	}
	var done bool
	for count := 0; !done; count++ {
		if done = count*count > 30; done {
			fmt.Println(count)
		}
	}
}
