const inventory = {
  items: [{ id: 1, price: 9.5, qty: 3 }, { id: 2, price: 20, qty: 0 }, { id: 3, price: 1.25, qty: 100 }],
  find(wanted) { return this.items.find(({ id }) => id === wanted); },
  get total() { return this.items.reduce((sum, { price, qty }) => sum + price * qty, 0); },
  "quoted-key": true, 42: "number", [`computed${1 + 1}`]: "yes",
  async later() { return this.total; },
  *ids() { for (const { id } of this.items) yield id; },
};
console.log(inventory.total, inventory.find(3).qty, inventory.find(9)?.qty, [...inventory.ids()].join());
console.log(inventory["quoted-key"], inventory[42], inventory.computed2, Object.keys(inventory).length);
inventory.later().then((total) => console.log("later", total));
const clone = structuredClone({ a: [1, { b: 2 }], d: new Date(0) });
clone.a[1].b = 3;
console.log(JSON.stringify(clone), JSON.stringify({ u: undefined, f() {}, n: NaN, d: [undefined] }));
console.log(JSON.stringify({ a: [1, 2], b: { c: 3 } }, (k, v) => (k === "c" ? v * 2 : v), 1));
const frozen = Object.freeze({ inner: { n: 1 } });
frozen.inner.n++; frozen.other = 1;
console.log(frozen.inner.n, "other" in frozen, Object.isFrozen(frozen));
function deepEqual(a, b) {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || !a || !b) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => key in b && deepEqual(a[key], b[key]));
}
console.log(deepEqual({ a: [1, { b: NaN }] }, { a: [1, { b: NaN }] }), deepEqual([1], [1, 2]), deepEqual(null, {}));
const pipeline = [["double", (n) => n * 2], ["inc", (n) => n + 1]];
for (const [label, step] of pipeline) console.log(label, step(5));
const path = (object, keys, fallback) => keys.split(".").reduce((value, key) => value?.[key], object) ?? fallback;
console.log(path({ a: { b: [5] } }, "a.b.0"), path({}, "a.b", "none"));
with_default: { const { a: { b: deep = 1 } = {}, ...rest } = { c: 2, d: 3 }; console.log(deep, JSON.stringify(rest)); }
