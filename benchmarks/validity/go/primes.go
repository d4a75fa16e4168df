package main

import "fmt"

func sieve(limit int) []int {
	composite := make([]bool, limit+1)
	var primes []int
	for n := 2; n <= limit; n++ {
		if composite[n] {
			continue
		}
		primes = append(primes, n)
		for m := n * n; m <= limit; m += n {
			composite[m] = true
		}
	}
	return primes
}

func isPrime(n int) bool {
	if n < 2 {
		return false
	}
	for d := 2; d*d <= n; d++ {
		if n%d == 0 {
			return false
		}
	}
	return true
}

func factors(n int) (result []int) {
	for d := 2; n > 1; {
		if n%d != 0 {
			d++
			continue
		}
		result = append(result, d)
		n /= d
	}
	return
}

func gcd(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

func power(base, exponent, modulus int) int {
	result := 1
	base %= modulus
	for exponent > 0 {
		if exponent&1 == 1 {
			result = result * base % modulus
		}
		exponent >>= 1
		base = base * base % modulus
	}
	return result
}

func main() {
	primes := sieve(60)
	fmt.Println(primes, len(primes))
	count := 0
	for n := -3; n < 100; n++ {
		if isPrime(n) {
			count++
		}
	}
	fmt.Println(count, factors(360), factors(97), factors(1))
	fmt.Println(gcd(84, 36), gcd(17, 5), gcd(0, 9), power(7, 222, 1000007))
	perfect := []int{}
	for n := 2; n < 500; n++ {
		sum := 1
		for d := 2; d < n; d++ {
			if n%d == 0 {
				sum += d
			}
		}
		if sum == n {
			perfect = append(perfect, n)
		}
	}
	fmt.Println(perfect)
}
