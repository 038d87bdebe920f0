// Files with progress. A form[data-upload] is sent by XMLHttpRequest, which can tell how far it is; the answer's
// page then takes the place of this one. Type, size and number are looked at before sending; the server decides.

const UNITS = ["B", "KB", "MB", "GB"];

function sizeText(bytes) {
  let unit = 0;
  while (bytes >= 1000 && unit < UNITS.length - 1) { bytes /= 1000; unit += 1; }
  return `${unit ? bytes.toFixed(1) : bytes} ${UNITS[unit]}`;
}

function accepted(file, accept) {
  const name = file.name.toLowerCase();
  return accept.split(",").map((entry) => entry.trim().toLowerCase()).some((entry) =>
    entry.startsWith(".") ? name.endsWith(entry) : entry.endsWith("/*") ? file.type.startsWith(entry.slice(0, -1)) : file.type === entry);
}

/** The first complaint about the chosen files: [word, values], or null. */
function complaint(input) {
  const files = [...input.files];
  const most = Number(input.dataset.maxFiles);
  const largest = Number(input.dataset.maxBytes);
  if (most && files.length > most) return ["tooMany", { limit: most }];
  for (const file of files) {
    if (file.size === 0) return ["empty", { name: file.name }];
    if (largest && file.size > largest) return ["tooLarge", { name: file.name, limit: sizeText(largest) }];
    if (input.accept && !accepted(file, input.accept)) return ["wrongType", { name: file.name }];
  }
  return null;
}

function say(panel, word, values = {}, bad = false) {
  const text = Object.entries(values).reduce((line, [name, value]) => line.replace(`{${name}}`, value), panel.dataset[word]);
  panel.hidden = false;
  panel.classList.toggle("c-upload--bad", bad);
  panel.querySelector("progress").hidden = bad;
  panel.querySelector(".c-upload__text").textContent = text;
}

function firstComplaint(form) {
  for (const input of form.querySelectorAll("input[type=file]")) {
    const found = complaint(input);
    if (found) return found;
  }
  return null;
}

/** Puts the main part of the answered page in place of this one, keeping history and title right. */
function turnTo(request) {
  const page = new DOMParser().parseFromString(request.responseText, "text/html");
  const main = page.querySelector("main");
  if (!main) { location.assign(request.responseURL); return; }
  document.title = page.title;
  document.querySelector("main").replaceWith(main);
  if (request.responseURL !== location.href) {
    history.pushState({}, "", request.responseURL);
    addEventListener("popstate", () => location.reload(), { once: true });
  }
  globalThis.htmx?.process(main);
  (main.querySelector("[data-focus]") ?? main).focus();
  scrollTo(0, 0);
}

function send(form, submitter, panel) {
  const cancel = panel.querySelector("[data-upload-cancel]");
  const request = new XMLHttpRequest();
  const body = new FormData(form);
  if (submitter?.name) body.append(submitter.name, submitter.value);
  const stop = () => request.abort();
  const done = () => { delete form.dataset.uploading; cancel.hidden = true; cancel.removeEventListener("click", stop); };
  request.upload.addEventListener("progress", (event) => {
    if (!event.lengthComputable) return;
    const percent = Math.round((event.loaded / event.total) * 100);
    panel.querySelector("progress").value = percent;
    say(panel, percent < 100 ? "sending" : "waiting", { percent: percent + "%", sent: sizeText(event.loaded), total: sizeText(event.total) });
  });
  request.addEventListener("load", () => {
    done();
    if (request.status >= 500 || request.status === 413) say(panel, "failed", {}, true);
    else turnTo(request);
  });
  request.addEventListener("error", () => { done(); say(panel, "failed", {}, true); });
  request.addEventListener("abort", () => { done(); say(panel, "cancelled", {}, true); });
  request.open("POST", form.action);
  form.dataset.uploading = "1";
  cancel.hidden = false;
  cancel.addEventListener("click", stop);
  request.send(body);
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-upload]");
  const panel = form?.querySelector("[data-upload-status]");
  if (!panel) return;
  const found = firstComplaint(form);
  const chosen = [...form.querySelectorAll("input[type=file]")].some((input) => input.files.length);
  if (!found && !chosen) return; // nothing to show progress for
  event.preventDefault();
  if (found) say(panel, found[0], found[1], true);
  else if (!form.dataset.uploading) send(form, event.submitter, panel);
}, true);

document.addEventListener("change", (event) => {
  if (event.target.type !== "file") return;
  const panel = event.target.form?.querySelector("[data-upload-status]");
  const found = panel && complaint(event.target);
  if (found) say(panel, found[0], found[1], true);
  else if (panel) panel.hidden = true;
});
