const parse = (picture) => picture.trim().split("\n").map((row) => [...row.trim()].map((cell) => cell === "#"));
const print = (grid) => grid.map((row) => row.map((alive) => (alive ? "#" : ".")).join("")).join("\n");
function neighbours(grid, y, x) {
  let count = 0;
  for (let dy = -1; dy <= 1; dy++) {
    for (let dx = -1; dx <= 1; dx++) {
      if (dy === 0 && dx === 0) continue;
      const row = grid[(y + dy + grid.length) % grid.length];
      if (row[(x + dx + row.length) % row.length]) count++;
    }
  }
  return count;
}
function step(grid) {
  return grid.map((row, y) => row.map((alive, x) => {
    const count = neighbours(grid, y, x);
    return alive ? count === 2 || count === 3 : count === 3;
  }));
}
let world = parse(`
  .#....
  ..#...
  ###...
  ......
  ......
`);
for (let generation = 0; generation < 4; generation++) world = step(world);
console.log(print(world));
function flood(grid, y, x, to) {
  const from = grid[y]?.[x];
  if (from === undefined || from === to) return 0;
  const stack = [[y, x]];
  let filled = 0;
  while (stack.length) {
    const [r, c] = stack.pop();
    if (grid[r]?.[c] !== from) continue;
    grid[r][c] = to;
    filled += 1;
    stack.push([r + 1, c], [r - 1, c], [r, c + 1], [r, c - 1]);
  }
  return filled;
}
const board = ["aab", "abb", "bba"].map((row) => row.split(""));
console.log(flood(board, 0, 0, "x"), flood(board, 2, 2, "y"), flood(board, 9, 9, "z"), board.map((r) => r.join("")).join("/"));
