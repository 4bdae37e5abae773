// A program in a worker, where there is no window.

import init, { Lab } from "../../www/tcp-lab.js";
import type { Action, Snapshot } from "../../www/tcp-lab.js";

await init();
const lab = new Lab("handshake");
self.addEventListener("message", ({ data }: MessageEvent<Action>) => {
  lab.apply(data);
  const snapshot: Snapshot = lab.snapshot();
  self.postMessage(snapshot);
});
