// Package comment.

/*
Another one, over
several lines.
*/
package main // trailing

import (
	// fmt prints
	"fmt" // really

	/* strings too */
	"strings"
)

// add adds.
//
// It has a comment of two parts.
func add(
	a int, // the first
	b int, /* the second */
) int { // opening
	// inside
	return a + // plus
		b /* end */
} // closing

type record struct {
	name string // the name
	/* the age */ age int

	// nothing else
}

/* before */ func /* between */ empty() /* after */ {
	// only a comment
}

func main() {
	x := 1 /* one */ + 2 // three
	/* start */ y := add(x, /* inner */ 4)
	fmt.Println( // call
		x,
		y, // last
	)
	if x > 2 /* condition */ {
		// nothing
	} else /* otherwise */ {
		fmt.Println("else")
	}
	r := record{
		name: "n", // name
		age:  3,
		// end of fields
	}
	switch r.age { // on age
	// before the first case
	case 3: // three
		// in the case
		fmt.Println("three")
		// behind it
	default: /* none */
	}
	for i := 0; i < 2; i++ { // loop
		/* a */ fmt.Print(i) /* b */
	}
	fmt.Println()
	text := "/* no comment */ // none" + `// raw /* */`
	fmt.Println(strings.Count(text, "/")) // 8
	empty()
	/* multi
	line */fmt.Println(r.name, /* the
	name */)
	return // done
	// unreachable comment
}

// The end.
