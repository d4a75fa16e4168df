const identity = (n) => Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => +(i === j)));
const transpose = (m) => m[0].map((_, j) => m.map((row) => row[j]));
function multiply(a, b) {
  const result = [];
  for (let i = 0; i < a.length; i++) {
    result[i] = [];
    for (let j = 0; j < b[0].length; j++) {
      let sum = 0;
      for (let k = 0; k < b.length; k++) {
        sum += a[i][k] * b[k][j];
      }
      result[i][j] = sum;
    }
  }
  return result;
}
function power(m, n) {
  let result = identity(m.length);
  while (n > 0) {
    if (n & 1) result = multiply(result, m);
    m = multiply(m, m);
    n >>= 1;
  }
  return result;
}
function determinant(m) {
  if (m.length === 1) return m[0][0];
  return m[0].reduce((sum, value, column) => {
    const minor = m.slice(1).map((row) => row.filter((_, j) => j !== column));
    const sign = column % 2 === 0 ? 1 : -1;
    return sum + sign * value * determinant(minor);
  }, 0);
}
function spiral(m) {
  const out = [];
  let top = 0, left = 0, bottom = m.length - 1, right = m[0].length - 1;
  while (top <= bottom && left <= right) {
    for (let j = left; j <= right; j++) out.push(m[top][j]);
    top++;
    for (let i = top; i <= bottom; i++) out.push(m[i][right]);
    right--;
    if (top <= bottom) { for (let j = right; j >= left; j--) out.push(m[bottom][j]); bottom--; }
    if (left <= right) { for (let i = bottom; i >= top; i--) out.push(m[i][left]); left++; }
  }
  return out;
}
const m = [[1, 2, 3], [4, 5, 6], [7, 8, 10]];
console.log(JSON.stringify(transpose(m)), determinant(m));
console.log(JSON.stringify(multiply(m, transpose(m))));
console.log(power([[1, 1], [1, 0]], 30)[0][1], spiral(m).join(","), spiral([[1, 2, 3, 4]]).join());
