package main

import (
	"bytes"
	"fmt"
	"strconv"
	"unicode/utf8"
)

const hexDigits = "0123456789abcdef"

func encode(data []byte) string {
	var out bytes.Buffer
	for _, b := range data {
		out.WriteByte(hexDigits[b>>4])
		out.WriteByte(hexDigits[b&0x0f])
	}
	return out.String()
}

func decode(text string) ([]byte, error) {
	if len(text)&1 == 1 {
		return nil, strconv.ErrSyntax
	}
	out := make([]byte, 0, len(text)/2)
	for i := 0; i < len(text); i += 2 {
		n, err := strconv.ParseUint(text[i:i+2], 16, 8)
		if err != nil {
			return out, err
		}
		out = append(out, byte(n))
	}
	return out, nil
}

func runLength(s string) (result string) {
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		n := 0
		for i < len(s) {
			if next, _ := utf8.DecodeRuneInString(s[i:]); next != r {
				break
			}
			i += size
			n++
		}
		result += string(r)
		if n > 1 {
			result += strconv.Itoa(n)
		}
	}
	return
}

func palindrome(s string) bool {
	letters := []rune{}
	for _, r := range s {
		if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
		}
		if r < 'a' || r > 'z' {
			continue
		}
		letters = append(letters, r)
	}
	for i, n := 0, len(letters); i < n/2; i++ {
		if letters[i] != letters[n-1-i] {
			return false
		}
	}
	return true
}

func bits(n uint) (count int, text string) {
	for ; n != 0; n >>= 1 {
		if n&1 != 0 {
			count++
			text = "1" + text
		} else {
			text = "0" + text
		}
	}
	return
}

func main() {
	code := encode([]byte("Go\x00ÿ"))
	data, err := decode(code)
	fmt.Println(code, len(data), err, string(data[:2]))
	_, err = decode("0g")
	fmt.Println(err)
	_, err = decode("abc")
	fmt.Println(err, err == strconv.ErrSyntax)
	fmt.Println(runLength("aaabccdddd"), runLength("ééx"), runLength(""))
	fmt.Println(palindrome("A man, a plan, a canal: Panama"), palindrome("abca"))
	fmt.Println(bits(37))
	fmt.Println('\'', "\t|\\|\"", '\x41', '\u00e9', "\u65e5", `\n`)
	fmt.Println(utf8.RuneCountInString("日本"), len("日本"), "日本"[1])
	var crc uint16 = 0xffff
	for _, b := range []byte("123456789") {
		crc ^= uint16(b) << 8
		for i := 0; i < 8; i++ {
			if crc&0x8000 != 0 {
				crc = crc<<1 ^ 0x1021
			} else {
				crc <<= 1
			}
		}
	}
	fmt.Printf("%04x\n", crc)
}
