// The bindings that UglifyJS finds: [name, is undeclared, places] of each, for each text.
// node bindings.js UGLIFY < texts.json
const uglify = require(process.argv[2]);
const texts = JSON.parse(require("fs").readFileSync(0));

function bindings(text) {
  const options = { compress: false, mangle: { toplevel: true }, output: { ast: true, code: false } };
  const { ast, error } = uglify.minify(text, options);
  if (error) return String(error.message);
  const found = new Map();
  ast.walk({
    push() {},
    pop() {},
    visit(node, descend) {
      const is_label = node.TYPE === "Label" || node.TYPE === "LabelRef";
      const owner = is_label ? node.thedef : node.definition && node.name !== undefined && node.definition();
      if (owner) {
        if (!found.has(owner)) found.set(owner, [owner.name, Boolean(owner.undeclared), []]);
        found.get(owner)[2].push(node.start.pos);
      }
      if (descend) descend();
    },
  });
  return [...found.values()];
}

console.log(JSON.stringify(texts.map(bindings)));
