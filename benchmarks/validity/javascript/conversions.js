function toBase(n, base) {
  if (n === 0) return "0";
  var digits = "0123456789abcdef", out = "", negative = n < 0;
  if (negative) n = -n;
  while (n > 0) {
    out = digits[n % base] + out;
    n = Math.floor(n / base);
  }
  return negative ? "-" + out : out;
}
console.log(toBase(255, 16), toBase(-10, 2), toBase(0, 8), toBase(64, 8));

function toWords(n) {
  const ones = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"];
  const tens = [, , "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
  if (n < 20) return ones[n];
  if (n < 100) return tens[Math.floor(n / 10)] + (n % 10 ? "-" + ones[n % 10] : "");
  if (n < 1000) return ones[Math.floor(n / 100)] + " hundred" + (n % 100 ? " and " + toWords(n % 100) : "");
  return toWords(Math.floor(n / 1000)) + " thousand" + (n % 1000 ? " " + toWords(n % 1000) : "");
}
for (const n of [7, 13, 42, 100, 345, 2024]) console.log(toWords(n));

const duration = (seconds) => {
  const parts = [];
  let rest = seconds;
  for (const [unit, size] of [["h", 3600], ["m", 60], ["s", 1]]) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count || (unit === "s" && !parts.length)) parts.push(`${count}${unit}`);
  }
  return parts.join(" ");
};
console.log(duration(0), duration(59), duration(3661), duration(7200));
const isLeap = (year) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
console.log([1900, 2000, 2023, 2024].filter(isLeap).join());
const day = new Date(Date.UTC(2024, 1, 28));
day.setUTCDate(day.getUTCDate() + 2);
console.log(day.toISOString().slice(0, 10), day.getUTCDay(), new Date(NaN).getTime());
const luhn = (digits) => [...digits].reverse().map(Number).reduce((sum, d, i) => sum + (i % 2 ? (d * 2 > 9 ? d * 2 - 9 : d * 2) : d), 0) % 10 === 0;
console.log(luhn("4539578763621486"), luhn("1234567812345678"));
const rgb = (hex) => { const n = parseInt(hex.slice(1), 16); return [n >> 16, (n >> 8) & 0xff, n & 0xff]; };
console.log(rgb("#1a2b3c").join(), "#" + [26, 43, 60].map((c) => c.toString(16).padStart(2, "0")).join(""));
