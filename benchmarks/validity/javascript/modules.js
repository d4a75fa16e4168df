import { readFileSync } from "node:fs";
import path, { join as glue } from "node:path";
import * as util from "node:util";

const limit = 3;
export const table = new Map();
export let counter = 0;
export default function register(label, { weight = 1, tags = [] } = {}) {
  counter += weight;
  table.set(label, { weight, tags });
  return counter;
}
function helper(size) { return Array.from({ length: size }, (_, index) => index ** 2); }
class Registry { entries = helper(limit); total() { return this.entries.reduce((sum, entry) => sum + entry, 0); } }
register("a");
register("b", { weight: 5, tags: ["x"] });
console.log(counter, [...table.keys()].join(), new Registry().total());
console.log(glue("a", "..", "b"), path.extname("c.txt"), util.format("%s-%d", "n", limit), typeof readFileSync, this === undefined);
const { sep } = await import("node:path");
console.log(sep, typeof import.meta.url);
for await (const part of (async function* () { yield* helper(limit); })()) console.log(part);
export { helper as assist, Registry };
