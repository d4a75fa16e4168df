function distance(a, b) {
  const previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    let diagonal = previous[0];
    previous[0] = i;
    for (let j = 1; j <= b.length; j++) {
      const held = previous[j];
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      previous[j] = Math.min(previous[j] + 1, previous[j - 1] + 1, diagonal + cost);
      diagonal = held;
    }
  }
  return previous[b.length];
}
function common(a, b) {
  const table = [];
  for (let i = 0; i <= a.length; i++) {
    table.push(new Array(b.length + 1).fill(0));
    for (let j = 1; i > 0 && j <= b.length; j++) {
      table[i][j] = a[i - 1] === b[j - 1] ? table[i - 1][j - 1] + 1 : Math.max(table[i - 1][j], table[i][j - 1]);
    }
  }
  let out = "", i = a.length, j = b.length;
  while (i > 0 && j > 0) {
    if (a[i - 1] === b[j - 1]) { out = a[i - 1] + out; i--; j--; }
    else if (table[i - 1][j] >= table[i][j - 1]) i--;
    else j--;
  }
  return out;
}
function knapsack(items, capacity) {
  const best = new Array(capacity + 1).fill(0);
  for (const { weight, value } of items) {
    for (let room = capacity; room >= weight; room--) {
      const candidate = best[room - weight] + value;
      if (candidate > best[room]) best[room] = candidate;
    }
  }
  return best[capacity];
}
function longestRun(list) {
  let best = [], current = [];
  for (const n of list) {
    if (current.length === 0 || n > current[current.length - 1]) current.push(n);
    else current = [n];
    if (current.length > best.length) best = [...current];
  }
  return best;
}
function maxSum(list) {
  let best = -Infinity, running = 0, start = 0, range = null;
  list.forEach((n, i) => {
    if (running <= 0) { running = n; start = i; } else { running += n; }
    if (running > best) { best = running; range = [start, i]; }
  });
  return { best, range };
}
console.log(distance("kitten", "sitting"), distance("", "abc"), common("AGGTAB", "GXTXAYB"));
console.log(knapsack([{ weight: 1, value: 1 }, { weight: 3, value: 4 }, { weight: 4, value: 5 }, { weight: 5, value: 7 }], 7));
console.log(longestRun([1, 3, 2, 4, 6, 5, 7]).join(), JSON.stringify(maxSum([-2, 1, -3, 4, -1, 2, 1, -5, 4])));
