// Where one writes: text, commands, files, and changes to a message sent before.
import { $ } from "./dom.js";
import * as voice from "./voice.js";

const form = $("#composer");
const area = $("textarea");
const menu = $("#menu");
let edited = null; // the seq of the message being changed
let draft = ""; // what was being written before

export function start(send) {
  area.value = localStorage.draft ?? "";
  fit();
  area.addEventListener("input", fit);
  area.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && edited) leaveEdit();
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = area.value.trim();
    if (!text) return;
    send(edited ? { kind: "edit", seq: edited, text } : { kind: "text", text });
    leaveEdit();
  });
  $("#editing button").addEventListener("click", leaveEdit);
  menu.addEventListener("click", (event) => {
    const text = event.target.closest("button")?.dataset.command;
    if (!text) return;
    menu.hidePopover();
    send({ kind: "text", text });
    area.focus();
  });
  const chosen = $("#chosen");
  $("#attach").addEventListener("click", () => chosen.click());
  chosen.addEventListener("change", () => {
    for (const file of chosen.files) send({ kind: "file", name: file.name }, file);
    chosen.value = "";
  });
  voice.start((seconds, blob) => send({ kind: "voice", seconds }, blob));
}

export function edit({ seq, text }) {
  if (!edited) draft = area.value;
  edited = seq;
  $("#editing").hidden = false;
  write(text);
}

// Give a text back to its writer, unless they are writing another.
export function restore(text) {
  if (!area.value) write(text);
}

function leaveEdit() {
  edited = null;
  $("#editing").hidden = true;
  write(draft);
  draft = "";
}

function write(text) {
  area.value = text;
  fit();
  area.focus();
}

function fit() {
  localStorage.draft = edited ? draft : area.value;
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight}px`;
  form.classList.toggle("filled", area.value.trim() !== "");
}
