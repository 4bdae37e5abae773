// The ways the page can be opened that tests and screenshots go through.

import { loadModule } from "./module.mjs";

export const LANGUAGES = ["zh-Hans", "en"];
export const THEMES = ["light", "dark", "contrast"];
export const SIZES = [
  { width: 1440, height: 900 },
  { width: 1280, height: 800 },
  { width: 768, height: 1024 },
  { width: 390, height: 844 },
];

/** The experiments that are built in, as the module lists them. */
export async function labs() {
  const { Lab } = await loadModule();
  return Lab.experiments();
}

/**
 * The address of one variant.
 *
 * @param {string} url  where the site lives
 * @param {{lab?: string, lang?: string, theme?: string}} parameters  empty ones are left out
 */
export function variantUrl(url, parameters) {
  const address = new URL(url);
  for (const [name, value] of Object.entries(parameters)) if (value) address.searchParams.set(name, value);
  return address.href;
}

/**
 * Goes some way into an experiment, to where there is more to see than at its beginning.
 *
 * @param {import("@playwright/test").Page} page  a page that has started
 * @param {number} steps
 */
export async function goSomeWay(page, steps) {
  await page.evaluate(async (steps) => {
    const lab = window.tcpLab;
    if (lab.snapshot().scenario === "free") {
      lab.apply({ type: "listen", host: "server" });
      lab.apply({ type: "connect", host: "client" });
    }
    for (let i = 0; i < steps && !lab.snapshot().idle; i += 1) {
      // The page asks its question before the decisive segment; here it is passed over.
      if (lab.snapshot().question.state === "open") lab.apply({ type: "skip_question" });
      lab.apply({ type: "step" });
    }
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  }, steps);
}

/**
 * Makes the window another size and waits until the page has followed.
 *
 * @param {import("@playwright/test").Page} page
 * @param {{width: number, height: number}} size
 */
export async function resize(page, size) {
  await page.setViewportSize(size);
  // The layout follows a media query, whose listener runs before the next frame; the frame after it is drawn.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
}
