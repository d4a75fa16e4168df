function* count(from, to, step = 1) {
  for (let i = from; i < to; i += step) {
    const reset = yield i;
    if (reset !== undefined) i = reset;
  }
  return "done";
}
const numbers = count(0, 10, 3);
console.log(numbers.next().value, numbers.next().value, numbers.next(-1).value, [...numbers].join());

function* tree(node) {
  if (!node) return;
  const { left, right, value } = node;
  yield* tree(left);
  yield value;
  yield* tree(right);
}
const insert = (node, value) =>
  node === null
    ? { value, left: null, right: null }
    : value < node.value
      ? { ...node, left: insert(node.left, value) }
      : { ...node, right: insert(node.right, value) };
let root = null;
for (const value of [5, 2, 8, 1, 9, 3]) root = insert(root, value);
console.log([...tree(root)].join(" "));

function* delegating() {
  const result = yield* count(0, 2);
  yield result;
  try { yield 1; } finally { yield "cleanup"; }
}
const iterator = delegating();
console.log(iterator.next().value, iterator.next().value, iterator.next().value);
console.log(iterator.next().value, iterator.return(7).value, iterator.next().value, iterator.next().done);
