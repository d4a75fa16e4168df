package main

import "fmt"

type state func(*machine) state

type machine struct {
	input  string
	pos    int
	output []string
	word   string
}

func start(m *machine) state {
	if m.pos >= len(m.input) {
		return nil
	}
	switch c := m.input[m.pos]; {
	case c == ' ':
		m.pos++
		return start
	case c == '"':
		m.pos++
		return quoted
	default:
		return word
	}
}

func word(m *machine) state {
	for ; m.pos < len(m.input); m.pos++ {
		if c := m.input[m.pos]; c == ' ' || c == '"' {
			break
		} else {
			m.word += string(c)
		}
	}
	return emit
}

func quoted(m *machine) state {
	for m.pos < len(m.input) && m.input[m.pos] != '"' {
		m.word += string(m.input[m.pos])
		m.pos++
	}
	if m.pos == len(m.input) {
		return failed
	}
	m.pos++
	return emit
}

func emit(m *machine) state {
	m.output = append(m.output, m.word)
	m.word = ""
	return start
}

func failed(m *machine) state {
	m.output = append(m.output, "<unterminated "+m.word+">")
	return nil
}

func run(input string) (output []string, steps int) {
	m := &machine{input: input}
	for s := state(start); s != nil; s = s(m) {
		steps++
	}
	return m.output, steps
}

func main() {
	for _, input := range []string{`a bc "d e" f`, `"open`, ``, `x"y"z`} {
		output, steps := run(input)
		fmt.Printf("%q %d\n", output, steps)
	}
}
