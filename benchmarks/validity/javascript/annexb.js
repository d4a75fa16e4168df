// Functions in blocks, as scripts of old have them.
function choose(flag) {
  if (flag) {
    function pick() { return "first"; }
  } else {
    function pick() { return "second"; }
  }
  return pick();
}
console.log(choose(true), choose(false));
function before() {
  var seen = typeof inner;
  { function inner() {} }
  return seen + " " + typeof inner;
}
console.log(before());
function caught() {
  var e = "outer";
  try { throw "thrown"; } catch (e) { var e = "assigned"; }
  return e;
}
console.log(caught());
function lastWins() { return f(); function f() { return 1; } function f() { return 2; } }
console.log(lastWins());
if (true) function bare() { return "bare"; }
console.log(bare());
label: function labelled() {}
console.log(010 + 1, "\101", typeof undeclaredThing, this === module.exports);
undeclared = 5;
console.log(delete globalThis.undeclared, typeof undeclared);
