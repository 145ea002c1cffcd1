// The messages on screen: added, rewritten in place, and never jumping under a reader's eyes.
import { $, make, markup } from "./dom.js";
import { day, direction, hour, language, speak, word } from "./words.js";

const log = $("#log");
const pill = $("#pill");
const shown = new Map(); // a row's seq -> its element
const waiting = new Map(); // an action's id -> the element of a message not confirmed yet
let unread = 0;
let follows = true; // new messages; a reader who scrolled up is left in peace
let height = 0;

// Rows of the transcript, new or rewritten.
export function show(rows) {
  keepPlace(() => rows.map((row) => {
    const element = shown.get(row.seq) ?? waiting.get(row.id) ?? make("div");
    waiting.delete(row.id);
    const isNew = !shown.has(row.seq);
    shown.set(row.seq, element);
    render(element, row);
    place(element);
    return isNew && row.side === "coach" ? element : undefined;
  }));
  const last = [...log.children].findLast((each) => each.row?.language);
  if (last && last.row.language !== language) speak(last.row.language);
  relabel();
}

// The oldest message still kept; all go when there is none.
export function dropBefore(first) {
  for (const [seq, element] of shown) {
    if (first && seq >= first) continue;
    element.remove();
    shown.delete(seq);
  }
  log.setAttribute("aria-live", "polite");
  relabel();
}

// The person's own message, before the server has it.
export function expect(id, row) {
  const element = make("div");
  waiting.set(id, element);
  render(element, { ...row, id, side: "me", at: new Date().toISOString(), state: "sending" });
  log.append(element);
  relabel();
  scrollTo(element);
}

export function setState(id, state) {
  const element = waiting.get(id);
  if (element && element.row.state !== state) render(element, { ...element.row, state });
}

export function forget(id) {
  waiting.get(id)?.remove();
  waiting.delete(id);
  relabel();
}

// While a press is on its way its message takes no other.
export function lock(seq, isLocked) {
  for (const key of shown.get(seq)?.querySelectorAll(".keys button") ?? []) {
    key.setAttribute("aria-disabled", isLocked);
  }
}

function render(element, row) {
  const focused = [...element.querySelectorAll("button")].indexOf(document.activeElement);
  element.row = row;
  element.className = `row ${row.side}`;
  const own = row.side === "me";
  const tongue = own ? {} : { lang: row.language, dir: direction(row.language) };
  const bubble = make("div", { class: "bubble", ...tongue });
  bubble.append(make("span", { class: "unseen" }, `${word(own ? "you" : "name")} : `), ...parts(row), meta(row));
  element.replaceChildren(bubble);
  if (own && row.seq && row.text && !row.command) element.prepend(pencil());
  if (row.buttons) element.append(make("div", { class: "keys", ...tongue }, ...row.buttons.map(keys)));
  if (focused >= 0) {
    const buttons = element.querySelectorAll("button");
    (buttons[Math.min(focused, buttons.length - 1)] ?? log).focus({ preventScroll: true });
  }
}

function* parts({ side, text, voice, file }) {
  const piece = (...content) => make("div", { class: "text" }, ...content);
  if (text) yield piece(side === "me" ? text : markup(text));
  if (voice !== undefined) yield piece(`🎤 ${word("voice")} · ${clock(voice)}`);
  if (file) yield piece("📎 ", file.href ? make("a", { href: file.href, download: file.name }, file.name) : file.name);
}

function meta(row) {
  const line = make("div", { class: "meta", dir: direction(language) });
  if (row.edited) line.append(`${word("edited")} · `);
  line.append(make("time", { datetime: row.at }, hour(row.at)));
  if (row.state) line.append(` · ${word(row.state)} `);
  if (row.state === "not_sent") line.append(make("button", { class: "retry" }, word("retry")));
  return line;
}

const pencil = () => make("button", { class: "icon pencil", "aria-label": word("edit") }, "✎");

const keys = (line) =>
  make("div", {}, ...line.map(({ token, label }) => make("button", { "data-token": token }, label)));

export const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

// Rows stand by seq; what the server does not know yet stands below them.
function place(element) {
  const after = [...log.children].findLast((each) => each !== element && each.row.seq < element.row.seq);
  const next = after ? after.nextSibling : log.firstChild;
  if (next !== element) log.insertBefore(element, next);
}

function relabel() {
  let before = "";
  $("#welcome").hidden = log.children.length > 0;
  for (const element of log.children) {
    const label = day(element.row.at);
    if (label !== before) element.dataset.day = label;
    else delete element.dataset.day;
    before = label;
  }
}

const isAtEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < 60;

function keepPlace(change) {
  const anchor = [...log.children].find((each) => each.offsetTop + each.offsetHeight > log.scrollTop);
  const top = anchor?.getBoundingClientRect().top;
  const added = change().filter(Boolean);
  if (document.hidden) setUnread(unread + added.length);
  if (follows) scrollTo(added.length < 4 && added[0] || log.lastElementChild);
  else {
    if (anchor?.isConnected) log.scrollTop += anchor.getBoundingClientRect().top - top;
    if (added.length) pill.hidden = false;
  }
}

// To the end; but to the beginning of a message that is taller than the screen.
function scrollTo(element) {
  const start = element ? element.offsetTop - log.offsetTop - 12 : 0;
  log.scrollTop = log.scrollHeight - start > log.clientHeight ? start : log.scrollHeight;
  follows = isAtEnd();
}

function setUnread(count) {
  unread = count;
  document.title = `${count ? `(${count}) ` : ""}${word("name")}`;
}

pill.addEventListener("click", () => { log.scrollTop = log.scrollHeight; log.focus(); });
log.addEventListener("scroll", () => {
  if (log.clientHeight === height) follows = isAtEnd();
  if (follows) pill.hidden = true;
});
// The keyboard opens, or a long text grows: the end stays in sight.
new ResizeObserver(() => {
  height = log.clientHeight;
  if (follows) log.scrollTop = log.scrollHeight;
}).observe(log);
document.addEventListener("visibilitychange", () => { if (!document.hidden) setUnread(0); });
