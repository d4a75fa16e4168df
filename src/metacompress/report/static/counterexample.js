// One input opened: answers before and after, what it violates, and its programs.
const PLACES = ["First program", "Second program"];

async function counterexample(data, row) {
  const { inputs } = data;
  const source = inputs.sources[row];
  const follow = inputs.probabilities[row] !== 0;
  const box = element("div", { class: "input" }, answers(data, row, source, follow));
  const found = violationsByStudent(data, row);
  if (found.length)
    box.append(element("ul", { class: "small" }, ...found.map((text) => element("li", {}, text))));
  if (follow) box.append(...links(inputs.ids[row]));
  const entry = (await unpack("packed-programs"))[source];
  const changes = entry && (follow ? entry.of[row] : entry.programs.map(() => []));
  if (!changes) {
    box.append(element("p", { class: "soft" },
      `The programs are not in this page; they are in the run directory, under the id ${inputs.ids[row]}.`));
    return box;
  }
  entry.programs.forEach((text, index) => {
    const hunks = changes[index];
    if (changes.length > 1) {
      const changed = follow ? (hunks.length ? ", changed" : ", unchanged") : "";
      box.append(element("h3", {}, PLACES[index] + changed));
    }
    box.append(hunks.length
      ? element("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": "Source and variant" },
        diffTable(text, hunks))
      : element("pre", { tabindex: 0 }, text));
  });
  return box;
}

// Where the page shows the same variant in another form.
function links(id) {
  const others = [...document.querySelectorAll("[data-variant]")].filter((one) => one.dataset.variant === id);
  if (!others.length) return [];
  const items = others.map((one) => element("li", {}, element("a", { href: `#${one.id}` }, one.dataset.link)));
  return [element("ul", { class: "small" }, ...items)];
}

function answers(data, row, source, follow) {
  const label = data.sources.labels[source];
  const line = (title, probabilities) => element("tr", {}, element("th", { scope: "row" }, title),
    ...probabilities.map((p, index) => element("td", {}, bar(p, index === 0), answer(data, p))));
  const body = element("tbody", {},
    line(label < 0 ? "source" : `source, label ${data.labels[label]}`, data.sources.probabilities[source]));
  if (follow) body.append(line("variant", data.inputs.probabilities[row]));
  return element("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": "Answers of the models" },
    element("table", { class: "answers" }, element("thead", {}, element("tr", {},
      element("th", {}, "input"), ...data.models.map((name) => element("th", {}, name)))), body));
}

// The predicted class and its probability, of thousandths.
function answer(data, p) {
  const best = Math.max(...p);
  return `${data.labels[p.indexOf(best)]} ${(best / 1000).toFixed(3)}`;
}

function bar(p, isTeacher) {
  const filled = element("i");
  filled.style.width = `${Math.max(...p) / 10}%`;
  return element("span", { class: isTeacher ? "prob teacher" : "prob student" }, filled);
}

// A sentence per student: relations with their magnitudes.
function violationsByStudent(data, row) {
  const numbers = data.inputs.violations[row];
  const found = new Map();
  for (let k = 0; k < numbers.length; k += 3) {
    const relations = found.get(numbers[k]) || [];
    relations.push(`${data.relations[numbers[k + 1]]} (${numbers[k + 2].toFixed(3)})`);
    found.set(numbers[k], relations);
  }
  return [...found].map(([student, relations]) =>
    `${data.students[student]} violates ${relations.join(", ")}`);
}
