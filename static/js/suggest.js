// Suggestions under a search box: the combobox pattern with a list that never takes the focus.
// <input data-suggest="/suggest"> asks GET /suggest?q=… for {"items": [{text, kind, href?}]}.

const WAIT = 200; // milliseconds after the last key
const MOST = 8;

class Suggestions {
  constructor(input) {
    this.input = input;
    this.items = [];
    this.at = -1;
    this.list = document.createElement("ul");
    this.list.className = "c-suggest";
    this.list.id = input.id + "-suggestions";
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", input.dataset.suggestLabel);
    this.status = document.createElement("p");
    this.status.className = "u-hidden";
    this.status.setAttribute("role", "status");
    input.after(this.list, this.status);
    for (const [name, value] of Object.entries({
      role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id,
    })) input.setAttribute(name, value);
    this.listen();
  }

  listen() {
    const { input, list } = this;
    input.addEventListener("input", (event) => { if (!event.isComposing) this.later(); });
    input.addEventListener("compositionend", () => this.later());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => this.close());
    list.addEventListener("mousedown", (event) => event.preventDefault()); // keeps the focus in the box
    list.addEventListener("click", (event) => {
      const row = event.target.closest("[role=option]");
      if (row) this.choose([...list.children].indexOf(row));
    });
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), WAIT);
  }

  async ask() {
    const query = this.input.value.trim();
    this.asked?.abort();
    if (!query) { this.close(); return; }
    this.asked = new AbortController();
    const address = this.input.dataset.suggest + "?" + new URLSearchParams({ q: query });
    try {
      const answer = await fetch(address, { signal: this.asked.signal, headers: { Accept: "application/json" } });
      if (!answer.ok) { this.close(); return; }
      this.show((await answer.json()).items.slice(0, MOST));
    } catch { /* a newer question, or no network: the box itself still works */ }
  }

  show(items) {
    if (document.activeElement !== this.input) return;
    this.items = items;
    this.at = -1;
    this.list.replaceChildren(...items.map((item, index) => this.row(item, index)));
    this.list.hidden = items.length === 0;
    this.input.setAttribute("aria-expanded", String(items.length > 0));
    this.input.removeAttribute("aria-activedescendant");
    const { suggestCount, suggestNone } = this.input.dataset;
    this.status.textContent = items.length ? suggestCount.replace("{n}", items.length) : suggestNone;
  }

  row(item, index) {
    const row = document.createElement("li");
    row.className = "c-suggest__item";
    row.id = `${this.list.id}-${index}`;
    row.setAttribute("role", "option");
    row.setAttribute("aria-selected", "false");
    const text = document.createElement("span");
    text.textContent = item.text;
    const kind = document.createElement("span");
    kind.className = "c-suggest__kind";
    kind.textContent = item.kind ?? "";
    row.append(text, kind);
    return row;
  }

  key(event) {
    if (event.isComposing) return;
    const open = !this.list.hidden;
    if (event.key === "Escape" && open) { event.preventDefault(); this.close(); }
    else if (event.key === "ArrowDown" && open) { event.preventDefault(); this.move(1); }
    else if (event.key === "ArrowUp" && open) { event.preventDefault(); this.move(-1); }
    else if (event.key === "Enter" && open && this.at >= 0) { event.preventDefault(); this.choose(this.at); }
  }

  move(step) {
    this.list.children[this.at]?.setAttribute("aria-selected", "false");
    const places = this.items.length + 1; // the extra place is the box itself
    this.at = ((this.at + 1 + step + places) % places) - 1;
    const row = this.list.children[this.at];
    if (!row) { this.input.removeAttribute("aria-activedescendant"); return; }
    row.setAttribute("aria-selected", "true");
    this.input.setAttribute("aria-activedescendant", row.id);
  }

  choose(index) {
    const item = this.items[index];
    this.close();
    if (item.href) { location.assign(item.href); return; }
    this.input.value = item.text;
    this.input.form.requestSubmit();
  }

  close() {
    clearTimeout(this.timer);
    this.list.hidden = true;
    this.at = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

function watch() {
  for (const input of document.querySelectorAll("input[data-suggest]:not([role=combobox])")) new Suggestions(input);
}

watch();
document.addEventListener("htmx:after:swap", watch);
