// Takes pictures of the page in every size, language and theme, to be looked at by people.
//
//   node e2e/shots.mjs [--out DIR] [--lab ID] [--steps N,N,...]
//
// Without --lab every experiment is shown; each before its first step and after some. The pictures go to e2e/out/.

import { mkdir } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { launch, open, withPage } from "./support/browser.mjs";
import { serve } from "./support/server.mjs";
import { LANGUAGES, SIZES, THEMES, goSomeWay, labs, variantUrl } from "./support/variants.mjs";

const { values } = parseArgs({
  options: {
    out: { type: "string", default: fileURLToPath(new URL("out", import.meta.url)) },
    lab: { type: "string" },
    steps: { type: "string", default: "0,4,9" },
  },
});

await mkdir(values.out, { recursive: true });
const site = await serve();
const browser = await launch();
let taken = 0;
try {
  const chosen = values.lab === undefined ? await labs() : [values.lab];
  const stops = values.steps.split(",").map(Number);
  for (const lab of chosen) {
    for (const lang of LANGUAGES) {
      for (const theme of THEMES) {
        for (const viewport of SIZES) {
          await withPage(browser, { viewport, locale: lang }, async (page) => {
            await open(page, variantUrl(site.url, { lab, lang, theme }));
            let gone = 0;
            for (const stop of stops) {
              if (stop > gone) await goSomeWay(page, stop - gone);
              gone = stop;
              const name = `${lab}-${String(stop).padStart(2, "0")}-${viewport.width}x${viewport.height}-${lang}-${theme}.png`;
              await page.screenshot({ path: path.join(values.out, name) });
              taken += 1;
            }
          });
        }
      }
    }
  }
} finally {
  await browser.close();
  await site.close();
}
console.log(`${taken} pictures in ${values.out}`);
