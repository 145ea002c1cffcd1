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

export function markup(html) {
  const all = new DocumentFragment();
  let here = all;
  for (const piece of html.split(/(<\/?[bi]>)/)) {
    if (/^<[bi]>$/.test(piece)) here = here.appendChild(make(piece[1]));
    else if (/^<\/[bi]>$/.test(piece)) here = here.parentNode ?? all;
    else here.append(...linked(piece.replace(/&(lt|gt|amp);/g, (sign) => SIGNS[sign])));
  }
  return all;
}

// Addresses open, and commands send themselves. (U+2066 to U+2069 isolate Latin runs in Arabic.)
const PIECE = /https?:\/\/[^\s<>"\u2066-\u2069]*[^\s<>"\u2066-\u2069.,;:!?)»]|(?<![\w\/.])\/[a-z_]{2,32}(?![\w\/])/g;

function* linked(text) {
  let end = 0;
  for (const { 0: piece, index } of text.matchAll(PIECE)) {
    yield text.slice(end, index);
    yield piece[0] === "/"
      ? make("button", { class: "command", "data-command": piece, dir: "ltr" }, piece)
      : make("a", { href: piece, target: "_blank", dir: "ltr" }, piece);
    end = index + piece.length;
  }
  yield text.slice(end);
}

export function toast(text) {
  if (!text) return;
  const note = make("p", { dir: "auto" }, text);
  $("#toasts").replaceChildren(note);
  setTimeout(() => note.remove(), 2000 + text.length * 40);
}
