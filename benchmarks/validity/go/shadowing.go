package main

import "fmt"

var level = "package"

func describe(level string) (result string, err error) {
	result = level
	if level := len(level); level > 3 {
		result, err := fmt.Sprint(level), error(nil)
		if err != nil {
			return "", err
		}
		return result + "!", nil
	} else if result := level * 2; result > 2 {
		return fmt.Sprint(result, level), err
	}
	return
}

func main() {
	fmt.Println(level)
	level, n := "main", 1
	{
		level, m := level+"/inner", n+1
		n := m * 10
		fmt.Println(level, n, m)
		n++
		level = "changed"
	}
	fmt.Println(level, n)
	for level := 0; level < 3; level++ {
		level := level * level
		fmt.Print(level, " ")
	}
	fmt.Println()
	for _, word := range []string{"a", "bc", "long word"} {
		result, err := describe(word)
		fmt.Println(result, err)
	}
	len := func(s string) int { return -1 }
	fmt.Println(len("abc"))
	string := "not a type"
	fmt.Println(string)
	switch n := n + 1; n {
	case 2:
		n := "two"
		fmt.Println(n)
	default:
		fmt.Println("other", n)
	}
	func(n int) {
		n += 5
		fmt.Println(n)
	}(n)
	fmt.Println(n, level)
}
