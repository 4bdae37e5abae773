// The browser and the site of a test file: there before its first test, closed after its last.

import { after, before } from "node:test";
import { launch } from "./browser.mjs";
import { serve } from "./server.mjs";

/** The browser. Imports see it as it is when a test runs. */
export let browser;
/** The site, as `cargo xtask build` has made it. */
export let site;

before(async () => {
  [browser, site] = await Promise.all([launch(), serve()]);
});
after(async () => {
  await browser?.close();
  await site?.close();
});
