#!/usr/bin/env node
/**
 * Comments in every place, and what looks like one.
 * @param {number} a first
 */
function /* name */ add /* list */ (a /* first */, b /* second */ = /* default */ 2 /* end */) /* body */ {
  // a line
  return /* same line */ a /* plus */ + /* b */ b; // after
  /* never reached */
}
/* eslint-disable no-console */
console.log(add(1), add(1, /* two */ 3)); /* before a call */ console.log("// no comment", '/* nor this */', `// ${add(/* here */ 4)}`);
const pattern = /\/\*[^*]*\*\//g; // matches /* x */
console.log("a /* b */ c".replace(pattern, ""), /[/*]/.test("*")); //
//
// two lines
let total = 0; for (let i = 0 /* start */; i < 3 /* end */; i++ /* step */) { total += i; /* inside */ }
if (total /* 3 */ > 2) /* then */ { console.log("big"); } // trailing
/* else */ else { /* nothing */ }
const object = { // first
  a: 1, // one
  /* two */ b: 2,
  // done
};
console.log(Object.keys(object).join(/* with */ "+")
  // chained
  .length);
switch (total) { // cases
  // none
  case 3: // three
    console.log("three"); /* falls */
  // falls through
  default: /* last */ console.log("default");
}
function empty() { /* nothing */ }
console.log(empty(/* no arguments */)); /*
 over lines */ console.log("end")
