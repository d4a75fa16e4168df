// Conditions of every form, with sides that have effects.
var log = [];
function yes(x) { log.push(x); return true; }
function no(x) { log.push(x); return false; }
if (!(yes(1) && no(2)) || yes(3)) log.push("in");
if (!(no(4) || !yes(5))) log.push("de morgan");
var a = null, b = 0, c = "", d = [], e = NaN;
console.log(a && a.x, b || "zero", c && 1, d && d.length, !e, !!d, !a === true, !(b > 1) == 1);
console.log(a == null ? "nothing" : a, b === 0 ? "zero" : b ? "one" : "many", e !== e, !(e < 1), e >= 1, !(e >= 1));
while (!(log.length >= 10 || no("w"))) { if (log.length > 9) break; }
console.log(log.join(" "));
function check(n) {
  if (n < 0) return "negative";
  else if (n === 0) { return "zero"; }
  else if (!(n % 2)) return n > 10 ? "big even" : "even";
  if (n > 10 && n < 20 || n === 99) { return "special"; } else { return "odd"; }
}
for (const n of [-1, 0, 4, 12, 15, 7, 99]) console.log(n, check(n));
let flags = 0b1010;
for (let bit = 0; bit < 4; bit++) { if (flags & (1 << bit)) { flags ^= 1 << bit; } else flags |= 1 << bit; }
console.log(flags.toString(2), (flags & 1) === 1 ? "odd" : "even", ~~(7 / 2), 5 > 3 > 1, 1 < 2 < 3);
const between = (low, n, high) => low <= n && n <= high;
console.log([1, 5, 10].map((n) => between(2, n, 9)).join(), undefined === void 0, !("x" in {}), !(d instanceof Object));
let i = 0, j = 0;
do { if (i % 3 === 0) continue; j += i; } while (++i < 10);
console.log(i, j, (i++, j--, i + j));
