// The page at every width, from a small phone to a wall.

import assert from "node:assert/strict";
import { LabPage } from "./support/lab.mjs";
import { test } from "./support/test.mjs";
import { LANGUAGES, goSomeWay, resize } from "./support/variants.mjs";

const WIDTHS = [320, 390, 768, 1280, 1440, 2560, 3840];
const heightOf = (width) => ({ 320: 640, 390: 844, 768: 1024, 1280: 800, 1440: 900 })[width] ?? Math.round((width * 9) / 16);
const EXPERIMENTS = ["handshake", "lost-last-ack", "free"];
/** The least size of a target in CSS pixels (WCAG 2.5.8). */
const TARGET = 24;

/** What is wrong with the layout as it stands. */
function layoutFaults(target) {
  const faults = [];
  const root = document.documentElement;
  if (root.scrollWidth > innerWidth) faults.push(`the page is ${root.scrollWidth} px wide in a window of ${innerWidth} px`);
  const bar = document.getElementById("controls").getBoundingClientRect();
  if (bar.height < 40 || bar.top < 0 || bar.bottom > innerHeight + 1) faults.push(`the transport bar is at ${bar.top} to ${bar.bottom}`);
  for (const button of document.querySelectorAll("#controls [role=toolbar] button")) {
    const { left, right, top, bottom } = button.getBoundingClientRect();
    const inside = left >= 0 && right <= innerWidth && top >= 0 && bottom <= innerHeight + 1;
    if (!inside || !button.checkVisibility()) faults.push(`${button.ariaLabel} is outside of the window`);
  }
  // Links within a sentence, and what lies in a drawing, are excepted by the criterion.
  const targets = document.querySelectorAll("button, select, summary, input, a[href]");
  for (const element of targets) {
    if (!element.checkVisibility() || element.closest(".visually-hidden") || element.classList.contains("skip")) continue;
    const whole = element.matches("input[type=radio], input[type=checkbox]") ? (element.labels[0] ?? element) : element;
    const { width, height } = whole.getBoundingClientRect();
    if (width < target - 0.01 || height < target - 0.01) faults.push(`${width.toFixed(1)} x ${height.toFixed(1)} px: ${element.outerHTML.slice(0, 90)}`);
  }
  return faults;
}

/** Text of a control that is cut off. */
function cutOff() {
  const found = [];
  for (const element of document.querySelectorAll("button, .tabs button, h1, h2, h3, th, dt")) {
    if (!element.checkVisibility() || element.closest(".visually-hidden, svg")) continue;
    // Hidden from sight on purpose, for readers who listen.
    if (element.clientWidth <= 1) continue;
    if (getComputedStyle(element).overflowX !== "visible" && element.scrollWidth > element.clientWidth + 1) found.push(element.outerHTML.slice(0, 120));
  }
  return found;
}

for (const lang of LANGUAGES) {
  for (const scenario of EXPERIMENTS) {
    test(`${scenario} from ${WIDTHS[0]} to ${WIDTHS.at(-1)} px (${lang})`, async ({ page, site }) => {
      await LabPage.open(page, site.url, { lab: scenario, lang });
      for (const steps of [0, 6]) {
        await goSomeWay(page, steps);
        for (const width of WIDTHS) {
          await test.step(`${width} px after ${steps} steps`, async () => {
            await resize(page, { width, height: heightOf(width) });
            const tabs = width < 720 ? await page.getByRole("tab").all() : [null];
            for (const tab of tabs) {
              await tab?.click();
              assert.deepEqual(await page.evaluate(layoutFaults, TARGET), [], await tab?.innerText());
              assert.deepEqual(await page.evaluate(cutOff), [], "what is cut off");
            }
          });
        }
      }
    });
  }

  test.describe(() => {
    test.use({ viewport: { width: 1280, height: 800 } });
    test(`nothing needs scrolling at 1280x800 (${lang})`, async ({ page, site }) => {
      const lab = await LabPage.open(page, site.url, { lab: "lost-last-ack", lang });
      for (let i = 0; i < 12; i += 1) {
        const [scrolled, room] = await page.evaluate(() => [document.documentElement.scrollHeight, innerHeight]);
        assert.ok(scrolled <= room, `${scrolled} px of page in ${room} px after ${i} steps`);
        await lab.press("step");
      }
      const { words } = lab;
      const parts = [words.stateDiagram, words.ladder, words.client, words.server, words.transport];
      for (const name of parts) {
        const box = await page.getByRole("region", { name, exact: true }).boundingBox();
        assert.ok(box.x >= 0 && box.y >= 0 && box.x + box.width <= 1280 && box.y + box.height <= 800, `${name}: ${JSON.stringify(box)}`);
      }
      const box = await lab.explanation.boundingBox();
      assert.ok(box.y + box.height <= 800 && box.height > 60, `the explanation: ${JSON.stringify(box)}`);
    });
  });

  test(`the menu of a segment stays within the ladder wherever its segment is (${lang})`, async ({ page, site }) => {
    const lab = await LabPage.open(page, site.url, { lab: "free", lang });
    await page.evaluate(() => ["listen", "connect"].forEach((type, i) => window.tcpLab.apply({ type, host: ["server", "client"][i] })));
    const connected = await page.evaluate(() => window.tcpLab.snapshot().tick);
    for (const width of [390, 768, 1280]) {
      await resize(page, { width, height: heightOf(width) });
      // On its way out, halfway, and all but there; then the answer, which comes from the other side.
      for (const at of [10_000, 50_000, 95_000, 105_000, 195_000]) {
        await page.evaluate(
          ([tick, us]) => {
            window.tcpLab.apply({ type: "seek", tick });
            window.tcpLab.apply({ type: "play", us });
          },
          [connected, at],
        );
        await lab.settled();
        await lab.inFlight.getByRole("button").first().click();
        const [menu, ladder] = await page.evaluate(() => {
          const box = (element) => element.getBoundingClientRect().toJSON();
          const menu = document.querySelector(".segment-menu");
          return [box(menu), box(menu.closest("section") ?? document.body)];
        });
        const inside = menu.left >= ladder.left - 1 && menu.right <= ladder.right + 1;
        assert.ok(inside, `${width} px, ${at} us: ${menu.left} to ${menu.right} in ${ladder.left} to ${ladder.right}`);
      }
    }
  });
  test.describe(() => {
    test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });
    test(`tabs on a phone, by touch and by keys (${lang})`, async ({ page, site }) => {
      const lab = await LabPage.open(page, site.url, { lab: "handshake", lang });
      const { words } = lab;
      const tabs = page.getByRole("tablist", { name: words.views });
      const names = [words.ladder, words.stateDiagram, words.hosts, words.explanation];
      assert.deepEqual(await tabs.getByRole("tab").allInnerTexts(), names);
      const assertShows = async (name) => {
        await lab.settled();
        assert.equal(await tabs.getByRole("tab", { name, exact: true }).getAttribute("aria-selected"), "true");
        assert.equal(await tabs.getByRole("tab", { selected: true }).count(), 1);
        const panels = await page.getByRole("tabpanel").all();
        assert.equal(panels.length, 1, "one part at a time");
        assert.ok(await page.getByRole("tabpanel", { name, exact: true }).isVisible());
      };
      await assertShows(words.ladder);
      for (const name of [...names.slice(1), names[0]]) {
        await tabs.getByRole("tab", { name, exact: true }).tap();
        await assertShows(name);
      }
      // One tab stop; the arrow keys go round, Enter or Space chooses.
      assert.equal(await tabs.locator("[tabindex='0']").count(), 1);
      await tabs.getByRole("tab", { selected: true }).focus();
      for (const [key, name] of [["ArrowRight", words.stateDiagram], ["End", words.explanation], ["ArrowRight", words.ladder], ["ArrowLeft", words.explanation], ["Home", words.ladder], ["ArrowRight", words.stateDiagram]]) {
        await page.keyboard.press(key);
        assert.equal(await page.evaluate(() => document.activeElement.innerText), name, key);
      }
      await page.keyboard.press("Enter");
      await assertShows(words.stateDiagram);
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("Space");
      await assertShows(words.hosts);
      assert.equal((await lab.snapshot()).tick, 0, "these keys do not move time");

      await lab.stepUntil((now) => now.question.state === "open");
      await assertShows(words.explanation);
    });
  });
  test.describe(() => {
    test.use({ viewport: { width: 390, height: 844 } });
    test(`one drawing on a phone keeps the way back from a question (${lang})`, async ({ page, site }) => {
      for (const [view, controls, first, others] of [["ladder", "full", "ladder", ["hosts", "explanation"]], ["diagram", "min", "stateDiagram", ["explanation"]]]) {
        const lab = await LabPage.open(page, site.url, { lab: "handshake", lang, view, controls });
        const { words } = lab;
        const tabs = page.getByRole("tablist", { name: words.views });
        assert.deepEqual(await tabs.getByRole("tab").allInnerTexts(), [first, ...others].map((name) => words[name]));
        await page.evaluate(() => window.tcpLab.apply({ type: "play", us: 30_000_000 }));
        await lab.settled();
        assert.ok(await page.getByRole("tabpanel", { name: words.explanation, exact: true }).isVisible());
        await tabs.getByRole("tab", { name: words[first], exact: true }).click();
        assert.ok(await page.getByRole("tabpanel", { name: words[first], exact: true }).isVisible());
      }
    });
  });
}
