// Checks the syntax of many programs in one process; runs none of them.
// Requests and replies: four bytes of length, then JSON. {"module": ..., "text": ...} -> "error".
"use strict";
const fs = require("fs");
const vm = require("vm");

const [, , input, output] = process.argv;
const requests = fs.openSync(input, "r");
const replies = fs.openSync(output, "w");

function read(count) {
  const bytes = Buffer.alloc(count);
  for (let at = 0; at < count;) {
    const got = fs.readSync(requests, bytes, at, count - at, null);
    if (got === 0) process.exit(0);
    at += got;
  }
  return bytes;
}

function write(bytes) {
  for (let at = 0; at < bytes.length;) at += fs.writeSync(replies, bytes, at);
}

function complaint({ module, text }) {
  try {
    if (module) new vm.SourceTextModule(text);
    else vm.compileFunction(text, ["exports", "require", "module", "__filename", "__dirname"]);
  } catch (error) {
    return `${error.name}: ${error.message}`;
  }
  return "";
}

for (;;) {
  const request = JSON.parse(read(read(4).readInt32BE(0)).toString());
  const reply = Buffer.from(JSON.stringify(complaint(request)));
  const length = Buffer.alloc(4);
  length.writeInt32BE(reply.length);
  write(Buffer.concat([length, reply]));
}
