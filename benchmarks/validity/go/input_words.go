package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"sort"
	"strings"
)

type count struct {
	word string
	n    int
}

func read(r io.Reader) (counts map[string]int, lines int, err error) {
	counts = make(map[string]int)
	scanner := bufio.NewScanner(r)
	for scanner.Scan() {
		lines++
		line := strings.ToLower(scanner.Text())
		if strings.HasPrefix(line, "#") {
			continue
		}
		for _, word := range strings.Fields(line) {
			word = strings.Trim(word, ".,!?")
			if word != "" {
				counts[word]++
			}
		}
	}
	return counts, lines, scanner.Err()
}

func main() {
	var r io.Reader = os.Stdin
	extra := strings.NewReader("one two two\n# skipped\nthree three, three!\n")
	r = io.MultiReader(extra, r)
	counts, lines, err := read(r)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	var all []count
	longest := ""
	for word, n := range counts {
		all = append(all, count{word, n})
		if len(word) > len(longest) || len(word) == len(longest) && word < longest {
			longest = word
		}
	}
	sort.Slice(all, func(i, j int) bool {
		if all[i].n != all[j].n {
			return all[i].n > all[j].n
		}
		return all[i].word < all[j].word
	})
	for i, c := range all {
		if i == 5 {
			break
		}
		fmt.Printf("%2d %s\n", c.n, c.word)
	}
	fmt.Println(lines, len(all), longest)
}
