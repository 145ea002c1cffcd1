// Voice notes: recorded, timed, sent or dropped.
import { $, toast } from "./dom.js";
import { clock } from "./log.js";
import { word } from "./words.js";

const LONGEST = 600; // seconds; 24 kbit/s keeps that below 2 MB

export function start(send) {
  const isPossible = isSecureContext && navigator.mediaDevices && globalThis.MediaRecorder;
  $("#record").hidden = !isPossible;
  if (isPossible) $("#record").addEventListener("click", () => record(send).catch(refuse));
}

async function record(send) {
  const sound = await navigator.mediaDevices.getUserMedia({ audio: true });
  const recorder = new MediaRecorder(sound, { audioBitsPerSecond: 24000 });
  const pieces = [];
  const since = Date.now();
  const seconds = () => Math.round((Date.now() - since) / 1000);
  let isWanted = true;
  recorder.ondataavailable = ({ data }) => pieces.push(data);
  recorder.onstop = () => {
    clearInterval(ticking);
    for (const track of sound.getTracks()) track.stop();
    swap(false);
    if (isWanted) send(Math.max(1, seconds()), new Blob(pieces, { type: recorder.mimeType }));
  };
  const ticking = setInterval(() => {
    $("#recorder time").textContent = clock(seconds());
    if (seconds() >= LONGEST) recorder.stop();
  }, 250);
  $("#deliver").onclick = () => recorder.stop();
  $("#drop").onclick = () => { isWanted = false; recorder.stop(); };
  $("#recorder time").textContent = clock(0);
  recorder.start();
  swap(true);
}

function swap(isRecording) {
  $("#recorder").hidden = !isRecording;
  $("#composer").hidden = isRecording;
  $(isRecording ? "#deliver" : "#record").focus();
}

function refuse() {
  toast(word("no_microphone"));
}
