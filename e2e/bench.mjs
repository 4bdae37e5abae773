// Measures the built page in a real browser: until it can be used, until an action is drawn, until a seek is drawn.
//
// `cargo xtask bench` runs this and prints its rows with those of the other measurements; see crates/lab/benches/peers/main.rs
// for their form. An empty page goes through the same harness in turns with ours, so that a slow machine shows as one.

import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import { START_TIMEOUT_MS, launch, started } from "./support/browser.mjs";
import { loadModule } from "./support/module.mjs";
import { serve } from "./support/server.mjs";

/** The budgets assume a device this many times slower than the machine that measures. */
const THROTTLE = 4;
const OPENS = 9;
const READY_BUDGET_MS = 1_000;
const FRAME_BUDGET_MS = 16;
const SEEK_BUDGET_MS = 50;
const MEMORY_BUDGET_MB = 32;
const EVENTS = 10_000;
const SEEKS = 40;
/** Steps at the end of a long run: there they are slow enough that few tell. */
const LATE_STEPS = 15;
/** A new tab makes the browser load pages of its own interface, which keeps a machine of few cores busy for a while. */
const TAB_SETTLES_MS = 1_000;
/** How the harness tells that the first frame was drawn. */
const FIRST_FRAME = "first frame";

const EMPTY = "/empty.html";
const EMPTY_PAGE =
  '<!doctype html><html lang="en" data-boot="ready"><meta charset="utf-8"><title>Empty</title>' +
  '<link rel="icon" href="data:,"><p id="boot-card">0</p></html>';

/** One connection of the long run: opened, used, closed, and waited for until its TIME-WAIT is over. */
const CONNECTION = [
  { type: "connect", host: "client" },
  { type: "play", us: 1_000_000 },
  { type: "send", host: "client", bytes: 1_024 },
  { type: "play", us: 1_000_000 },
  { type: "close", host: "client" },
  { type: "play", us: 300_000_000 },
];

/** One row of the table. A verdict of null: nothing was promised. */
function row(what, measured, reference, ratio, isGood) {
  const verdict = isGood === null ? "-" : isGood ? "ok" : "OVER";
  console.log(["row", what, measured, reference, ratio, verdict].join("\t"));
}

function quantile(values, part) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.round((sorted.length - 1) * part)];
}

const median = (values) => quantile(values, 0.5);

function ms(value) {
  return `${value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0)} ms`;
}

/**
 * Runs in every page before its own scripts: tells, after the words `firstFrame`, when the frame after its start was on
 * the screen, and offers `benchFrame(work)`, which resolves to how long a frame takes in which `work` is done.
 */
function harness(firstFrame) {
  // The frame's style, layout and paint come right after its callbacks and their microtasks; a message comes after
  // these. Waiting for the screen is not work, so a frame counts from its first callback.
  const frame = (work) =>
    new Promise((resolve) => {
      requestAnimationFrame(() => {
        const start = performance.now();
        work();
        const channel = new MessageChannel();
        channel.port1.onmessage = () => {
          const end = performance.now();
          resolve({ end, time: end - start });
        };
        channel.port2.postMessage(null);
      });
    });

  // The one page says by its event that it can be used, the other by having been read.
  const note = async () => { console.log(firstFrame, (await frame(() => {})).end); };
  window.addEventListener("tcp-lab-usable", note);
  window.addEventListener("DOMContentLoaded", () => {
    if (document.documentElement.dataset.boot === "ready") note();
  });

  window.benchFrame = async (work) => {
    let changed = false;
    const observer = new MutationObserver(() => { changed = true; });
    observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    let { time } = await frame(work);
    // If the page needs further frames to show the change, they count too.
    for (let more = 0; !changed && more < 10; more += 1) time += (await frame(() => {})).time;
    observer.disconnect();
    // What the page does after its frame, to keep the newest in view, must neither hold up the next work nor count as it:
    // nobody acts again within a frame.
    await new Promise((resolve) => setTimeout(() => requestAnimationFrame(() => setTimeout(resolve))));
    return { time, changed };
  };
}

async function newPage(context, throttle) {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: throttle });
  return page;
}

/** Opens `url` in a page of its own; how long it took until its first frame. */
async function openOnce(context, url) {
  const page = await newPage(context, THROTTLE);
  await pause(TAB_SETTLES_MS);
  // The page tells by itself. Whatever were asked of it before would be answered by the very thread that is measured.
  const told = page.waitForEvent("console", {
    predicate: (message) => message.text().startsWith(FIRST_FRAME),
    timeout: START_TIMEOUT_MS,
  });
  await page.goto(url, { waitUntil: "commit" });
  const time = Number((await told).text().slice(FIRST_FRAME.length));
  await started(page);
  await page.close();
  return time;
}

async function measureOpening(context, site, empty) {
  const [ours, reference] = [[], []];
  for (let round = 0; round <= OPENS; round += 1) {
    const times = [await openOnce(context, site.url), await openOnce(context, empty)];
    // The first round fills the browser's caches.
    if (round > 0) {
      ours.push(times[0]);
      reference.push(times[1]);
    }
  }
  const time = median(ours);
  row(
    `open page until usable, ${THROTTLE}x throttle`,
    `${ms(time)}, worst ${ms(Math.max(...ours))}`,
    `empty page ${ms(median(reference))}`,
    `${(time / median(reference)).toFixed(1)} of it; ${(time / READY_BUDGET_MS).toFixed(2)} of ${READY_BUDGET_MS} ms`,
    time <= READY_BUDGET_MS,
  );
}

/** Changing one word of an empty page: what a frame costs without us. */
async function emptyFrames(context, empty, throttle) {
  const page = await newPage(context, throttle);
  await page.goto(empty);
  const times = await page.evaluate(async () => {
    const times = [];
    for (let i = 0; i < 60; i += 1) {
      const word = document.getElementById("boot-card").firstChild;
      times.push((await window.benchFrame(() => { word.data = String(i); })).time);
    }
    return times;
  });
  await page.close();
  return median(times);
}

async function measureStep(context, site, empty) {
  const reference = await emptyFrames(context, empty, THROTTLE);
  const page = await newPage(context, THROTTLE);
  await page.goto(`${site.url}?autoplay=0`);
  await started(page);
  // Every experiment once from its beginning to its end, after one to warm up.
  const frames = await page.evaluate(async () => {
    const frames = [];
    for (const scenario of ["handshake", ...window.tcpLab.constructor.experiments()]) {
      window.tcpLab.apply({ type: "load", scenario });
      await window.benchFrame(() => {});
      for (let steps = 0; !window.tcpLab.snapshot().idle && steps < 60; steps += 1) {
        frames.push({ scenario, ...(await window.benchFrame(() => window.tcpLab.apply({ type: "step" }))) });
      }
    }
    return frames;
  });
  await page.close();
  assert.ok(frames.length > 50, `only ${frames.length} steps`);
  assert.ok(frames.every((frame) => frame.changed), "a step was not drawn");
  const times = frames.slice(10).map((frame) => frame.time);
  const time = median(times);
  row(
    `one action and its redraw, ${THROTTLE}x throttle`,
    `${ms(time)}, 95 % within ${ms(quantile(times, 0.95))}`,
    `one word of an empty page ${ms(reference)}`,
    `${(time / reference).toFixed(1)} of it; ${(time / FRAME_BUDGET_MS).toFixed(2)} of ${FRAME_BUDGET_MS} ms`,
    time <= FRAME_BUDGET_MS,
  );
}

/** A long run, made by the program file in Node: its link, and the memory it took there. */
async function longRun() {
  const bindings = await loadModule();
  const { memory } = await bindings.default();
  const lab = new bindings.Lab();
  lab.apply({ type: "run_program", host: "server", program: "sink" });
  const before = memory.buffer.byteLength;
  let ticks = 0;
  while (ticks < EVENTS) {
    for (const action of CONNECTION) lab.apply(action);
    ticks = lab.snapshot().ticks;
  }
  const megabytes = (memory.buffer.byteLength - before) / 2 ** 20;
  row(
    `memory of a run of ${EVENTS} events in WebAssembly`,
    `${megabytes.toFixed(1)} MB (${Math.round((megabytes * 2 ** 20) / ticks)} B an event)`,
    `${ticks} events`,
    `${(megabytes / MEMORY_BUDGET_MB).toFixed(2)} of ${MEMORY_BUDGET_MB} MB`,
    megabytes <= MEMORY_BUDGET_MB,
  );
  // The next connection's SYN is on its way at the end, so that there is something to step to.
  lab.apply(CONNECTION[0]);
  return lab.link();
}

async function measureSeek(context, site, empty, link) {
  const seekRow = `seek in ${EVENTS} events and redraw, page`;
  const reference = await emptyFrames(context, empty, 1);
  const page = await newPage(context, 1);
  await page.goto(`${site.url}?lab=free&autoplay=0#s=${link.replace(/^#?s=/, "")}`);
  try {
    await started(page);
  } catch (error) {
    if (error.name !== "TimeoutError") throw error;
    // A page that slow is a result, and the rows before this one are worth having.
    row(seekRow, "never shown", `given up after ${START_TIMEOUT_MS / 1_000} s`, `${SEEK_BUDGET_MS} ms`, false);
    return;
  }
  const ticks = await page.evaluate(() => window.tcpLab.snapshot().ticks);
  assert.ok(ticks >= EVENTS, `the link led to a run of ${ticks} events`);
  const [seeks, steps] = await page.evaluate(
    async ([ticks, seeks, steps]) => {
      const { tcpLab, benchFrame } = window;
      const taken = [];
      for (let i = 0; i < seeks; i += 1) {
        // Spread evenly, in an order that jumps about.
        const tick = Math.round((ticks * ((i * 17) % seeks)) / (seeks - 1));
        taken.push({ tick, ...(await benchFrame(() => tcpLab.apply({ type: "seek", tick }))) });
      }
      const late = [];
      tcpLab.apply({ type: "seek", tick: ticks });
      await benchFrame(() => {});
      for (let i = 0; i < steps && !tcpLab.snapshot().idle; i += 1) {
        late.push((await benchFrame(() => tcpLab.apply({ type: "step" }))).time);
      }
      return [taken, late];
    },
    [ticks, SEEKS, LATE_STEPS],
  );
  await page.close();
  assert.ok(seeks.every((seek) => seek.changed), "a seek was not drawn");
  const times = seeks.map((seek) => seek.time);
  const worst = Math.max(...times);
  const slowest = seeks.find((seek) => seek.time === worst);
  row(
    seekRow,
    `${ms(median(times))}, worst ${ms(worst)} (to event ${slowest.tick})`,
    `one word of an empty page ${ms(reference)}`,
    `${(worst / SEEK_BUDGET_MS).toFixed(2)} of ${SEEK_BUDGET_MS} ms at worst`,
    worst <= SEEK_BUDGET_MS,
  );
  row(
    `one more event after ${EVENTS} and redraw, page`,
    ms(median(steps)),
    `one word of an empty page ${ms(reference)}`,
    `${(median(steps) / FRAME_BUDGET_MS).toFixed(2)} of ${FRAME_BUDGET_MS} ms`,
    median(steps) <= FRAME_BUDGET_MS,
  );
}

const site = await serve({ pages: { [EMPTY]: EMPTY_PAGE } });
const empty = new URL(EMPTY, site.url).href;
const browser = await launch();
try {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  await context.addInitScript(harness, FIRST_FRAME);
  await measureOpening(context, site, empty);
  await measureStep(context, site, empty);
  const link = await longRun();
  await measureSeek(context, site, empty, link);
} finally {
  await browser.close();
  await site.close();
}
