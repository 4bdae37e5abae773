// Runs axe-core in a page, for WCAG 2.2 level AA.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const SOURCE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/**
 * The violations in the page as it stands, each as one readable line.
 *
 * @param {import("@playwright/test").Page} page
 * @returns {Promise<string[]>}
 */
export async function violations(page) {
  // Evaluated through the debugger, which the page's policy does not concern: nothing about the page is changed.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(SOURCE);
  const result = await page.evaluate((tags) => window.axe.run(document, { runOnly: tags }), TAGS);
  assert.ok(result.passes.length > 0, "axe checked nothing");
  return result.violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help}\n    ${node.target.join(" ")}\n    ${node.failureSummary.replaceAll("\n", "\n    ")}`),
  );
}

/** @param {import("@playwright/test").Page} page */
export async function assertAccessible(page) {
  assert.deepEqual(await violations(page), []);
}
