// No violation of WCAG 2.2 AA in any experiment, language and theme, at three widths.

import assert from "node:assert/strict";
import { assertAccessible, violations } from "../support/axe.mjs";
import { open } from "../support/browser.mjs";
import { LabPage } from "../support/lab.mjs";
import { test } from "../support/test.mjs";
import { LANGUAGES, THEMES, goSomeWay, labs, resize, variantUrl } from "../support/variants.mjs";

const WIDTHS = [390, 768, 1280];
/** Far enough that segments, timers, states and the changed rows of the TCB are on the page. */
const STEPS = 5;

for (const lang of LANGUAGES) {
  for (const theme of THEMES) {
    test(`every experiment at every width: ${lang}, ${theme}`, async ({ page, site }) => {
      test.slow();
      const experiments = await labs();
      // One page for all: its layout follows the window, and its content the session, as for a reader.
      await open(page, variantUrl(site.url, { lang, theme }));
      assert.ok(experiments.length > 10, `${experiments}`);
      for (const lab of experiments) {
        await test.step(lab, async () => {
          await page.evaluate((scenario) => window.tcpLab.apply({ type: "load", scenario }), lab);
          await goSomeWay(page, STEPS);
          for (const width of WIDTHS) {
            await resize(page, { width, height: 900 });
            await assertAccessible(page);
          }
        });
      }
    });
  }

  test(`what opens and asks: ${lang}`, async ({ page, site }) => {
    const lab = await LabPage.open(page, site.url, { lab: "lost-syn-ack", lang });
    const { words } = lab;
    await test.step("before the first step", () => assertAccessible(page));
    await lab.stepUntil((now) => now.question.state === "open");
    await test.step("a question", () => assertAccessible(page));
    await test.step("a segment's menu", async () => {
      await lab.flying("SYN,ACK").click();
      await assertAccessible(page);
    });
    await test.step("a segment's header", async () => {
      await lab.button(words.lookInside, lab.menu).click();
      await assertAccessible(page);
      await lab.button(words.close, page.getByRole("dialog")).click();
    });
    for (const dialog of ["settings", "share", "help"]) {
      await test.step(dialog, async () => {
        await lab.button(words[dialog]).click();
        await assertAccessible(page);
        await lab.button(words.close, page.getByRole("dialog")).click();
      });
    }
    await test.step("both drawings as tables, and two branches", async () => {
      await lab.press("step");
      await lab.press("back");
      await lab.verdict("SYN,ACK", "drop");
      for (const toggle of await lab.button(words.asTable).all()) await toggle.click();
      await assertAccessible(page);
    });
    await test.step("the tabs of a phone", async () => {
      await resize(page, { width: 390, height: 844 });
      for (const tab of await page.getByRole("tab").all()) {
        await tab.click();
        await assertAccessible(page);
      }
    });
    await test.step("notices", async () => {
      await open(page, variantUrl(site.url, { lab: "nope", lang, theme: "pink" }));
      await assertAccessible(page);
    });
  });
}

test("the error card", async ({ page, serve, complaints }) => {
  const broken = await serve({
    fault: (name, response) => {
      if (!name.endsWith(".wasm")) return false;
      response.writeHead(404).end();
      return true;
    },
  });
  complaints.expect(/404|could not start/);
  await page.goto(broken.url);
  await page.waitForSelector("#boot-card:not([hidden])");
  await assertAccessible(page);
});

test("a violation is found", async ({ page }) => {
  await page.setContent("<html lang=en><title>t</title><main><h1>t</h1><button></button></main>");
  const found = await violations(page);
  assert.equal(found.length, 1);
  assert.match(found[0], /^button-name: /);
});
