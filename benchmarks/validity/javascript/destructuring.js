const people = [
  { first: "Ada", last: "Lovelace", born: { year: 1815, place: "London" }, tags: ["maths", "poetry"] },
  { first: "Alan", last: "Turing", born: { year: 1912 }, tags: [] },
  { first: "Grace", last: "Hopper", tags: ["navy", "cobol", "bugs"] },
];

function describe({ first, last, born: { year = "?", place = "somewhere" } = {}, tags: [head = "none", ...rest] }) {
  return `${first} ${last} (${year}, ${place}): ${head} +${rest.length}`;
}
for (const person of people) console.log(describe(person));

let a = 1, b = 2, c = 3;
[a, b] = [b, a];
({ a, x: { y: c = a + b } = {} } = { a: a * 10 });
console.log(a, b, c);

const key = "dyn" + "amic";
const { [key]: picked, ...others } = { dynamic: 7, other: 8, "third-one": 9 };
console.log(picked, JSON.stringify(others));

function swap([p, q], { p: r = p, q: s = q } = {}) { return { p: q, q: p, r, s }; }
console.log(JSON.stringify(swap([1, 2])), JSON.stringify(swap([1, 2], { q: 5 })));

const matrix = [[1, 2], [3, 4]];
for (const [i, [x, y]] of matrix.entries()) console.log(i, x, y);
const [, second, , fourth = "none"] = "abc";
console.log(second, fourth);
