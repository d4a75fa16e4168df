class LruCache {
  #limit; #entries = new Map();
  constructor(limit) { this.#limit = limit; }
  get(key) {
    if (!this.#entries.has(key)) return undefined;
    const value = this.#entries.get(key);
    this.#entries.delete(key);
    this.#entries.set(key, value);
    return value;
  }
  set(key, value) {
    this.#entries.delete(key);
    this.#entries.set(key, value);
    if (this.#entries.size > this.#limit) {
      const [oldest] = this.#entries.keys();
      this.#entries.delete(oldest);
    }
    return this;
  }
  *[Symbol.iterator]() { yield* this.#entries; }
}
const cache = new LruCache(2).set("a", 1).set("b", 2);
cache.get("a");
cache.set("c", 3);
console.log([...cache].map(([key, value]) => key + value).join(), cache.get("b"));

const union = (...sets) => new Set(sets.flatMap((set) => [...set]));
const intersect = (one, other) => new Set([...one].filter((item) => other.has(item)));
const odd = new Set([1, 3, 5]), small = new Set([1, 2, 3]);
console.log([...union(odd, small)].join(), [...intersect(odd, small)].join());
const groups = {};
for (const word of "apple avocado banana blueberry cherry".split(" ")) (groups[word[0]] ??= []).push(word);
console.log(JSON.stringify(groups));
const hidden = new WeakMap(), key = {};
hidden.set(key, "secret");
console.log(hidden.get(key), hidden.has({}));
const nested = [1, [2, [3, [4]]]];
console.log(nested.flat(Infinity).join(), Object.fromEntries(new Map([["x", 1], ["y", 2]])).y);
const sparse = [, 1, , 2];
console.log(sparse.length, 0 in sparse, sparse.map((n) => n * 2).length, sparse.indexOf(undefined), [...sparse].indexOf(undefined));
const list = [5, 1, 4];
list[7] = 2; list.length = 6;
console.log(list.findLast((n) => n), list.reduce((a, b) => a + b), list.copyWithin(0, 1).join("|"));
