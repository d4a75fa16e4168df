function kindOf(value) {
  switch (typeof value) {
    case "number":
      if (Number.isNaN(value)) return "nan";
    // falls through
    case "bigint":
      return "numeric";
    case "string": {
      const size = value.length;
      return size > 3 ? "text" : "short";
    }
    case "object":
      switch (true) {
        case value === null: return "null";
        case Array.isArray(value): return "list";
        default: return "object";
      }
    default:
      return "other";
  }
}
console.log([1, NaN, 2n, "ab", "abcd", null, [], {}, undefined, kindOf].map((value) => kindOf(value)).join(" "));

function score(grade) {
  let points = 0;
  switch (grade) {
    default: points += 1;
    case "c": points += 10; break;
    case "a": points += 100;
    case "b": { points += 1000; let points2 = points; points = points2; }
  }
  return points;
}
for (const grade of ["a", "b", "c", "d"]) console.log(grade, score(grade));
let state = "start", steps = [];
for (let i = 0; state !== "end" && i < 10; i++) {
  steps.push(state);
  switch (state) {
    case "start": state = i % 2 ? "odd" : "even"; continue;
    case "even": state = "odd"; break;
    case "odd": state = i > 3 ? "end" : "start";
  }
  steps.push(i);
}
console.log(steps.join(">"));
switch (3) { case 1 + 2: console.log("computed"); case 4: }
