// The symbols that the TypeScript compiler finds: places of each that a text declares, by text.
// node symbols.js TYPESCRIPT < texts.json
const ts = require(process.argv[2]);
const texts = JSON.parse(require("fs").readFileSync(0));

function symbols(text) {
  const file = ts.createSourceFile("a.ts", text, ts.ScriptTarget.Latest, true);
  const host = {
    getSourceFile: (name) => (name === "a.ts" ? file : undefined),
    getDefaultLibFileName: () => "lib.d.ts",
    writeFile() {},
    getCurrentDirectory: () => "",
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
    fileExists: (name) => name === "a.ts",
    readFile: () => undefined,
  };
  const options = { noLib: true, noResolve: true, target: ts.ScriptTarget.Latest };
  const program = ts.createProgram(["a.ts"], options, host);
  const checker = program.getTypeChecker();
  const found = new Map();
  function add(symbol, place) {
    if (!symbol || !symbol.declarations || symbol.flags & ts.SymbolFlags.Property) return;
    if (!found.has(symbol)) found.set(symbol, new Set());
    found.get(symbol).add(place);
  }
  (function visit(node) {
    if (ts.isIdentifier(node)) {
      const { parent } = node;
      let symbol = ts.isShorthandPropertyAssignment(parent)
        ? checker.getShorthandAssignmentValueSymbol(parent)
        : checker.getSymbolAtLocation(node);
      if (ts.isBindingElement(parent) && parent.propertyName === node) symbol = undefined;
      add(symbol, node.getStart(file));
    }
    ts.forEachChild(node, visit);
  })(file);
  return [...found.values()].map((places) => [...places].sort((a, b) => a - b));
}

console.log(JSON.stringify(texts.map(symbols)));
