function point(x, y) {
  const length = Math.hypot(x, y);
  return { x, y, length, scale(by) { return point(x * by, y * by); }, get sum() { return x + y; } };
}
const p = point(3, 4);
console.log(p.x, p.y, p.length, p.sum, p.scale(2).length);

const store = (() => {
  let count = 0;
  const items = {};
  function add(name, value) {
    items[name] = { name, value, count };
    count++;
    return count;
  }
  function total() {
    let value = 0;
    for (const name in items) value += items[name].value;
    return value;
  }
  return { add, total, items };
})();
store.add("one", 1);
store.add("two", 2);
console.log(store.total(), JSON.stringify(store.items), Object.keys(store).join());

const merge = (left, right) => ({ ...left, ...right, left, right });
console.log(JSON.stringify(merge({ a: 1, b: 2 }, { b: 3 })));
