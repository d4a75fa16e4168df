// Starts what a page has.
let explorer = null;

async function explore() {
  if (!explorer) explorer = unpack("packed-rows").then((data) => new Explorer(data));
  return explorer;
}

async function followAddress() {
  const choice = chosen();
  if (choice) (await explore()).follow(choice);
}

if (document.getElementById("packed-rows")) {
  const start = async () => { if (!chosen()) (await explore()).show(); };
  if (chosen()) followAddress();
  else if ("requestIdleCallback" in window) requestIdleCallback(start, { timeout: 2000 });
  else setTimeout(start, 200);
  window.addEventListener("hashchange", followAddress);
  // Choosing the same cell twice changes no address.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (link && link.getAttribute("href") === location.hash) followAddress();
  });
}

// What an address names is opened.
function openNamed() {
  const named = document.getElementById(location.hash.slice(1));
  if (!named || named.tagName !== "SUMMARY") return;
  named.parentElement.open = true;
  named.scrollIntoView();
  named.focus();
}
openNamed();
window.addEventListener("hashchange", openNamed);

// Where the contents would stand above the verdict, they wait to be opened.
if (matchMedia("(max-width: 1179px)").matches) document.querySelector("nav details").open = false;

// On paper nothing can be opened: everything is.
const opened = [];
window.addEventListener("beforeprint", () => {
  for (const one of document.querySelectorAll("details:not([open])")) {
    one.open = true;
    opened.push(one);
  }
  if (explorer) explorer.then((table) => table.rows && table.layOut());
});
window.addEventListener("afterprint", () => {
  for (const one of opened.splice(0)) one.open = false;
  if (explorer) explorer.then((table) => table.takeBack());
});

// One cell of a heat map is reached by Tab, the others from it by arrows.
for (const map of document.querySelectorAll("table.heat")) {
  const links = [...map.querySelectorAll("a")];
  links.forEach((link, index) => { link.tabIndex = index === 0 ? 0 : -1; });
  map.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
    const cell = event.target.closest("td");
    if (!step || !cell) return;
    event.preventDefault();
    const rows = [...map.tBodies[0].rows];
    let row = rows.indexOf(cell.parentElement), column = cell.cellIndex;
    for (;;) {
      row += step[0];
      column += step[1];
      const next = rows[row] && rows[row].cells[column];
      if (!next) return;
      const link = next.querySelector("a");
      if (link && next.tagName === "TD") {
        event.target.tabIndex = -1;
        link.tabIndex = 0;
        return link.focus();
      }
    }
  });
}
