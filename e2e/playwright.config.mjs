// How the tests are run: `cargo xtask test --only e2e,accessibility`, or `npx playwright test` here, once the site is in
// dist/.

import { defineConfig } from "@playwright/test";
import { BROWSER, VIEWPORT } from "./support/browser.mjs";

export default defineConfig({
  testDir: ".",
  outputDir: "out/results",
  projects: [
    { name: "e2e", testIgnore: "accessibility/**" },
    { name: "accessibility", testMatch: "accessibility/**" },
  ],
  fullyParallel: true,
  workers: 2,
  // The machine may be busy.
  timeout: 120_000,
  forbidOnly: true,
  reporter: "list",
  use: { viewport: VIEWPORT, launchOptions: BROWSER },
  // What the tests import from the site is what others import: as it is published.
  build: { external: ["**/dist/**"] },
});
