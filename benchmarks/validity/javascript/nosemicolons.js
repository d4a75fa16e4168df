// Without semicolons: line breaks end statements where they can
let a = 1
let b = 2
const add = (x, y) => x + y
const list = [a, b]
  .map((n) => n * 2)
  .filter(Boolean)

a
++b
console.log(a, b, list.join())

function nothing() {
  return
  1 + 1
}
console.log(nothing())

const sum = list.reduce(
  (total, n) => {
    const next = total + n
    return next
  },
  0
)
console.log(sum)

let i = 0
do i++
while (i < 5)
console.log(i)

;[1, 2].forEach((n) => console.log(n))
;(function () {
  const local = `template`
  console.log(local)
})()

var x = 10, g = 2
var quotient = x
/ g
/ 1
console.log(quotient)

class Box {
  value = 1
  static kind = 'box'
  get
  size() { return this.value }
  *items() {
    yield this.value
    yield
    this.value
  }
}
const box = new Box()
console.log(Box.kind, box.size, [...box.items()].length)
if (a) b = 7
else b = 8
console.log(b)
throw_it: {
  try {
    throw {
      code: 5
    }
  } catch ({ code }) {
    console.log(code)
    break throw_it
  }
}
var t = a
  ? add(a, b)
  : 0
console.log(t) // end
