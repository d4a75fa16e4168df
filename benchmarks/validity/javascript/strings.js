const text = "The quick brown fox, jumps over the lazy dog";
const words = text.toLowerCase().match(/[a-z]+/g);
const counts = new Map();
for (const letter of words.join("")) counts.set(letter, (counts.get(letter) || 0) + 1);
console.log([...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).slice(0, 5).join(";"));

function caesar(message, shift) {
  return message.replace(/[a-z]/gi, (ch) => {
    const base = ch <= "Z" ? 65 : 97;
    return String.fromCharCode(((ch.charCodeAt(0) - base + shift + 26) % 26) + base);
  });
}
const secret = caesar(text, 3);
console.log(secret, caesar(secret, -3) === text);

const isPalindrome = (s) => { const t = s.replace(/\W/g, "").toLowerCase(); return t === [...t].reverse().join(""); };
console.log(isPalindrome("A man, a plan, a canal: Panama"), isPalindrome("no"));
console.log("abc".padStart(5, "*"), "abc".at(-1), "a-b-c".split("-"), "abc".codePointAt(1), "😀".length, [..."😀é"].length);
console.log("x".repeat(3), "abcabc".replaceAll("b", "$&$&"), "a\tb\\n\x41\u0042\u{43}", 'it\'s "quoted"', `multi
line ${`nested ${1 + 1}`} \${escaped}`);
const wrap = (s, width) => {
  let line = ""; const lines = [];
  for (const word of s.split(" ")) {
    if ((line + word).length > width) { lines.push(line.trim()); line = ""; }
    line += word + " ";
  }
  return [...lines, line.trim()];
};
console.log(wrap(text, 16).join("|"));
console.log("%s is %d years and %i, %j %o %%", "Bob", 42, 4.9, 1, 2);
