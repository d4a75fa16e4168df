package main

import (
	"fmt"
	"strings"
)

const width, height = 8, 6

type world [height][width]bool

func parse(text string) (w world) {
	for y, line := range strings.Split(text, "\n") {
		for x, c := range line {
			w[y][x] = c == '#'
		}
	}
	return w
}

func (w *world) neighbours(x, y int) (n int) {
	for dy := -1; dy <= 1; dy++ {
		for dx := -1; dx <= 1; dx++ {
			if dx == 0 && dy == 0 {
				continue
			}
			if w[(y+dy+height)%height][(x+dx+width)%width] {
				n++
			}
		}
	}
	return
}

func (w world) step() world {
	var next world
	for y := range w {
		for x := range w[y] {
			switch n := w.neighbours(x, y); {
			case n == 3:
				next[y][x] = true
			case n == 2:
				next[y][x] = w[y][x]
			}
		}
	}
	return next
}

func (w world) String() string {
	var b strings.Builder
	for _, row := range w {
		for _, alive := range row {
			if alive {
				b.WriteRune('#')
			} else {
				b.WriteRune('.')
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func main() {
	w := parse(".#......\n..#.....\n###.....\n........\n........\n.....###")
	for generation := 0; generation < 4; generation++ {
		fmt.Println(generation)
		fmt.Print(w)
		w = w.step()
	}
}
