"use strict";
function quicksort(list, low = 0, high = list.length - 1) {
  if (low >= high) return list;
  const pivot = list[(low + high) >> 1];
  let i = low, j = high;
  while (i <= j) {
    while (list[i] < pivot) i++;
    while (list[j] > pivot) j--;
    if (i <= j) {
      const held = list[i];
      list[i++] = list[j];
      list[j--] = held;
    }
  }
  quicksort(list, low, j);
  return quicksort(list, i, high);
}
function mergesort(list, less) {
  if (list.length < 2) return list;
  const middle = list.length >>> 1;
  const left = mergesort(list.slice(0, middle), less), right = mergesort(list.slice(middle), less);
  const merged = [];
  let i = 0, j = 0;
  while (i < left.length && j < right.length) merged.push(less(right[j], left[i]) ? right[j++] : left[i++]);
  return merged.concat(left.slice(i), right.slice(j));
}
function insertionsort(list) {
  for (let i = 1; i < list.length; i += 1) {
    let j = i;
    const value = list[i];
    for (; j > 0 && list[j - 1] > value; j -= 1) list[j] = list[j - 1];
    list[j] = value;
  }
  return list;
}
let seed = 17;
const random = () => (seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648;
const numbers = Array.from({ length: 20 }, () => Math.floor(random() * 100));
console.log(numbers.join(" "));
console.log(quicksort([...numbers]).join(" "));
console.log(mergesort(numbers, (a, b) => a < b).join(" ") === insertionsort(numbers.slice()).join(" "));
const records = "d1 a2 c1 b2 a1".split(" ").map((id) => ({ id, group: id[1] }));
console.log(records.sort(({ group: a }, { group: b }) => a.localeCompare(b)).map(({ id }) => id).join(), [10, 9, 1].sort().join(), [3, undefined, 1].sort().length);
