class AppError extends Error {
  constructor(message, { code = 1, cause } = {}) {
    super(message, { cause });
    this.code = code;
  }
}
const trail = [];
function risky(level) {
  trail.push("enter " + level);
  try {
    if (level === 0) throw new AppError("bottom", { code: 42 });
    risky(level - 1);
    trail.push("unreachable");
  } catch (error) {
    if (error.code === 42 && level < 2) throw error;
    trail.push("caught " + error.message);
    throw new AppError("wrapped", { cause: error });
  } finally {
    trail.push("leave " + level);
  }
}
try { risky(3); } catch (error) {
  const { message, cause } = error;
  trail.push(message, cause.message, cause.cause.message);
}
console.log(trail.join("\n"));

const overriding = () => { try { return "try"; } finally { return "finally"; } };
function counting() { let n = 0; try { return n; } finally { n = 5; } }
function looping() { for (let i = 0; ; i++) { try { if (i < 3) continue; return i; } finally { if (i === 3) break; } } return "broken"; }
console.log(overriding(), counting(), looping());
for (const attempt of [() => null.x, () => undefined(), () => { const c = 1; c = 2; }, () => new Array(-1), () => JSON.parse("{")]) {
  try { attempt(); console.log("no error"); } catch (e) { console.log(e.constructor === TypeError, e instanceof RangeError, e instanceof SyntaxError); }
}
