// Closures over loop variables of both kinds.
function makeCounters(count) {
  var counters = [];
  for (var i = 0; i < count; i++) {
    counters.push(function () { return i++; });
  }
  return counters;
}

const makeSteps = (count) => {
  const steps = [];
  for (let i = 0; i < count; i++) {
    let step = i * 2;
    steps.push(() => { step += i; return step; });
  }
  return steps;
};

const shared = makeCounters(3);
console.log(shared.map((next) => next()).join(" "));
const own = makeSteps(4);
for (let round = 0; round < 2; round++) {
  console.log(own.map((next) => next()).join(" "));
}

function outer(value) {
  function inner(extra) {
    return value + extra + (function (value) { return value * 2; })(extra);
  }
  value += 1;
  return inner(value);
}
console.log(outer(3), outer(-4));
