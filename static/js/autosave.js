// Nothing typed is lost. A form[data-autosave] is posted to that address 2 s after typing stops, when a field is
// left and when the page is left. The server answers {"time": "14:25", "version": "8"} or 204; 409 means that
// somebody else changed the draft. When the server cannot be reached a copy without secrets stays in this
// browser for 24 hours. Whoever was signed out signs in again, here or in another tab, and goes on. The words are in
// data-* attributes of the status line.

const WAIT = 2000; // milliseconds after the last key
const KEEP = 24 * 3600 * 1000;
const SECRET = "[type=password], [type=file], [data-secret], [autocomplete=one-time-code], [name=csrf_token], [name=version], [name=request_key]";

const clockTime = (at) => new Date(at).toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: "Asia/Shanghai" });

/** Is it the answer to somebody who is not signed in any more, or has signed in again since the page was made? */
const refused = (answer) => answer.type === "opaqueredirect" || [400, 401, 403].includes(answer.status);

/** What the form holds, as [name, value] pairs without files, passwords and tokens. */
function harmless(form) {
  const secret = new Set([...form.querySelectorAll(SECRET)].map((control) => control.name));
  return [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !secret.has(name));
}

function fill(form, pairs) {
  const values = new Map();
  for (const [name, value] of pairs) values.set(name, [...(values.get(name) ?? []), value]);
  const places = new Map();
  for (const control of form.elements) {
    if (!control.name || control.matches(SECRET) || control.type === "submit" || control.type === "hidden") continue;
    const given = values.get(control.name) ?? [];
    if (control.type === "checkbox" || control.type === "radio") control.checked = given.includes(control.value);
    else if (control.type === "select-multiple") for (const option of control.options) option.selected = given.includes(option.value);
    else {
      const place = places.get(control.name) ?? 0;
      places.set(control.name, place + 1);
      if (place < given.length) control.value = given[place];
    }
    control.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

class Draft {
  constructor(form) {
    this.form = form;
    this.key = "draft:" + form.dataset.autosave;
    this.skew = (Number(form.dataset.now) || Date.now()) - Date.now();
    this.status = form.querySelector("[data-autosave-status]");
    this.discard = form.querySelector("[data-autosave-discard]");
    this.dirty = this.saving = this.stopped = false;
    this.restore();
    form.addEventListener("input", () => this.changed());
    form.addEventListener("change", () => this.changed());
    form.addEventListener("focusout", () => this.save());
    form.addEventListener("submit", (event) => this.submitted(event));
    addEventListener("pagehide", () => this.leave());
    document.addEventListener("visibilitychange", () => this.save()); // on leaving, and on coming back from signing in
    this.discard?.addEventListener("click", () => { this.forget(); this.stopped = true; location.reload(); });
  }

  now() { return Date.now() + this.skew; }

  say(word, at = this.now(), time = clockTime(at)) {
    if (!this.status) return;
    this.status.textContent = (this.status.dataset[word] ?? word).replace("{time}", time);
    this.status.dataset.state = ["saved", "saving", "restored"].includes(word) ? "well" : "problem";
  }

  changed() {
    if (this.restoring) return;
    this.dirty = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), WAIT);
  }

  body() {
    const body = new FormData(this.form);
    for (const control of this.form.querySelectorAll("[type=file], [type=password]")) body.delete(control.name);
    body.delete("request_key"); // it belongs to the final submission, which must not look like a repetition
    return body;
  }

  async save() {
    if (!this.dirty || this.saving || this.stopped || !this.form.isConnected) return;
    clearTimeout(this.timer);
    this.dirty = false;
    this.saving = true;
    try {
      let answer = await this.post();
      if (refused(answer) && await this.renew()) answer = await this.post();
      await this.answered(answer);
    } catch {
      this.failed("local");
    }
    this.saving = false;
    if (this.waiting) this.form.requestSubmit(this.waiting.submitter);
    else if (this.dirty) this.changed();
  }

  post() {
    return fetch(this.form.dataset.autosave, {
      method: "POST", body: this.body(), redirect: "manual", headers: { Accept: "application/json" },
    });
  }

  /** After signing in again the token of this page is worth nothing: take that of a page made now, if there is one. */
  async renew() {
    const answer = await fetch(location.href, { redirect: "manual" });
    if (!answer.ok) return false;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const token = page.querySelector("[name=csrf_token]")?.value;
    for (const field of document.querySelectorAll("[name=csrf_token]")) field.value = token ?? field.value;
    return Boolean(token);
  }

  async answered(answer) {
    if (answer.ok) {
      const told = answer.status === 204 ? {} : await answer.json().catch(() => ({}));
      const version = this.form.elements.namedItem("version");
      if (version && told.version !== undefined) version.value = told.version;
      this.forget();
      this.say("saved", this.now(), told.time);
    } else if (answer.status === 409) {
      const told = await answer.json().catch(() => ({}));
      this.stopped = true;
      this.keep();
      this.say(told.message ?? "conflict");
    } else if (refused(answer)) {
      this.failed("signedout");
    } else {
      this.failed("local");
    }
  }

  failed(word) {
    this.dirty = true;
    this.say(this.keep() ? word : "failed");
  }

  submitted(event) {
    if (this.saving && this.dirty && !this.waiting) { // an older text is on its way: first hear its version, which this one replaces
      event.preventDefault();
      this.waiting = { submitter: event.submitter };
      return;
    }
    this.waiting = null;
    this.keep(); // in case the answer never comes; dropped when a newer version is seen
    this.stopped = true;
    setTimeout(() => { this.stopped = false; }, 5000);
  }

  leave() {
    if (!this.dirty || this.stopped || !this.form.isConnected) return;
    this.keep();
    navigator.sendBeacon(this.form.dataset.autosave, this.body());
  }

  keep() {
    try {
      localStorage.setItem(this.key, JSON.stringify({ at: this.now(), put: Date.now(), pairs: harmless(this.form) }));
      return true;
    } catch {
      return false;
    }
  }

  forget() {
    try { localStorage.removeItem(this.key); } catch { /* storage is switched off */ }
  }

  restore() {
    let kept = null;
    try { kept = JSON.parse(localStorage.getItem(this.key)); } catch { return; }
    if (!kept) return;
    const stored = Number(this.form.dataset.savedAt) || 0;
    if (kept.at <= stored || this.now() - kept.at > KEEP) { this.forget(); return; }
    if (this.form.querySelector("[aria-invalid=true]")) return; // the answer already holds what was sent
    this.restoring = true;
    fill(this.form, kept.pairs);
    this.restoring = false;
    this.dirty = true;
    this.say("restored", kept.at);
    if (this.discard) this.discard.hidden = false;
  }
}

function sweep() {
  for (const key of Object.keys(localStorage).filter((name) => name.startsWith("draft:"))) {
    const kept = JSON.parse(localStorage.getItem(key));
    if (Date.now() - kept.put > KEEP) localStorage.removeItem(key); // by this browser's clock, the site's may be another
  }
}

try { sweep(); } catch { /* storage is switched off or holds something foreign */ }

function watch() {
  for (const form of document.querySelectorAll("form[data-autosave]:not([data-watched])")) {
    form.dataset.watched = "1";
    new Draft(form);
  }
}

watch();
document.addEventListener("htmx:after:swap", watch);
