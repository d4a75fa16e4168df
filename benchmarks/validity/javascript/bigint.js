function modPow(base, exponent, modulus) {
  let result = 1n;
  base %= modulus;
  while (exponent > 0n) {
    if (exponent & 1n) result = result * base % modulus;
    base = base * base % modulus;
    exponent >>= 1n;
  }
  return result;
}
function isPrime(n, witnesses = [2n, 3n, 5n, 7n, 11n, 13n]) {
  if (n < 2n) return false;
  for (const p of witnesses) if (n % p === 0n) return n === p;
  let d = n - 1n, r = 0;
  while (!(d & 1n)) { d /= 2n; r++; }
  search: for (const a of witnesses) {
    let x = modPow(a, d, n);
    if (x === 1n || x === n - 1n) continue;
    for (let i = 1; i < r; i++) {
      x = x * x % n;
      if (x === n - 1n) continue search;
    }
    return false;
  }
  return true;
}
console.log(modPow(3n, 200n, 1000007n), isPrime(2n ** 61n - 1n), isPrime(561n), isPrime(97n));
const factorial = (n) => (n < 2n ? 1n : n * factorial(n - 1n));
console.log(factorial(25n), String(factorial(50n)).length, factorial(20n) / factorial(18n));
const toFraction = (x, limit) => {
  let [h, k, lastH, lastK] = [1n, 0n, 0n, 1n], rest = x;
  for (let i = 0; i < 20; i++) {
    const whole = BigInt(Math.floor(rest));
    [h, k, lastH, lastK] = [whole * h + lastH, whole * k + lastK, h, k];
    if (k > limit) return `${lastH}/${lastK}`;
    if (rest === Math.floor(rest)) break;
    rest = 1 / (rest - Math.floor(rest));
  }
  return `${h}/${k}`;
};
console.log(toFraction(Math.PI, 1000n), toFraction(0.75, 100n));
console.log(1n < 2, 2n == 2, 2n === 2, typeof (1n + 2n), [3n, 1, 2n, 10].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)).join(), -(-3n), 5n ** 0n);
try { console.log(1n + 1); } catch (e) { console.log(e instanceof TypeError); }
