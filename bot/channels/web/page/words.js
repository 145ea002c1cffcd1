// The page's own words, in the language the coach speaks.
import { $, make } from "./dom.js";

const LOCALES = { fr: "fr", ar: "ar-MA", en: "en-GB" };
export const languages = Object.keys(LOCALES);
const tables = await load();

export let language = languages.find((each) => navigator.language.startsWith(each)) ?? "fr";
export const hint = navigator.language;
export const direction = (of) => (of === "ar" ? "rtl" : "ltr");
export const word = (name, of = language) => tables[of].labels[name];

export function speak(wanted) {
  language = wanted in LOCALES ? wanted : language;
  document.documentElement.lang = language;
  document.documentElement.dir = direction(language);
  for (const each of document.querySelectorAll("[data-word]")) {
    each.textContent = word(each.dataset.word);
  }
  for (const each of document.querySelectorAll("[data-label]")) {
    const label = word(each.dataset.label);
    each.setAttribute("aria-label", label);
    if (each.tagName === "BUTTON") each.title = label;
    if (each.tagName === "TEXTAREA") each.placeholder = label;
  }
  $("#menu").replaceChildren(
    ...tables[language].commands.map(([name, text]) =>
      make("button", { "data-command": `/${name}` },
        make("b", { dir: "ltr" }, `/${name}`), make("span", {}, text)),
    ),
  );
}

export const hour = (at) =>
  new Date(at).toLocaleTimeString(LOCALES[language], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

export function day(at) {
  const ago = (new Date(at).setHours(0, 0, 0, 0) - new Date().setHours(0, 0, 0, 0)) / 864e5;
  if (Math.abs(ago) < 1.5) {
    return new Intl.RelativeTimeFormat(LOCALES[language], { numeric: "auto" }).format(Math.round(ago), "day");
  }
  return new Date(at).toLocaleDateString(LOCALES[language], { weekday: "long", day: "numeric", month: "long" });
}

async function load() {
  for (;;) {
    try {
      const answer = await fetch("/api/labels");
      if (answer.ok) return await answer.json();
    } catch {
      // The server is away: the page has nothing to say before it is back.
    }
    await new Promise((go) => setTimeout(go, 2000));
  }
}
