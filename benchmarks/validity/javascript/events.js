class Emitter {
  constructor() { this.listeners = {}; }
  on(event, listener) {
    const { listeners } = this;
    const list = listeners[event] = listeners[event] || [];
    list.push(listener);
    return () => { listeners[event] = listeners[event].filter((other) => other !== listener); };
  }
  once(event, listener) {
    const off = this.on(event, (...args) => { off(); listener(...args); });
    return off;
  }
  emit(event, ...args) {
    const list = this.listeners[event];
    if (!list) return false;
    list.slice().forEach((listener) => listener.apply(this, args));
    return true;
  }
}
const emitter = new Emitter(), seen = [];
const off = emitter.on("data", (a, b) => seen.push(`first ${a} ${b}`));
emitter.once("data", (value) => seen.push("once " + value));
emitter.on("data", function (value) { seen.push(Object.keys(this.listeners).length + value); });
emitter.emit("data", 1, 2);
off();
emitter.emit("data", 3);
console.log(seen.join("; "), emitter.emit("nothing"));

const observable = (start) => {
  let value = start;
  const watchers = new Set();
  return {
    get value() { return value; },
    set value(next) { const last = value; value = next; watchers.forEach((watch) => watch(next, last)); },
    watch(fn) { watchers.add(fn); return this; },
  };
};
const temperature = observable(20).watch((next, last) => console.log(`${last} -> ${next}`));
temperature.value = 25;
temperature.value -= 10;
temperature.value++;
function reducer(state = { count: 0, log: [] }, { type, by = 1 }) {
  switch (type) {
    case "add": return { ...state, count: state.count + by, log: [...state.log, by] };
    case "reset": return { ...state, count: 0 };
    default: return state;
  }
}
const actions = [{ type: "add" }, { type: "add", by: 5 }, { type: "?" }, { type: "reset" }, { type: "add", by: -2 }];
console.log(JSON.stringify(actions.reduce(reducer, undefined)));
