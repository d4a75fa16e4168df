// What a reader has chosen. It stands in the address, so that a link leads to the same rows:
// #inputs?relation=...&transformation=...&sort=gap&input=...
const TABLE = "#inputs";

function chosen() {
  const [place, query] = location.hash.split(/\?(.*)/s);
  return place === TABLE ? Object.fromEntries(new URLSearchParams(query || "")) : null;
}

function addressOf(choice) {
  const kept = Object.entries(choice).filter(([, value]) => value !== "" && value !== undefined);
  return kept.length ? `${TABLE}?${new URLSearchParams(kept)}` : TABLE;
}

// The ways to choose rows: a title, its values, and whether a row has one of them.
function facetsOf(data) {
  const { inputs, sources } = data;
  const facets = [];
  const add = (title, values, has) => {
    if (values.filter((value) => value !== "").length > 1) facets.push({ title, values, has });
  };
  // Student and relation are of one violation: both have to fit.
  const fits = (row, relation, student) => {
    const numbers = inputs.violations[row];
    for (let k = 0; k < numbers.length; k += 3)
      if ((student < 0 || numbers[k] === student) && (relation < 0 || numbers[k + 1] === relation))
        return true;
    return false;
  };
  const place = (names, value) => (value ? names.indexOf(value) : -1);
  add("student", data.students, (row, value, choice) =>
    fits(row, place(data.relations, choice.relation), place(data.students, value)));
  add("relation", data.relations, (row, value, choice) =>
    fits(row, place(data.relations, value), place(data.students, choice.student)));
  for (const [title, values] of Object.entries(data.facets))
    add(title, values, (row, value) => values[inputs.facets[title][row]] === value);
  add("language", data.languages, (row, value) =>
    data.languages[sources.languages[inputs.sources[row]]] === value);
  add("label", data.labels, (row, value) =>
    data.labels[sources.labels[inputs.sources[row]]] === value);
  add("slice", data.slices, (row, value) =>
    sources.slices[inputs.sources[row]].includes(data.slices.indexOf(value)));
  return facets;
}

function rowsOf(data, facets, choice, programs) {
  const used = facets.filter(({ title }) => choice[title]);
  const sought = (choice.search || "").toLowerCase();
  const found = [];
  for (let row = 0; row < data.inputs.ids.length; row++) {
    if (!used.every(({ title, has }) => has(row, choice[title], choice))) continue;
    if (sought && !holds(data, row, sought, programs)) continue;
    found.push(row);
  }
  return found;
}

function holds(data, row, sought, programs) {
  if (data.inputs.ids[row].toLowerCase().includes(sought)) return true;
  const entry = programs && programs[data.inputs.sources[row]];
  if (!entry) return false;
  const changes = entry.of[row] || [];
  return entry.programs.some((text) => text.toLowerCase().includes(sought)) ||
    changes.some((hunks) => hunks.some(([, , added]) =>
      added.some((line) => line.toLowerCase().includes(sought))));
}
