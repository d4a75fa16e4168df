// Data that stand in the page as base64 of gzip; each is unpacked once, when it is first wanted.
const unpacked = new Map();

function unpack(id) {
  if (!unpacked.has(id)) unpacked.set(id, readPacked(id));
  return unpacked.get(id);
}

async function readPacked(id) {
  const text = atob(document.getElementById(id).textContent);
  const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

// Text only ever becomes text: no program of the data can put an element into the page.
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}
