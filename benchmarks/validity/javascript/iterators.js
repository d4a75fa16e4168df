class Range {
  constructor(low, high) { this.low = low; this.high = high; }
  [Symbol.iterator]() {
    let current = this.low;
    const { high } = this;
    return {
      next: () => (current <= high ? { value: current++, done: false } : { value: undefined, done: true }),
      return() { console.log("closed"); return {}; },
    };
  }
}
for (const n of new Range(1, 5)) {
  if (n === 3) break;
  console.log(n);
}
const [first, second] = new Range(7, 9);
console.log(first, second, Math.max(...new Range(1, 4)));

const lazy = {
  from(iterable) {
    return {
      *map(fn) { for (const item of iterable) yield fn(item); },
      *filter(fn) { for (const item of iterable) if (fn(item)) yield item; },
      *take(n) { if (n <= 0) return; for (const item of iterable) { yield item; if (--n === 0) return; } },
    };
  },
};
const evens = lazy.from(new Range(1, 100)).filter((n) => n % 2 === 0);
const squares = lazy.from(evens).map((n) => n * n);
console.log([...lazy.from(squares).take(4)].join(","));
console.log(Array.from({ length: 4 }, (_, i) => i * i).join(";"));
console.log(Object.entries({ a: 1, b: 2 }).map(([k, v]) => k + v).join("|"));
