// The ways the page can be opened that tests and screenshots go through.

export const LANGUAGES = ["zh-Hans", "en"];
export const THEMES = ["light", "dark"];
export const SIZES = [
  { width: 1440, height: 900 },
  { width: 1280, height: 800 },
  { width: 768, height: 1024 },
  { width: 390, height: 844 },
];

/**
 * The experiments that can be chosen, as the page itself lists them; a page without a list has only its start page.
 *
 * @param {import("playwright-core").Page} page  a page that has started
 * @returns {Promise<string[]>}
 */
export async function labs(page) {
  const ids = await page.evaluate(() => window.tcpLab?.labs?.() ?? []);
  return ids.length > 0 ? ids : [""];
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
