// Where == and ===, + and - part.
const values = [0, -0, NaN, "", "0", "1", null, undefined, true, false, [], [0], {}, 1n];
const rows = [];
for (const left of values) {
  let row = "";
  for (const right of values) {
    row += left == right ? (left === right ? "=" : "~") : ".";
  }
  rows.push(row);
}
console.log(rows.join("\n"));

const noisy = (name, result) => ({
  valueOf() { console.log("valueOf " + name); return result; },
  toString() { console.log("toString " + name); return "s" + name; },
});
const a = noisy("a", 3), b = noisy("b", 4);
console.log(a < b, a + b, a * b, `${a}`, [a] + "", a > b);
console.log(1 / -0, Object.is(-0, 0), [NaN].includes(NaN), [NaN].indexOf(NaN));
console.log("5" + 3, "5" - 3, +"12px", parseInt("12px"), +[], +{}, 1 + +"1", "b" + "a" + +"a" + "a");
console.log(null >= 0, null > 0, undefined == 0, "10" < "9", 10 < 9, "b" > "a");
console.log([] + [], [] == "", !![] , null ?? "n", 0 || "o", 0 ?? "p", "" && "q");
console.log(typeof null, typeof undefined, typeof NaN, typeof 1n, typeof Symbol(), typeof (() => 1));
let x = 5; const y = x++ + ++x; console.log(x, y, x-- - --x);
