const memoize = (fn, key = (...args) => args.join()) => {
  const cache = new Map();
  return function memoized(...args) {
    const k = key(...args);
    if (!cache.has(k)) cache.set(k, fn.apply(this, args));
    return cache.get(k);
  };
};
let calls = 0;
const fib = memoize((n) => { calls++; return n < 2 ? BigInt(n) : fib(n - 1) + fib(n - 2); });
console.log(fib(90), calls);
const paths = memoize(function (rows, columns) {
  if (rows === 1 || columns === 1) return 1;
  return paths(rows - 1, columns) + paths(rows, columns - 1);
});
console.log(paths(10, 12));
const curry = (fn, ...held) => (held.length >= fn.length ? fn(...held) : (...more) => curry(fn, ...held, ...more));
const volume = curry((a, b, c) => a * b * c);
console.log(volume(2)(3)(4), volume(2, 3)(4), volume(2)(3, 4));
const compose = (...fns) => (x) => fns.reduceRight((value, fn) => fn(value), x);
console.log(compose((x) => x + 1, (x) => x * 2, Math.abs)(-5));
function once(fn) { let done = false, value; return () => { if (!done) { done = true; value = fn(); } return value; }; }
const counter = once(() => ++calls);
console.log(counter() === counter());
