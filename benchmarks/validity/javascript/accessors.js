// Reading a property may do anything.
const events = [];
const account = {
  _balance: 10,
  get balance() { events.push("get"); return this._balance; },
  set balance(value) { events.push("set " + value); this._balance = value; },
};
account.balance += 5;
account.balance++;
account.balance = account.balance * 2;
account.balance ||= 100;
account.balance &&= account.balance - 1;
console.log(account._balance, events.join());

const watched = new Proxy({ a: 1 }, {
  get(target, key) { events.push("read " + String(key)); return key in target ? target[key] : 7; },
  set(target, key, value) { events.push(`write ${key}`); target[key] = value; return true; },
  has(target, key) { events.push("has " + key); return key === "z"; },
  deleteProperty(target, key) { events.push("delete " + key); return delete target[key]; },
});
events.length = 0;
watched.b = watched.a + watched.c;
if (watched.a < watched.c && "z" in watched) delete watched.a;
const { a, b, ...rest } = watched;
console.log(a, b, JSON.stringify(rest), events.join(";"));
Object.defineProperty(globalThis, "tick", { get: (() => { let n = 0; return () => ++n; })(), configurable: true });
console.log(tick + tick * 10, tick < tick, tick - tick);
