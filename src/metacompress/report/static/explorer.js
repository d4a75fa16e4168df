// The table of inputs: chosen, searched, sorted, and opened one by one.
const STEP = 50;

class Explorer {
  constructor(data) {
    this.data = data;
    this.facets = facetsOf(data);
    this.columns = columnsOf(data);
    this.choice = chosen() || {};
    this.limit = STEP;
    this.programs = null;
    this.rowOf = new WeakMap();
    this.box = document.getElementById("explorer");
    this.body = document.querySelector("#rows tbody");
    this.makeFilters();
    this.makeHead();
    document.getElementById("more").addEventListener("click", () => this.showMore());
    this.box.hidden = false;
    document.getElementById("not-unpacked").remove();
  }

  makeFilters() {
    const filters = this.box.querySelector(".filters");
    this.selects = this.facets.map(({ title, values }) => {
      const select = element("select", { id: `choose-${title}` }, element("option", { value: "" }, "all"),
        ...values.filter((value) => value !== "").map((value) => element("option", { value }, value)));
      select.addEventListener("change", () => this.choose({ [title]: select.value }));
      filters.append(element("label", {}, `${title} `, select));
      return [title, select];
    });
    this.search = document.getElementById("search");
    let waiting;
    this.search.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => this.choose({ search: this.search.value }), 150);
    });
    const clear = element("button", { type: "button" }, "Clear");
    clear.addEventListener("click", () => this.choose(null));
    filters.append(clear);
  }

  makeHead() {
    this.heads = this.columns.map((column) => {
      const button = element("button", { type: "button" }, column.title);
      button.addEventListener("click", () => {
        const down = this.choice.sort === column.name ? this.choice.order !== "down" : !column.text;
        this.choose({ sort: column.name, order: down ? "down" : "up" });
      });
      // Chromium repeats a head on every sheet of paper, but no button in it.
      return element("th", { scope: "col", class: column.text ? "" : "n" }, button,
        element("span", { class: "on-paper" }, column.title));
    });
    const longest = this.data.inputs.ids.reduce((most, id) => Math.max(most, id.length), 0);
    document.getElementById("rows").style.setProperty("--longest-id", `${longest + 6}ch`);
    document.querySelector("#rows thead").append(element("tr", {}, ...this.heads));
  }

  // A choice of the reader's: it goes into the address, and the page stays where it is.
  choose(change) {
    const { input, ...before } = this.choice;
    this.choice = change ? { ...before, ...change } : {};
    history.replaceState(null, "", addressOf(this.choice));
    this.limit = STEP;
    return this.show();
  }

  async follow(choice) {
    this.choice = choice;
    this.limit = STEP;
    await this.show();
    const opened = choice.input && await this.open(choice.input);
    (opened || document.getElementById("inputs")).scrollIntoView();
    (opened ? opened.querySelector("button") : document.getElementById("inputs-title"))
      .focus({ preventScroll: true });
  }

  async show() {
    for (const [title, select] of this.selects) select.value = this.choice[title] || "";
    if (this.search.value !== (this.choice.search || "")) this.search.value = this.choice.search || "";
    if (this.choice.search && !this.programs) this.programs = await unpack("packed-programs");
    const rows = rowsOf(this.data, this.facets, this.choice, this.programs);
    this.rows = this.sorted(rows);
    this.columns.forEach((column, index) => {
      const direction = { up: "ascending", down: "descending" }[this.choice.order];
      if (column.name === this.choice.sort) this.heads[index].setAttribute("aria-sort", direction);
      else this.heads[index].removeAttribute("aria-sort");
    });
    this.body.replaceChildren();
    this.draw(0, this.limit);
  }

  sorted(rows) {
    const column = this.columns.find(({ name }) => name === this.choice.sort);
    if (!column) return rows;
    const sign = this.choice.order === "down" ? -1 : 1;
    const values = new Map(rows.map((row) => [row, column.value(row, this.choice)]));
    const compare = (a, b) => (typeof a === "string" ? a.localeCompare(b, "en", { numeric: true }) : a - b);
    return [...rows].sort((a, b) => sign * compare(values.get(a), values.get(b)) || a - b);
  }

  draw(from, until) {
    this.body.append(...this.rows.slice(from, until).map((row) => this.line(row)));
    const shown = Math.min(until, this.rows.length), all = this.data.inputs.ids.length;
    document.getElementById("found").textContent =
      `${this.rows.length.toLocaleString("en")} of ${all.toLocaleString("en")} inputs` +
      (shown < this.rows.length ? `, ${shown.toLocaleString("en")} shown` : "");
    document.getElementById("more").hidden = shown >= this.rows.length;
  }

  showMore(count = 4 * STEP) {
    const from = Math.min(this.limit, this.rows.length);
    this.limit += count;
    this.draw(from, this.limit);
  }

  // On paper nothing can be opened: below each input stands what it violates.
  layOut() {
    this.showMore(this.rows.length);
    if (!this.data.relations.length) return;
    for (const line of this.body.querySelectorAll("tr[data-key]")) {
      const found = violationsByStudent(this.data, this.rowOf.get(line)).join("; ");
      line.after(element("tr", { class: "on-paper" }, element("td", { colspan: this.columns.length }, found)));
    }
  }

  takeBack() {
    for (const line of this.body.querySelectorAll("tr.on-paper")) line.remove();
  }

  line(row) {
    const key = this.data.inputs.keys[row];
    const line = element("tr", { "data-key": key });
    this.rowOf.set(line, row);
    this.columns.forEach((column, index) => {
      const cell = element("td", column.text ? {} : { class: "n" });
      if (index === 0) {
        const button = element("button", { type: "button", "aria-expanded": "false" },
          this.data.inputs.ids[row]);
        button.addEventListener("click", () => this.toggle(line, row));
        cell.append(button, " ", element("a", { class: "anchor", href: addressOf({ input: key }),
          "aria-label": `Link to ${key}` }, "#"));
      } else cell.append(...column.cell(row, this.choice));
      line.append(cell);
    });
    return line;
  }

  async toggle(line, row) {
    const button = line.querySelector("button");
    const open = button.getAttribute("aria-expanded") === "true";
    button.setAttribute("aria-expanded", String(!open));
    if (open) return line.nextElementSibling.remove();
    const cell = element("td", { colspan: this.columns.length });
    line.after(element("tr", { class: "opened" }, cell));
    cell.append(await counterexample(this.data, row));
  }

  // Opens the row of a link; null where it is not in the page.
  async open(key) {
    const place = this.rows.findIndex((row) => this.data.inputs.keys[row] === key);
    if (place < 0) return null;
    if (place >= this.limit) this.showMore(place + 1 - this.limit);
    const line = this.body.querySelector(`tr[data-key="${CSS.escape(key)}"]`);
    await this.toggle(line, this.rows[place]);
    return line;
  }
}

// The columns: how each is shown and what it is sorted by.
function columnsOf(data) {
  const { inputs, sources } = data;
  const text = (name, value) => ({ name, title: name, text: true, value, cell: (row) => [value(row)] });
  const last = (row) => (inputs.probabilities[row] === 0
    ? sources.probabilities[inputs.sources[row]] : inputs.probabilities[row]);
  const columns = [text("id", (row) => inputs.ids[row])];
  for (const [title, values] of Object.entries(data.facets))
    if (title !== "inputs") columns.push(text(title, (row) => values[inputs.facets[title][row]] || "source"));
  // The largest difference of a class's probability between the teacher and the chosen student.
  const gap = (row, choice) => {
    const [teacher, ...others] = last(row);
    const wanted = data.models.indexOf(choice.student) - 1;
    return Math.max(...others.filter((_, index) => wanted < 0 || index === wanted)
      .map((p) => Math.max(...p.map((value, index) => Math.abs(value - teacher[index])))));
  };
  if (data.relations.length)
    columns.push({ name: "violated", title: "violations",
      value: (row) => inputs.violations[row].length / 3,
      cell: (row) => [inputs.violations[row].length / 3] });
  if (data.models.length > 1)
    columns.push({ name: "gap", title: "gap", value: gap,
      cell: (row, choice) => [(gap(row, choice) / 1000).toFixed(3)] });
  for (const [title, values] of Object.entries(inputs.figures))
    columns.push({ name: title, title, value: (row) => values[row] ?? -1,
      cell: (row) => [values[row] === null ? "–" : values[row].toLocaleString("en")] });
  if (sources.labels.some((label) => label >= 0))
    columns.push(text("label", (row) => data.labels[sources.labels[inputs.sources[row]]] || ""));
  data.models.forEach((name, index) => columns.push({
    name: `p-${name}`, title: name, text: true,
    value: (row) => last(row)[index].at(-1),
    cell: (row) => [answer(data, last(row)[index])],
  }));
  return columns;
}
