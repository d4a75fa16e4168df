function queens(n) {
  var solutions = 0, columns = [], first = null;
  function safe(row, column) {
    for (var r = 0; r < row; r++) {
      if (columns[r] === column || Math.abs(columns[r] - column) === row - r) return false;
    }
    return true;
  }
  function place(row) {
    if (row === n) {
      solutions++;
      if (!first) first = columns.slice();
      return;
    }
    for (var column = 0; column < n; column++) {
      if (safe(row, column)) {
        columns[row] = column;
        place(row + 1);
      }
    }
  }
  place(0);
  return { solutions, first };
}
const { solutions, first } = queens(6);
console.log(solutions, first.map((c) => ".".repeat(c) + "Q" + ".".repeat(5 - c)).join("\n"));

const permutations = (items) => items.length < 2 ? [items] : items.flatMap((item, i) => permutations([...items.slice(0, i), ...items.slice(i + 1)]).map((rest) => [item, ...rest]));
console.log(permutations(["a", "b", "c"]).map((p) => p.join("")).join(" "));
function* subsets(items, start = 0, chosen = []) {
  yield chosen;
  for (let i = start; i < items.length; i++) yield* subsets(items, i + 1, chosen.concat(items[i]));
}
console.log([...subsets([1, 2, 3])].map((s) => `{${s}}`).join(" "));
function hanoi(n, from = "A", to = "C", via = "B", moves = []) {
  if (n) { hanoi(n - 1, from, via, to, moves); moves.push(from + to); hanoi(n - 1, via, to, from, moves); }
  return moves;
}
console.log(hanoi(3).join(" "));
const change = (amount, [coin, ...coins]) => amount === 0 ? 1 : amount < 0 || coin === undefined ? 0 : change(amount - coin, [coin, ...coins]) + change(amount, coins);
console.log(change(100, [50, 25, 10, 5, 1]));
