// Opens pages in Chromium and watches what they write to the console.

import assert from "node:assert/strict";
import { chromium } from "@playwright/test";

/** How a browser is started. */
export const BROWSER = {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
};

/** The window, where a test asks for no other. */
export const VIEWPORT = { width: 1280, height: 800 };

/** How long the page may take to start on a busy machine. */
export const START_TIMEOUT_MS = 60_000;

/** Starts a browser with an empty profile, for what is no test. */
export function launch() {
  return chromium.launch(BROWSER);
}

/** Whatever a page complained about: console errors, uncaught exceptions, forbidden resources. */
export class Complaints {
  #seen = [];
  #expected = [];

  /** @param {import("@playwright/test").Page} page */
  listenTo(page) {
    page.on("console", (message) => {
      if (message.type() === "error") this.#seen.push(`console: ${message.text()}`);
    });
    page.on("pageerror", (error) => this.#seen.push(`exception: ${error.message}`));
  }

  /** Complaints that match `pattern` are what this test provokes. Each pattern must match at least one. */
  expect(pattern) {
    this.#expected.push({ pattern, matched: 0 });
  }

  /** Fails unless the page complained about exactly what was expected. */
  check() {
    const surprises = this.#seen.filter((text) => {
      const matches = this.#expected.filter(({ pattern }) => pattern.test(text));
      for (const match of matches) match.matched += 1;
      return matches.length === 0;
    });
    assert.deepEqual(surprises, [], "the page wrote errors to the console");
    for (const { pattern, matched } of this.#expected) assert.ok(matched > 0, `no complaint matches ${pattern}`);
  }
}

/**
 * Runs `body` with a further page and afterwards checks that the page had nothing to complain about.
 *
 * @param {import("@playwright/test").Browser} browser
 * @param {import("@playwright/test").BrowserContextOptions} options
 * @param {(page: import("@playwright/test").Page, complaints: Complaints) => Promise<void>} body
 */
export async function withPage(browser, options, body) {
  const context = await browser.newContext({ viewport: VIEWPORT, ...options });
  try {
    const page = await context.newPage();
    const complaints = new Complaints();
    complaints.listenTo(page);
    await body(page, complaints);
    complaints.check();
  } finally {
    await context.close();
  }
}

/**
 * Opens `url` and waits until the application has started.
 *
 * @param {import("@playwright/test").Page} page
 * @param {string} url
 */
export async function open(page, url) {
  await page.goto(url);
  await started(page);
}

/**
 * Waits until the application in `frame` has started; if it cannot, fails with what its card says.
 *
 * @param {import("@playwright/test").Page | import("@playwright/test").Frame} frame
 */
export async function started(frame) {
  await frame.waitForSelector("html:not([data-boot=loading])", { state: "attached", timeout: START_TIMEOUT_MS });
  const { boot, card } = await frame.evaluate(() => ({
    boot: document.documentElement.dataset.boot,
    card: document.getElementById("boot-card").innerText,
  }));
  assert.equal(boot, "ready", card);
}
