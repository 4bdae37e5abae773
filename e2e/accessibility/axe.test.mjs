// No violation of WCAG 2.2 AA in any experiment, language and theme, at three widths.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertAccessible, violations } from "../support/axe.mjs";
import { launch, open, withPage } from "../support/browser.mjs";
import { serve } from "../support/server.mjs";
import { LANGUAGES, THEMES, labs, variantUrl } from "../support/variants.mjs";

const WIDTHS = [390, 768, 1280];

let browser;
let site;
before(async () => {
  [browser, site] = await Promise.all([launch(), serve()]);
});
after(async () => {
  await browser?.close();
  await site?.close();
});

test("every experiment in every language, theme and width", async (t) => {
  let all;
  await withPage(browser, {}, async (page) => {
    await open(page, site.url);
    all = await labs(page);
  });
  for (const lab of all) {
    for (const lang of LANGUAGES) {
      for (const theme of THEMES) {
        await t.test(`${lab || "start page"} ${lang} ${theme}`, async () => {
          // One page for all widths: its layout follows the window, as a reader's does.
          await withPage(browser, { colorScheme: theme }, async (page) => {
            await open(page, variantUrl(site.url, { lab, lang, theme }));
            for (const width of WIDTHS) {
              await page.setViewportSize({ width, height: 900 });
              await assertAccessible(page);
            }
          });
        });
      }
    }
  }
});

test("the error card", async () => {
  const broken = await serve({
    fault: (name, response) => {
      if (!name.endsWith(".wasm")) return false;
      response.writeHead(404).end();
      return true;
    },
  });
  try {
    await withPage(browser, {}, async (page, complaints) => {
      complaints.expect(/404|could not start/);
      await page.goto(broken.url);
      await page.waitForSelector("#boot-card:not([hidden])");
      await assertAccessible(page);
    });
  } finally {
    await broken.close();
  }
});

test("a violation is found", async () => {
  await withPage(browser, {}, async (page) => {
    await page.setContent("<html lang=en><title>t</title><main><h1>t</h1><button></button></main>");
    const found = await violations(page);
    assert.equal(found.length, 1);
    assert.match(found[0], /^button-name: /);
  });
});
