// Making elements, and showing the coach's small HTML without ever trusting it.

export const $ = (selector) => document.querySelector(selector);

export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) element.setAttribute(name, value);
  }
  if (tag === "button") element.type = tag;
  element.append(...children);
  return element;
}

// <b> and <i> are elements, `&lt;` and its like are signs, and anything else is text.
const SIGNS = { "&lt;": "<", "&gt;": ">", "&amp;": "&" };

export function markup(html, commands) {
  const all = new DocumentFragment();
  let here = all;
  for (const piece of html.split(/(<\/?[bi]>)/)) {
    if (/^<[bi]>$/.test(piece)) here = here.appendChild(make(piece[1]));
    else if (/^<\/[bi]>$/.test(piece)) here = here.parentNode ?? all;
    else here.append(...linked(piece.replace(/&(lt|gt|amp);/g, (sign) => SIGNS[sign]), commands));
  }
  return all;
}

// Addresses open, and commands the coach knows send themselves. (U+2066 and U+2069 isolate
// Latin runs in Arabic.)
const PIECE = /(https?:\/\/[^\s<>"\u2066-\u2069]*[^\s<>"\u2066-\u2069.,;:!?)»])|((?<![\w\/])\/\u2066?[a-z_]+)/g;

function* linked(text, commands) {
  let end = 0;
  for (const match of text.matchAll(PIECE)) {
    const [piece, address] = match;
    const command = piece.replace("\u2066", "");
    if (!address && !commands.has(command)) continue;
    yield text.slice(end, match.index);
    end = match.index + piece.length;
    yield address
      ? make("a", { href: address, target: "_blank", dir: "ltr" }, address)
      : make("button", { class: "command", "data-command": command, dir: "ltr" }, command);
    if (!address && piece !== command && text[end] === "\u2069") end += 1;
  }
  yield text.slice(end);
}

export function toast(text) {
  if (!text) return;
  const note = make("p", { dir: "auto" }, text);
  $("#toasts").append(note);
  setTimeout(() => note.remove(), 3000 + text.length * 60);
}
