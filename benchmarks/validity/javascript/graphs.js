class PriorityQueue {
  constructor(compare) { this.items = []; this.compare = compare; }
  push(item) {
    const { items, compare } = this;
    let i = items.push(item) - 1;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (compare(items[parent], items[i]) <= 0) break;
      [items[parent], items[i]] = [items[i], items[parent]];
      i = parent;
    }
  }
  pop() {
    const { items, compare } = this;
    const top = items[0], last = items.pop();
    if (items.length) {
      items[0] = last;
      for (let i = 0; ;) {
        let child = 2 * i + 1;
        if (child >= items.length) break;
        if (child + 1 < items.length && compare(items[child + 1], items[child]) < 0) child++;
        if (compare(items[i], items[child]) <= 0) break;
        [items[i], items[child]] = [items[child], items[i]];
        i = child;
      }
    }
    return top;
  }
  get size() { return this.items.length; }
}
const edges = { a: { b: 7, c: 9, f: 14 }, b: { c: 10, d: 15 }, c: { d: 11, f: 2 }, d: { e: 6 }, f: { e: 9 } };
function shortest(graph, start) {
  const distance = { [start]: 0 }, before = {};
  const queue = new PriorityQueue(([, a], [, b]) => a - b);
  queue.push([start, 0]);
  while (queue.size > 0) {
    const [node, cost] = queue.pop();
    if (cost > distance[node]) continue;
    for (const [next, weight] of Object.entries(graph[node] ?? {})) {
      const total = cost + weight;
      if (!(next in distance) || total < distance[next]) {
        distance[next] = total;
        before[next] = node;
        queue.push([next, total]);
      }
    }
  }
  return { distance, before };
}
const { distance, before } = shortest(edges, "a");
console.log(Object.keys(distance).sort().map((node) => `${node}:${distance[node]}`).join(" "));
let route = ["e"];
while (route[0] !== "a") route = [before[route[0]], ...route];
console.log(route.join("->"));
function order(graph) {
  const seen = new Set(), out = [];
  (function visit(nodes) {
    for (const node of nodes) if (!seen.has(node)) { seen.add(node); visit(Object.keys(graph[node] || {})); out.unshift(node); }
  })(Object.keys(graph).sort());
  return out;
}
console.log(order(edges).join(""));
