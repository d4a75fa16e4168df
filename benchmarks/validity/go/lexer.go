package main

import (
	"fmt"
	"strconv"
	"unicode"
)

type kind int

const (
	number kind = iota
	operator
	open
	closing
	end
)

type token struct {
	kind kind
	text string
}

func lex(text string) (tokens []token) {
	for i := 0; i < len(text); {
		c := rune(text[i])
		switch {
		case unicode.IsSpace(c):
			i++
		case unicode.IsDigit(c):
			start := i
			for i < len(text) && unicode.IsDigit(rune(text[i])) {
				i++
			}
			tokens = append(tokens, token{number, text[start:i]})
		case c == '(', c == ')':
			k := open
			if c == ')' {
				k = closing
			}
			tokens = append(tokens, token{kind: k, text: string(c)})
			i++
		default:
			tokens = append(tokens, token{operator, string(c)})
			i++
		}
	}
	return append(tokens, token{kind: end})
}

type parser struct {
	tokens []token
	at     int
}

func (p *parser) peek() token { return p.tokens[p.at] }
func (p *parser) take() token {
	t := p.tokens[p.at]
	p.at++
	return t
}

func (p *parser) expression() int {
	value := p.term()
	for p.peek().text == "+" || p.peek().text == "-" {
		if p.take().text == "+" {
			value += p.term()
		} else {
			value -= p.term()
		}
	}
	return value
}

func (p *parser) term() int {
	value := p.factor()
	for {
		switch p.peek().text {
		case "*":
			p.take()
			value *= p.factor()
		case "/":
			p.take()
			divisor := p.factor()
			if divisor == 0 {
				panic("division by zero")
			}
			value /= divisor
		default:
			return value
		}
	}
}

func (p *parser) factor() int {
	switch t := p.take(); t.kind {
	case number:
		n, _ := strconv.Atoi(t.text)
		return n
	case open:
		value := p.expression()
		if p.take().kind != closing {
			panic("expected )")
		}
		return value
	case operator:
		if t.text == "-" {
			return -p.factor()
		}
		fallthrough
	default:
		panic("unexpected " + strconv.Quote(t.text))
	}
}

func evaluate(text string) (result string) {
	defer func() {
		if r := recover(); r != nil {
			result = fmt.Sprint("error: ", r)
		}
	}()
	p := parser{tokens: lex(text)}
	return strconv.Itoa(p.expression())
}

func main() {
	for _, text := range []string{"1 + 2 * 3", "(1+2)*3", "10/(5-5)", "-(4 - 6) * 21", "2 * ", "(1", "7 / 2 - 3"} {
		fmt.Println(text, "=", evaluate(text))
	}
}
