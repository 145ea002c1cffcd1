// Ties the page together.
import * as composer from "./composer.js";
import { $, make, toast } from "./dom.js";
import * as log from "./log.js";
import * as queue from "./queue.js";
import { follow } from "./stream.js";
import { direction, language, languages, speak, word } from "./words.js";

speak(language);
for (const each of languages.toReversed()) {
  $("#welcome img").after(make("p", { lang: each, dir: direction(each) }, word("welcome", each)));
}

queue.start({
  added(item) {
    if (item.kind === "press") log.lock(item.message, true);
    else if (item.kind !== "edit") {
      log.expect(item.id, { text: item.text, voice: item.seconds, file: item.name && { name: item.name } });
    }
  },
  waiting(item, notice) {
    log.setState(item.id, "not_sent");
    if (!item.told) toast(notice);
    item.told = true;
  },
  done(item, notice) {
    log.setState(item.id, undefined);
    toast(notice);
    // The message is rewritten in a moment; only if it is not may it be pressed once more.
    if (item.kind === "press") setTimeout(log.lock, 500, item.message, false);
  },
  refused(item, notice) {
    log.forget(item.id);
    log.lock(item.message, false);
    toast(notice ?? word("busy"));
    if (item.text) composer.restore(item.text);
  },
});

composer.start(queue.add);

document.addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  const row = button?.closest(".row")?.row;
  if (!button || button.ariaDisabled === "true") return;
  if (button.dataset.token) queue.add({ kind: "press", token: button.dataset.token, message: row.seq });
  else if (row && button.dataset.command) queue.add({ kind: "text", text: button.dataset.command });
  else if (button.matches(".retry")) queue.nudge();
  else if (button.matches(".pencil")) composer.edit(row);
});

$("#welcome button").addEventListener("click", () => queue.add({ kind: "text", text: "/start" }));

let lost;
const showBanner = (isAway) => { $("#banner").hidden = !isAway; };
follow({
  rows: log.show,
  first: log.dropBefore,
  state(state) {
    $("#state").textContent = word(state);
    $("#state").dataset.word = $("#state").className = state;
    if (state === "online") {
      lost = clearTimeout(lost);
      showBanner(false);
      queue.nudge();
    } else lost ??= setTimeout(showBanner, 4000, true);
  },
});
addEventListener("offline", () => showBanner(true));
