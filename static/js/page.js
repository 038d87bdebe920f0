// Small behaviours of every page. Each one improves something that already works without this file.
// All listeners sit on the document, so content swapped in later needs no set-up.

const root = document.documentElement;
root.classList.add("js");

// ---- after an answer: the focus goes to the error summary; new results are announced by their heading.
// A filter keeps the focus where it is, so that several can be chosen by keyboard; a swapped-out control loses it.

document.addEventListener("htmx:after:swap", () => {
  const summary = document.querySelector("[data-focus]");
  const heading = document.querySelector("[data-results-heading]");
  if (summary) { summary.focus(); return; }
  if (!heading) return;
  document.getElementById("announce").textContent = heading.textContent;
  if (document.activeElement === document.body) heading.focus({ preventScroll: true });
});

document.addEventListener("click", (event) => {
  const link = event.target.closest(".c-errors a[href^='#']");
  const field = link && document.getElementById(link.getAttribute("href").slice(1));
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.closest(".c-field")?.scrollIntoView({ block: "center" });
});

// ---- characters left ----

function count(area) {
  const note = document.getElementById(area.id + "-count");
  if (!note) return;
  const left = Number(area.dataset.limit) - [...area.value].length;
  note.textContent = (left < 0 ? note.dataset.over : note.dataset.left).replace("{n}", Math.abs(left));
  note.classList.toggle("c-field__count--over", left < 0);
}

// ---- an amount in figures and in words, so that 元 and 万元 are not confused ----

const DIGITS = "零壹贰叁肆伍陆柒捌玖";
const PLACES = ["", "拾", "佰", "仟"];
const GROUPS = ["", "万", "亿", "万亿"];

/** Four digits in words, without leading zeros. */
function groupWords(group) {
  let words = "";
  let gap = false;
  for (let place = 3; place >= 0; place--) {
    const digit = Math.floor(group / 10 ** place) % 10;
    if (!digit) { gap = words !== ""; continue; }
    words += (gap ? "零" : "") + DIGITS[digit] + PLACES[place];
    gap = false;
  }
  return words;
}

/** Amount of fen (safe integer, above zero) in Chinese capital numerals. */
export function capitalWords(fen) {
  if (!Number.isSafeInteger(fen) || fen <= 0) return "";
  const groups = [];
  for (let yuan = Math.floor(fen / 100); yuan > 0; yuan = Math.floor(yuan / 10000)) groups.push(yuan % 10000);
  let words = "";
  let gap = false;
  for (let index = groups.length - 1; index >= 0; index--) {
    if (!groups[index]) { gap = words !== ""; continue; }
    words += (words && (gap || groups[index] < 1000) ? "零" : "") + groupWords(groups[index]) + GROUPS[index];
    gap = false;
  }
  if (words) words += "元";
  const jiao = Math.floor(fen / 10) % 10;
  const rest = fen % 10;
  if (!jiao && !rest) return words + "整";
  if (jiao) words += DIGITS[jiao] + "角";
  else if (words) words += "零";
  return rest ? words + DIGITS[rest] + "分" : words + "整";
}

function showMoney(input) {
  const output = document.getElementById(input.dataset.moneyOutput);
  if (!output) return;
  const text = input.value.replace(/[,，\s]/g, "");
  const fen = /^\d+(\.\d+)?$/.test(text) ? Math.round(Number(text) * Number(input.dataset.money) * 100) : 0;
  if (!fen || !Number.isSafeInteger(fen)) { output.textContent = ""; return; }
  const figures = (fen / 100).toLocaleString("zh-CN", { minimumFractionDigits: fen % 100 ? 2 : 0 });
  const words = root.lang.startsWith("zh") ? " · " + output.dataset.words + " " + capitalWords(fen) : "";
  output.textContent = output.dataset.pattern.replace("{n}", figures) + words;
}

document.addEventListener("input", (event) => {
  if (event.target.dataset.limit) count(event.target);
  if (event.target.dataset.money) showMoney(event.target);
});

// ---- dialogs: a link to the question's own page opens the dialog in place ----

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  const dialog = opener && document.getElementById(opener.dataset.dialog);
  if (dialog && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    dialog.showModal();
  }
  if (event.target.closest("[data-dialog-close]")) event.target.closest("dialog").close();
  if (event.target.closest("[data-print]")) print();
});

// ---- menus close by Escape and by a click elsewhere ----

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.c-menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target.closest?.("details.c-menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// ---- a form is sent once; the server's idempotency key is the real guard ----

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("hx-post")) return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "1";
  setTimeout(() => delete form.dataset.sent, 5000);
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// ---- once, at the start ----

if (matchMedia("(max-width: 63.99rem)").matches) {
  for (const drawer of document.querySelectorAll("[data-drawer]")) drawer.open = false;
}
for (const area of document.querySelectorAll("[data-limit]")) count(area);
for (const input of document.querySelectorAll("[data-money]")) showMoney(input);
document.querySelector("[data-focus]")?.focus();
