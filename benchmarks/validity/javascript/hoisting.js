// What is visible before it stands.
var log = [];
log.push(typeof late, typeof lateVar);
function late() { return early() + 1; }
var lateVar = 2;
function early() { return typeof hidden; var hidden = 1; }
log.push(late());

function shadowed(a) {
  log.push(a);
  var a;
  log.push(a);
  a = 5;
  log.push(arguments[0]);
  { var a = 6; }
  return a;
}
log.push(shadowed(1));

function dead() {
  try {
    log.push(zone);
  } catch (error) {
    log.push(error instanceof ReferenceError);
  }
  let zone = 1;
  return zone;
}
log.push(dead());

function defaults(a, b = () => a, c = b()) {
  var a = 10;
  return [a, b(), c].join(",");
}
log.push(defaults(1));
console.log(log.join(" "));
