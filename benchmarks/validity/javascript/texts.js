// Statistics of a text that is read from standard input.
const fs = require("fs");
const input = fs.readFileSync(0, "utf8") || "one two three\ntwo three\nthree\n";
const lines = input.split(/\r?\n/).filter((line) => line.length > 0);
const frequency = Object.create(null);
let longest = "", letters = 0;
lines.forEach(function (line, number) {
  var words = line.split(" ");
  for (var i = 0, n = words.length; i < n; ++i) {
    var word = words[i].toLowerCase();
    if (word in frequency) frequency[word].push(number);
    else frequency[word] = [number];
    if (word.length > longest.length) longest = word;
    letters += word.length;
  }
});
for (const word of Object.keys(frequency).sort()) {
  const found = frequency[word];
  process.stdout.write(word + ": " + found.length + " [" + found + "]\n");
}
console.log("longest %s, %d letters, %d lines", longest, letters, lines.length);
function roman(n) {
  const table = { M: 1000, CM: 900, D: 500, CD: 400, C: 100, XC: 90, L: 50, XL: 40, X: 10, IX: 9, V: 5, IV: 4, I: 1 };
  let out = "";
  for (const symbol in table) while (n >= table[symbol]) { out += symbol; n -= table[symbol]; }
  return out;
}
console.log([1, 4, 9, 14, 40, 90, 400, 1994, 2024].map(roman).join(" "));
const encode = (s) => s.replace(/(.)\1*/g, (run, ch) => (run.length > 1 ? run.length : "") + ch);
const decode = (s) => s.replace(/(\d+)(\D)/g, (_, count, ch) => ch.repeat(count));
console.log(encode("aaabccd"), decode(encode("aaabccd")));
process.exitCode = lines.length > 5 ? 3 : 0;
