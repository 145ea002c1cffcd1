// The transcript's tail: opened again after every break, from the last change that was shown.
const SILENCE = 40000; // the server speaks at least every 15 s
const SLOWEST = 15000;

// `on` has rows(rows), first(seq) and state("online" or "connecting").
export function follow(on) {
  let source, timer, heard, seen = 0, pause = 500;

  function open() {
    clearTimeout(timer);
    source?.close();
    on.state("connecting");
    heard = Date.now();
    let batch = []; // until all that we missed is there
    const flush = () => {
      if (batch?.length) on.rows(batch.map(({ data }) => JSON.parse(data)));
      if (batch?.length) seen = batch.at(-1).lastEventId;
    };
    source = new EventSource(`/api/stream?after=${seen}`);
    source.onmessage = (event) => {
      heard = Date.now();
      if (batch) return batch.push(event);
      on.rows([JSON.parse(event.data)]);
      seen = event.lastEventId;
    };
    source.addEventListener("first", ({ data }) => {
      heard = Date.now();
      flush();
      batch = null;
      pause = 500;
      on.first(Number(data));
      on.state("online");
    });
    source.addEventListener("beat", () => { heard = Date.now(); });
    source.onerror = () => {
      flush();
      source.close();
      on.state("connecting");
      timer = setTimeout(open, pause * (0.5 + Math.random()));
      pause = Math.min(pause * 2, SLOWEST);
    };
  }

  open();
  addEventListener("online", open);
  setInterval(() => { if (Date.now() - heard > SILENCE) open(); }, 5000);
}
