// A small machine with an accumulator, and its programs.
const OPERATIONS = {
  load: (machine, [value]) => { machine.acc = value; },
  add: (machine, [register]) => { machine.acc += machine.registers[register] | 0; },
  sub: (machine, [register]) => { machine.acc -= machine.registers[register] | 0; },
  store: (machine, [register]) => { machine.registers[register] = machine.acc; },
  jump: (machine, [target]) => { machine.pc = target - 1; },
  jz: (machine, [target]) => { if (machine.acc === 0) machine.pc = target - 1; },
  out: (machine) => { machine.output.push(machine.acc); },
  halt: (machine) => { machine.halted = true; },
};
function run(program, limit = 1000) {
  const machine = { acc: 0, pc: 0, registers: {}, output: [], halted: false };
  let steps = 0;
  while (!machine.halted && machine.pc < program.length) {
    if (++steps > limit) throw new Error("too long");
    const [name, ...operands] = program[machine.pc];
    const operation = OPERATIONS[name];
    if (!operation) throw new Error("unknown " + name);
    operation(machine, operands);
    machine.pc++;
  }
  return { steps, output: machine.output };
}
const compile = (source) => source.trim().split("\n").map((line) => {
  const [name, ...operands] = line.trim().split(/\s+/);
  return [name, ...operands.map((o) => (/^\d+$/.test(o) ? Number(o) : o))];
});
const countdown = compile(`
  load 1
  store one
  load 5
  store n
  load 0
  add n
  jz 10
  out
  sub one
  jump 3
  halt
`);
const { steps, output } = run(countdown);
console.log(steps, output.join(" "));
for (const bad of ["jump 0", "fly 1"]) { try { run(compile(bad)); } catch ({ message }) { console.log(message); } }
const automaton = { start: "s", accept: ["e"], moves: { s: { a: "s", b: "m" }, m: { b: "e", a: "s" }, e: { b: "e" } } };
const accepts = ({ start, accept, moves }, word) => accept.includes([...word].reduce((state, ch) => moves[state]?.[ch] ?? "dead", start));
console.log(["abb", "aab", "bbb", "bba", ""].map((word) => +accepts(automaton, word)).join(""));
function brainfuck(code) {
  const tape = [0]; let pointer = 0, out = "";
  for (let i = 0, depth; i < code.length; i++) switch (code[i]) {
    case ">": pointer++; tape[pointer] ??= 0; break;
    case "<": pointer--; break;
    case "+": tape[pointer] = (tape[pointer] + 1) & 255; break;
    case "-": tape[pointer] = (tape[pointer] - 1) & 255; break;
    case ".": out += String.fromCharCode(tape[pointer]); break;
    case "[": if (!tape[pointer]) for (depth = 1; depth;) { i++; if (code[i] === "[") depth++; else if (code[i] === "]") depth--; } break;
    case "]": if (tape[pointer]) for (depth = 1; depth;) { i--; if (code[i] === "]") depth++; else if (code[i] === "[") depth--; }
  }
  return out;
}
console.log(brainfuck("++++++++[>++++++++<-]>+.+.+."));
