const date = /(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)/u;
const { year, month, day } = "on 2024-02-29.".match(date).groups;
console.log(day, month, year, "2024-02-29".replace(date, "$<day>/$<month>/$<year>"));
const sticky = /a/y; sticky.lastIndex = 1;
console.log(sticky.test("ba"), sticky.lastIndex, sticky.test("ba"), sticky.lastIndex);
const total = 10, g = 2, i = 5;
console.log(total / g / i, total /g/ i, /=\/[/\]]+/.test("=/]"), [/a/, /b/].some((r) => r.test("b")));
function tokenize(source) {
  const pattern = /\s*(?:(\d+(?:\.\d+)?)|([-+*\/()^]))/y, tokens = [];
  while (pattern.lastIndex < source.length) {
    const at = pattern.lastIndex, found = pattern.exec(source);
    if (!found) throw new SyntaxError(`bad input at ${at}`);
    const [, number, operator] = found;
    tokens.push(number === undefined ? operator : Number(number));
  }
  return tokens;
}
function evaluate(tokens) {
  let position = 0;
  const peek = () => tokens[position], next = () => tokens[position++];
  function atom() {
    const token = next();
    if (token === "(") { const value = sum(); next(); return value; }
    if (token === "-") return -atom();
    return token;
  }
  function power() { const base = atom(); return peek() === "^" ? (next(), base ** power()) : base; }
  function product() {
    let value = power();
    while (peek() === "*" || peek() === "/") value = next() === "*" ? value * power() : value / power();
    return value;
  }
  function sum() {
    let value = product();
    while (peek() === "+" || peek() === "-") value = next() === "+" ? value + product() : value - product();
    return value;
  }
  return sum();
}
for (const source of ["1 + 2 * 3", "(1+2)*3", "2^3^2/ 4", "-(4 - 6) * 2.5"]) console.log(source, "=", evaluate(tokenize(source)));
try { tokenize("1 ? 2"); } catch (e) { console.log(e.message); }
for (const [whole, k, v] of "a=1; b=22".matchAll(/(\w)=(\d+)/g)) console.log(whole, k, v);
