// A parser of JSON, with errors, against the language's own.
function parseJson(text) {
  let at = 0;
  const fail = (what) => { throw new SyntaxError(`${what} at ${at}`); };
  const skip = () => { while (at < text.length && " \t\n\r".includes(text[at])) at++; };
  const expect = (word, value) => {
    if (text.slice(at, at + word.length) !== word) fail(`expected ${word}`);
    at += word.length;
    return value;
  };
  function string() {
    let out = "";
    at++;
    while (text[at] !== '"') {
      if (at >= text.length) fail("unterminated");
      if (text[at] === "\\") {
        at++;
        const escape = text[at++];
        if (escape === "u") { out += String.fromCharCode(parseInt(text.slice(at, at + 4), 16)); at += 4; }
        else out += { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f" }[escape] ?? escape;
      } else out += text[at++];
    }
    at++;
    return out;
  }
  function list(close, item) {
    at++;
    skip();
    if (text[at] === close) { at++; return; }
    for (;;) {
      item();
      skip();
      if (text[at] === close) { at++; return; }
      if (text[at] !== ",") fail("expected ,");
      at++;
    }
  }
  function value() {
    skip();
    const ch = text[at];
    if (ch === "{") {
      const object = {};
      list("}", () => { skip(); const key = string(); skip(); expect(":"); object[key] = value(); });
      return object;
    }
    if (ch === "[") { const array = []; list("]", () => array.push(value())); return array; }
    if (ch === '"') return string();
    if (ch === "t") return expect("true", true);
    if (ch === "f") return expect("false", false);
    if (ch === "n") return expect("null", null);
    const number = /^-?\d+(\.\d+)?([eE][-+]?\d+)?/.exec(text.slice(at));
    if (!number) fail("unexpected " + (ch === undefined ? "end" : ch));
    at += number[0].length;
    return +number[0];
  }
  const result = value();
  skip();
  if (at < text.length) fail("trailing text");
  return result;
}
for (const text of ['{"a": [1, -2.5e3, {"b": null}], "c": "x\\n\\u0041\\"", "d": true}', "[]", ' {"x":{}} ', "[1,]", '{"a" 1}', "nul", '"open']) {
  try {
    const ours = JSON.stringify(parseJson(text));
    console.log(ours, ours === JSON.stringify(JSON.parse(text)));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    console.log("error:", error.message);
  }
}
