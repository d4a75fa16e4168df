function statistics(numbers) {
  let sum = 0, product = 1, count = 0, text = "";
  let i;
  for (i = 0; i < numbers.length; i += 1) {
    const n = numbers[i];
    sum = sum + n;
    product *= n;
    count++;
    text += n + ";";
  }
  const mean = sum / count;
  let variance = 0;
  numbers.forEach((n) => { variance = variance + (n - mean) ** 2; });
  variance /= count;
  return { sum, product, count, text, mean, variance, i };
}
console.log(JSON.stringify(statistics([2, 4, 4, 4, 5, 5, 7, 9])));
const holder = { value: 1, list: [1, 2, 3], nested: { n: 0 } };
let index = 0;
holder.list[index++] += 10;
holder.list[index] = holder.list[index] * holder.list[index++ + 1];
holder.nested.n -= -holder.value--;
console.log(JSON.stringify(holder), index);
let x = 1;
x += x++ + ++x;
x = x + (x = 3) * x;
let y = (x = 5, x * 2);
x <<= 2; x |= 1; x %= 6; y **= 2; y >>>= 1; y ^= 3;
console.log(x, y);
let s = "a"; s += 1 + 2; s = 1 + 2 + s; s += s;
console.log(s, s.length);
var z = w = 3; console.log(z, w);
let maybe = null; maybe ??= "set"; maybe ||= "not"; maybe &&= maybe + "!";
console.log(maybe);
let big = 10n; big += 5n; big **= 2n; big++; console.log(big);
let u; u++; console.log(u, -"3", +true, - -2, + +"4", 1 - -1, 1+ +1, typeof -u);
