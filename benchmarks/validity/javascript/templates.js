function tag(strings, ...values) {
  return strings.raw.map((part, i) => part + (i < values.length ? `<${values[i]}>` : "")).join("");
}
const a = 1, b = { c: [2, 3] };
console.log(tag`x${a}y${b.c[1]}\n${`in ${a + 1}`}`);
console.log(`sum: ${a + b.c.reduce((x, y) => x + y, 0)}; cond: ${a > 0 ? `pos ${a}` : "neg"}`);
const html = (parts, ...args) => parts.reduce((all, part, i) => all + String(args[i - 1]).replace(/</g, "&lt;") + part);
const name = "<b>";
console.log(html`<p>${name}</p>`);
const table = (rows) => `
  <table>
    ${rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join("")}</tr>`).join("\n    ")}
  </table>`;
console.log(table([[1, 2], [3, 4]]));
const lines = `first
  second // no comment
  third /* nor this */ ${a /* but this */ + 1}`;
console.log(lines.split("\n").map((line) => line.length).join());
console.log(((strings) => strings[0] === undefined)`\unicode and ${a}`);
