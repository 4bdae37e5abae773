// A test of the built page: the site is served, and what the page complains about makes the test fail.

import { test as base } from "@playwright/test";
import { Complaints } from "./browser.mjs";
import { LabPage } from "./lab.mjs";
import { serve } from "./server.mjs";
import { LANGUAGES } from "./variants.mjs";

export const test = base.extend({
  /** The site, as `cargo xtask build` has made it. */
  site: [
    async ({}, use) => {
      const site = await serve();
      await use(site);
      await site.close();
    },
    { scope: "worker" },
  ],

  /** Starts a server of the test's own; it is closed when the test is over. */
  serve: async ({}, use) => {
    const sites = [];
    await use(async (options) => {
      sites.push(await serve(options));
      return sites.at(-1);
    });
    await Promise.all(sites.map((site) => site.close()));
  },

  /** What the page complains about; a test that provokes something says so. */
  complaints: async ({}, use) => use(new Complaints()),

  page: async ({ page, complaints }, use) => {
    complaints.listenTo(page);
    await use(page);
    complaints.check();
  },
});

/**
 * A test of its own in each language, of an experiment that has been opened.
 *
 * @param {object} [options]  of the browser's context
 */
export function inBothLanguages(name, scenario, body, options = {}) {
  for (const lang of LANGUAGES) {
    test.describe(() => {
      test.use(options);
      test(`${name} (${lang})`, async ({ page, site, browser }) => {
        const lab = await LabPage.open(page, site.url, { lab: scenario, lang });
        await body(lab, { page, site, browser, words: lab.words });
      });
    });
  }
}
