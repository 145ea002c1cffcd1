// What the person did, handed in one by one until the server confirms each: kept in
// localStorage (and files in the browser's cache), so that a reload loses nothing.
import { hint, language, word } from "./words.js";

const PREFIX = "coach:";
const LIMITS = { voice: 5 * 2 ** 20, file: 20 * 2 ** 20 };
const files = globalThis.caches && caches.open("coach");
const blobs = new Map();
const queue = [];
let listener;
let wake = () => {};
let isRunning = false;

// `on` has added(item), waiting(item, notice), done(item, notice) and refused(item, notice).
export function start(on) {
  listener = on;
  const keys = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  queue.push(...keys.sort().map((key) => JSON.parse(localStorage[key])));
  queue.forEach(listener.added);
  run();
}

export async function add(action, blob) {
  if (blob?.size > LIMITS[action.kind]) return listener.refused(action, word("too_big"));
  const id = newId();
  const item = { ...action, id, language: hint, place: `${Date.now()} ${id}` };
  queue.push(item);
  if (blob) blobs.set(id, blob);
  localStorage[PREFIX + item.place] = JSON.stringify(item);
  listener.added(item);
  if (blob) (await files)?.put(address(item), new Response(blob));
  run();
}

// Hand in what waits now, not later.
export const nudge = () => wake();

async function run() {
  if (isRunning) return;
  isRunning = true;
  for (let pause = 1000; queue.length; ) {
    const item = queue[0];
    const { again, after, ok, notice } = await handIn(item);
    if (again) {
      listener.waiting(item, notice);
      await rest(after || pause);
      pause = Math.min(pause * 2, 15000);
    } else {
      pause = 1000;
      queue.shift();
      delete localStorage[PREFIX + item.place];
      if (blobs.delete(item.id)) (await files)?.delete(address(item));
      (ok ? listener.done : listener.refused)(item, notice);
    }
  }
  isRunning = false;
}

async function handIn(item) {
  const isFile = item.kind in LIMITS;
  const blob = isFile && await unpack(item);
  if (isFile && !blob) return { notice: word("lost") };
  const headers = { "Accept-Language": language };
  if (!isFile) headers["Content-Type"] = "application/json";
  try {
    const answer = await fetch(isFile ? `/api/${item.kind}` : "/api/act", {
      method: "POST",
      headers,
      body: isFile ? form(item, blob) : JSON.stringify(item),
      signal: AbortSignal.timeout(isFile ? 120000 : 30000),
    });
    const { ok, status } = answer;
    const { notice } = await answer.json().catch(() => ({}));
    const after = answer.headers.get("Retry-After") * 1000;
    return { again: status >= 500 || status === 429, after, ok, notice };
  } catch {
    return { again: true };
  }
}

function form(item, blob) {
  const fields = new FormData();
  for (const name of ["id", "language", "seconds"]) {
    if (name in item) fields.set(name, item[name]);
  }
  fields.set("file", blob, item.name ?? "voice");
  return fields;
}

async function unpack(item) {
  const kept = blobs.get(item.id) ?? await (await (await files)?.match(address(item)))?.blob();
  if (kept) blobs.set(item.id, kept);
  return kept;
}

const address = (item) => `/queue/${item.id}`;

const rest = (milliseconds) => new Promise((go) => {
  wake = go;
  setTimeout(go, milliseconds);
});

// crypto.randomUUID is for https only, and the chat may be read over a home network.
const newId = () => "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (digit) =>
  (digit ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (digit / 4)))).toString(16));
