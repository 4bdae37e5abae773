// The reader's font is larger than usual: the page is as it is in a smaller window, and nothing is cut off.

import assert from "node:assert/strict";
import { chromium } from "@playwright/test";
import { BROWSER } from "./support/browser.mjs";
import { LabPage } from "./support/lab.mjs";
import { test } from "./support/test.mjs";

/** What cannot be reached, or is cut off. */
function faults() {
  const found = [];
  const root = document.documentElement;
  if (root.scrollWidth > innerWidth) found.push(`the page is ${root.scrollWidth} px wide in a window of ${innerWidth} px`);
  for (const element of document.querySelectorAll(".page-header :is(button, select), #controls [role=toolbar] button, h1, h2, .tabs button")) {
    if (!element.checkVisibility() || element.closest(".visually-hidden")) continue;
    const { left, right } = element.getBoundingClientRect();
    if (left < 0 || right > innerWidth + 1) found.push(`${element.outerHTML.slice(0, 90)} is at ${left} to ${right} px`);
    const isCut = getComputedStyle(element).overflowX !== "visible" && element.scrollWidth > element.clientWidth + 1;
    if (isCut && element.tagName !== "SELECT") found.push(`${element.outerHTML.slice(0, 90)} is cut off`);
  }
  for (const button of document.querySelectorAll("#controls [role=toolbar] button")) {
    const { top, bottom } = button.getBoundingClientRect();
    if (top < 0 || bottom > innerHeight + 1) found.push(`${button.ariaLabel} is at ${top} to ${bottom} px`);
  }
  return found;
}

const SIZES = [[390, 844], [768, 1024], [1024, 768], [1280, 720], [1440, 900], [1920, 1080]];

for (const px of [20, 24]) {
  test(`a font of ${px} px fits every window`, async ({ site }) => {
    const args = [...BROWSER.args, `--blink-settings=defaultFontSize=${px}`];
    const browser = await chromium.launch({ ...BROWSER, args });
    for (const [width, height] of SIZES) {
      await test.step(`${width}x${height}`, async () => {
        const page = await browser.newPage({ viewport: { width, height } });
        const lab = await LabPage.open(page, site.url, { lab: "handshake", lang: "en" });
        const size = await page.evaluate(() => parseFloat(getComputedStyle(document.documentElement).fontSize));
        assert.ok(size >= px, `the page's font is ${size} px`);
        for (let step = 0; step < 4; step += 1) {
          assert.deepEqual(await page.evaluate(faults), [], `${width}x${height} after ${step} steps`);
          await lab.press("step");
        }
        await page.close();
      });
    }
    await browser.close();
  });
}
