"use strict";
function self() { return this; }
console.log(self() === undefined, (() => typeof this)());
const attempts = {
  undeclared() { missing = 1; },
  frozen() { const o = Object.freeze({ a: 1 }); o.a = 2; },
  remove() { delete Object.prototype; },
  arguments(a) { arguments[0] = 2; return a; },
  constant() { const value = 1; value += 1; },
  zone() { return early; let early = 1; },
};
for (const [label, attempt] of Object.entries(attempts)) {
  let outcome;
  try { outcome = attempt(1); } catch (error) { outcome = error.constructor === TypeError ? "TypeError" : "ReferenceError"; }
  console.log(label, outcome);
}
{
  function inBlock() { return 1; }
  console.log(inBlock());
}
console.log(typeof inBlock);
const sealed = Object.seal({ x: 1 });
sealed.x = 2;
console.log(Reflect.set(sealed, "y", 1), JSON.stringify(sealed));
const symbol = Symbol("tag");
const tagged = { [symbol]: 1, regular: 2, get [Symbol.toStringTag]() { return "Tagged"; } };
console.log(Object.keys(tagged).join(), tagged[symbol], String(Object.prototype.toString.call(tagged)), symbol.description);
