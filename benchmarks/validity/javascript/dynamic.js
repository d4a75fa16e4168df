// Names that are looked up while the program runs.
var globalName = "global";
function evaluating(secret, other) {
  var local = secret * 2;
  eval("local += other; var made = 'made'");
  return [local, typeof made, eval("secret + other")].join();
}
console.log(evaluating(3, 4));

function indirect(value) {
  const run = eval;
  return [typeof run("typeof value"), run("1 + 1"), new Function("a", "b", "return a * b")(value, 3)].join();
}
console.log(indirect(5));

function within(options, width) {
  var height = 1;
  with (options) {
    width = width + 1;
    height = height + 10;
  }
  return [width, height, JSON.stringify(options)].join();
}
console.log(within({ width: 5 }, 2), within({ height: 7 }, 2), within({}, 2));

const handlers = { start() { return "started"; }, stop: () => "stopped" };
for (const event of ["start", "stop", "pause"]) console.log(handlers[event] ? handlers[event]() : "none");
function aliased(first, second) {
  arguments[0] = "changed";
  second = "new";
  return first + "," + arguments[1] + "," + arguments.length;
}
console.log(aliased("a", "b"), aliased("only"));
