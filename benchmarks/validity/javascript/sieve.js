function primes(limit) {
  var sieve = new Array(limit + 1).fill(true);
  sieve[0] = sieve[1] = false;
  for (var p = 2; p * p <= limit; p++) {
    if (!sieve[p]) continue;
    for (var multiple = p * p; multiple <= limit; multiple += p) {
      sieve[multiple] = false;
    }
  }
  var result = [];
  for (var n = 0; n <= limit; n++) if (sieve[n]) result.push(n);
  return result;
}
function factor(n) {
  const factors = [];
  let divisor = 2;
  while (n > 1) {
    if (n % divisor === 0) {
      n /= divisor;
      factors.push(divisor);
    } else if (divisor * divisor > n) {
      divisor = n;
    } else {
      divisor += divisor === 2 ? 1 : 2;
    }
  }
  return factors;
}
function totient(n) {
  let result = n;
  for (const p of new Set(factor(n))) result -= result / p;
  return result;
}
console.log(primes(50).join(" "));
console.log(factor(360).join("*"), factor(97).join("*"), factor(1).length, totient(36));
var perfect = [];
for (var candidate = 2; candidate < 500; ++candidate) {
  var sum = 1;
  for (var d = 2; d * d <= candidate; d++) {
    if (candidate % d) continue;
    sum += d;
    if (d !== candidate / d) sum += candidate / d;
  }
  if (sum === candidate) perfect.push(candidate);
}
console.log(perfect);
