package main

import (
	"fmt"
	"sort"
	"sync"
)

func generate(limit int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for i := 0; i < limit; i++ {
			out <- i
		}
	}()
	return out
}

func square(in <-chan int, out chan<- int, group *sync.WaitGroup) {
	defer group.Done()
	for value := range in {
		out <- value * value
	}
}

func main() {
	in, out := generate(10), make(chan int, 3)
	var group sync.WaitGroup
	for worker := 0; worker < 3; worker++ {
		group.Add(1)
		go square(in, out, &group)
	}
	go func() {
		group.Wait()
		close(out)
	}()
	var results []int
	for value := range out {
		results = append(results, value)
	}
	sort.Ints(results)
	fmt.Println(results)

	done, ticks := make(chan struct{}), make(chan int)
	go func() {
		for i := 3; i > 0; i-- {
			ticks <- i
		}
		close(done)
	}()
	total := 0
loop:
	for {
		select {
		case tick := <-ticks:
			total += tick
		case _, ok := <-done:
			fmt.Println("done", ok)
			break loop
		}
	}
	fmt.Println(total)
	buffered := make(chan string, 2)
	for _, word := range []string{"a", "b", "c"} {
		select {
		case buffered <- word:
		default:
			fmt.Println("full at", word)
		}
	}
	fmt.Println(len(buffered), cap(buffered), <-buffered+<-buffered)
	var mutex sync.Mutex
	counts := map[int]int{}
	for i := 0; i < 20; i++ {
		group.Add(1)
		go func(i int) {
			defer group.Done()
			mutex.Lock()
			defer mutex.Unlock()
			counts[i%4]++
		}(i)
	}
	group.Wait()
	fmt.Println(counts)
}
