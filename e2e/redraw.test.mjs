// A step changes on the page what it changes in the lab, and leaves the rest alone: it is what a redraw costs.

import assert from "node:assert/strict";
import { open } from "./support/browser.mjs";
import { test } from "./support/test.mjs";

/** The timeline makes room by so many events at a time. */
const LEAP = 8;
const MOST_STEPS = 60;

/** Walks through every experiment in the page; returns what was written without need, and how many steps there were. */
function walk(mostSteps) {
  const { tcpLab } = window;
  // Not its timers, which run; not its variables, where those that changed a step before lose their marks; not what the
  // latest call returned.
  const ofHost = (host) => `.host.by-${host} :is(.standing, .calls ul, .data, .sockets, .machine)`;
  const place = (node) => {
    const names = [];
    for (let e = node; e && e !== document.body; e = e.parentElement) {
      if (e.nodeType === Node.ELEMENT_NODE) names.unshift(`${e.localName}.${e.getAttribute("class") ?? ""}`);
    }
    return names.join(" > ");
  };
  const within = (record, selector) => {
    const { target } = record;
    return (target.nodeType === Node.ELEMENT_NODE ? target : target.parentElement)?.closest(selector);
  };
  // By the end of a task of its own the page has been drawn, with whatever the drawing called for.
  const drawn = () => new Promise((resolve) => setTimeout(() => requestAnimationFrame(() => setTimeout(resolve)), 20));
  const observer = new MutationObserver((records) => seen.push(...records));
  let seen = [];
  observer.observe(document.body, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeOldValue: true,
    characterData: true,
    characterDataOldValue: true,
  });
  return (async () => {
    const found = { steps: 0, leaps: 0, again: [], untouched: [] };
    for (const scenario of tcpLab.constructor.experiments()) {
      tcpLab.apply({ type: "load", scenario });
      await drawn();
      for (let step = 0; step < mostSteps && !tcpLab.snapshot().idle; step += 1) {
        const before = tcpLab.snapshot();
        seen = [];
        tcpLab.apply({ type: "step" });
        await drawn();
        found.steps += 1;
        const snapshot = tcpLab.snapshot();
        for (const record of seen) {
          const { type, target, attributeName, oldValue } = record;
          const now = type === "attributes" ? target.getAttribute(attributeName) : target.data;
          if (type !== "childList" && now === oldValue) found.again.push(`${scenario}: ${place(target)} ${attributeName}`);
        }
        const hosts = ["client", "server"].filter((_, i) => {
          const [then, now] = [before, snapshot].map(({ hosts }) => JSON.stringify(hosts[i]));
          return then === now;
        });
        for (const host of hosts) {
          const touched = seen.filter((record) => within(record, ofHost(host)));
          found.untouched.push(...touched.map(({ target }) => `${scenario}: ${place(target)}`));
        }
        const moved = seen.some(({ target, attributeName }) => attributeName === "x" && target.matches(".marks > svg"));
        found.leaps += moved ? 1 : 0;
      }
    }
    observer.disconnect();
    return found;
  })();
}

test("a step writes only what has changed", async ({ page, site }) => {
  await open(page, `${site.url}?autoplay=0`);
  const { steps, leaps, again, untouched } = await page.evaluate(walk, MOST_STEPS);
  assert.ok(steps > 100, `only ${steps} steps`);
  assert.deepEqual([...new Set(again)], [], "written again as it was");
  assert.deepEqual([...new Set(untouched)], [], "a host was redrawn to which nothing had happened");
  assert.ok(leaps * LEAP <= steps, `the marks of the timeline moved with ${leaps} of ${steps} events`);
});
