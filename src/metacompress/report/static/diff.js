// Source and variant side by side, with the tokens that differ.
const CONTEXT = 2;
const MOST_TOKENS = 400;

// Rows of a diff: [number at the left, text, number at the right, text, changed].
function alignedLines(source, hunks) {
  const left = source.split("\n");
  const rows = [];
  let at = 0, shift = 0;
  const equal = (until) => {
    for (; at < until; at++) rows.push([at + 1, left[at], at + 1 + shift, left[at], false]);
  };
  for (const [start, removed, added] of hunks) {
    equal(start);
    for (let k = 0; k < Math.max(removed, added.length); k++) {
      const old = k < removed, fresh = k < added.length;
      rows.push([
        old ? start + k + 1 : 0, old ? left[start + k] : "",
        fresh ? start + k + 1 + shift : 0, fresh ? added[k] : "", true,
      ]);
    }
    at = start + removed;
    shift += added.length - removed;
  }
  equal(left.length);
  return rows;
}

// Both lines as pieces [text, changed], by the longest common subsequence of their tokens.
function changedTokens(old, fresh) {
  const a = old.match(/\w+|\s+|[^\w\s]/g) || [], b = fresh.match(/\w+|\s+|[^\w\s]/g) || [];
  if (a.length > MOST_TOKENS || b.length > MOST_TOKENS) return [[[old, true]], [[fresh, true]]];
  const width = b.length + 1;
  const longest = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      longest[i * width + j] = a[i] === b[j]
        ? longest[(i + 1) * width + j + 1] + 1
        : Math.max(longest[(i + 1) * width + j], longest[i * width + j + 1]);
  const left = [], right = [];
  let i = 0, j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      left.push([a[i++], false]);
      right.push([b[j++], false]);
    } else if (j === b.length || (i < a.length &&
               longest[(i + 1) * width + j] >= longest[i * width + j + 1])) {
      left.push([a[i++], true]);
    } else right.push([b[j++], true]);
  }
  return [left, right];
}

function pieces(found) {
  return found.map(([text, changed]) => (changed ? element("b", {}, text) : text));
}

function diffTable(source, hunks) {
  const rows = alignedLines(source, hunks);
  const shown = new Set();
  rows.forEach((row, index) => {
    if (row[4]) for (let k = index - CONTEXT; k <= index + CONTEXT; k++) shown.add(k);
  });
  const body = element("tbody");
  const line = ([number, old, other, fresh, changed]) => {
    const [left, right] = changed ? changedTokens(old, fresh) : [[[old, false]], [[fresh, false]]];
    return element("tr", changed ? { class: "changed" } : {},
      element("td", { class: "no" }, number || ""), element("td", { class: "old" }, ...pieces(left)),
      element("td", { class: "no" }, other || ""), element("td", { class: "new" }, ...pieces(right)));
  };
  for (let index = 0; index < rows.length;) {
    if (shown.has(index)) {
      body.append(line(rows[index++]));
      continue;
    }
    const hidden = [];
    while (index < rows.length && !shown.has(index)) hidden.push(rows[index++]);
    const button = element("button", { type: "button" }, `Show ${hidden.length} equal ${hidden.length > 1 ? "lines" : "line"}`);
    const gap = element("tr", { class: "gap" }, element("td", { colspan: 4 }, button));
    button.addEventListener("click", () => gap.replaceWith(...hidden.map(line)));
    body.append(gap);
  }
  const number = () => element("th", { class: "no" }, element("span", { class: "hidden" }, "line"));
  return element("table", { class: "diff" },
    element("thead", {}, element("tr", {}, number(), element("th", {}, "source"),
      number(), element("th", {}, "variant"))), body);
}
