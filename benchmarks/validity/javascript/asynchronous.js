// The order in which jobs run.
const order = [];
const note = (text) => { order.push(text); };
const wait = (turns, value) => new Promise((resolve) => {
  const tick = (left) => (left ? Promise.resolve().then(() => tick(left - 1)) : resolve(value));
  tick(turns);
});

async function work(label, turns) {
  note(label + " starts");
  const value = await wait(turns, label.toUpperCase());
  note(label + " ends");
  return value;
}

async function* stream(items) {
  for (const item of items) {
    await null;
    yield item;
  }
}

async function main() {
  const results = await Promise.all([work("a", 3), work("b", 1), work("c", 2)]);
  note(results.join("+"));
  for await (const item of stream([1, 2, 3])) note("item " + item);
  try {
    await Promise.reject(new Error("failed"));
  } catch (problem) {
    note(problem.message);
  } finally {
    note("finally");
  }
  const settled = await Promise.allSettled([Promise.reject(new TypeError("t")), 5]);
  note(settled.map(({ status, value, reason }) => status + ":" + (value ?? reason.message)).join());
  return (await Promise.race([work("slow", 9), work("fast", 0)])) + "!";
}
setTimeout(() => note("timer"), 0);
queueMicrotask(() => note("microtask"));
process.nextTick(() => note("tick"));
main().then((last) => { note(last); setTimeout(() => console.log(order.join("\n")), 1); });
note("end of script");
