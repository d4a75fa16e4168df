package main

import (
	"fmt"
	"strings"
	"unicode"
)

const raw = `line one	tab
  // not a comment
"quoted" \n stays
`

func reverse(s string) string {
	runes := []rune(s)
	for i, j := 0, len(runes)-1; i < j; i, j = i+1, j-1 {
		runes[i], runes[j] = runes[j], runes[i]
	}
	return string(runes)
}

func caesar(s string, shift int) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z':
			return 'a' + (r-'a'+rune(shift)+26)%26
		case unicode.IsUpper(r):
			return 'A' + (r-'A'+rune(shift)+26)%26
		}
		return r
	}, s)
}

func main() {
	text := "Größe: 日本 go"
	fmt.Println(len(text), len([]rune(text)), reverse(text))
	for i, r := range "añb" {
		fmt.Print(i, ":", string(r), " ")
	}
	fmt.Println()
	bytes := []byte("hello")
	bytes[0] -= 'a' - 'A'
	fmt.Println(string(bytes), bytes)
	fmt.Println(caesar("Hello, World", 3), caesar(caesar("Go!", 5), -5))
	var builder strings.Builder
	for i := 3; i > 0; i-- {
		fmt.Fprintf(&builder, "%d...", i)
	}
	builder.WriteByte('!')
	fmt.Println(builder.String(), strings.Count(raw, "\n"))
	fmt.Print(raw)
	counts := map[rune]int{}
	for _, r := range "mississippi" {
		counts[r]++
	}
	for _, r := range "mips" {
		fmt.Printf("%c=%d ", r, counts[r])
	}
	fmt.Println()
	fields := strings.FieldsFunc("a1b22c", unicode.IsDigit)
	fmt.Printf("%q %v %s\n", fields, strings.Split("x,y", ","), text[0:2])
	fmt.Println("a"+"b" < "b" /* compared */, "a" == `a`)
}
