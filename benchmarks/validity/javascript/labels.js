function findPair(rows, sum) {
  let found = null;
  outer:
  for (let i = 0; i < rows.length; i++) {
    inner: for (let j = 0; j < rows[i].length; j++) {
      if (rows[i][j] < 0) continue outer;
      if (rows[i][j] === 0) break inner;
      for (let k = 0; k < j; k++) {
        if (rows[i][j] + rows[i][k] === sum) {
          found = [i, k, j];
          break outer;
        }
      }
    }
  }
  return found;
}
console.log(JSON.stringify(findPair([[5, 0, 5], [-1, 4, 6], [1, 3, 7]], 10)));
console.log(findPair([[1, 2]], 10));

block: {
  const value = [1, 2, 3].length;
  if (value === 3) break block;
  console.log("never");
}

let text = "";
loop: while (true) {
  switch (text.length) {
    case 0:
      text += "a";
    case 1:
      text += "b";
      break;
    case 4:
      break loop;
    default:
      text += "c";
      continue loop;
  }
  text += "-";
}
console.log(text);
