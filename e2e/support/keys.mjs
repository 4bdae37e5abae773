// The keyboard: walking from control to control, and whether one can see where one is.

import assert from "node:assert/strict";

/** More tab stops than the page has. */
const MANY_STOPS = 400;

/**
 * The element that has the focus: its name, and what a reader sees of it.
 *
 * @param {import("@playwright/test").Page} page
 */
export function focused(page) {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body || element === document.documentElement) return null;
    const labels = (element.getAttribute("aria-labelledby") ?? "").split(" ").map((id) => document.getElementById(id)?.textContent);
    const own = element.getAttribute("aria-label") ?? (labels.join(" ").trim() || (element.labels?.[0] ?? element).textContent);
    const style = getComputedStyle(element);
    const has = (style) => (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
    // In a drawing the focus is a ring of its own.
    const ring = element.querySelector(":scope > .state-ring");
    const ringed = ring !== null && parseFloat(getComputedStyle(ring).strokeWidth) >= 2 && getComputedStyle(ring).stroke !== "none";
    const box = element.getBoundingClientRect();
    const visible = [0.5, 0.1, 0.9].flatMap((x) => [0.5, 0.1, 0.9].map((y) => [box.left + x * box.width, box.top + y * box.height]));
    const isSeen = ([x, y]) => {
      const top = document.elementFromPoint(x, y);
      return top !== null && (element.contains(top) || (top.contains(element) && top.tagName === "LABEL"));
    };
    return {
      name: own.replace(/\s+/g, " ").trim(),
      tag: element.tagName.toLowerCase(),
      role: element.getAttribute("role") ?? "",
      inDialog: element.closest("dialog") !== null,
      marked: has(style) || ringed,
      seen: visible.some(isSeen),
      html: element.outerHTML.slice(0, 120),
    };
  });
}

/** Presses a key, and sees to it that the focus can be seen wherever it now is. */
export async function press(page, key) {
  await page.keyboard.press(key);
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  const at = await focused(page);
  if (at) {
    assert.ok(at.marked, `after ${key} the focus cannot be told: ${at.html}`);
    assert.ok(at.seen, `after ${key} the focus is hidden behind something: ${at.html}`);
  }
  return at;
}

/**
 * Presses Tab until the focus is on a control; within a group that is one tab stop, the arrow keys.
 *
 * @param {import("@playwright/test").Page} page
 * @param {import("@playwright/test").Locator} control
 */
export async function goTo(page, control) {
  const target = await control.elementHandle();
  const look = () =>
    target.evaluate((target) => {
      const at = document.activeElement;
      const group = target.closest("[role=toolbar], [role=tablist], fieldset");
      const stuck = window.lastFocused === at;
      window.lastFocused = at;
      return { there: at === target, inside: group?.contains(at) ?? false, stuck };
    });
  let arrow = false;
  for (let i = 0; i < MANY_STOPS; i += 1) {
    const { there, inside, stuck } = await look();
    if (there) return;
    // Not every group has arrow keys.
    arrow = inside && !(arrow && stuck);
    await page.keyboard.press(arrow ? "ArrowRight" : "Tab");
  }
  assert.fail(`no key leads to ${control}`);
}

/**
 * Presses Tab (or Shift+Tab) until the focus is on a control whose name matches.
 *
 * @param {import("@playwright/test").Page} page
 * @param {string | RegExp} name
 * @param {string} [key]
 */
export async function walkTo(page, name, key = "Tab") {
  const seen = [];
  for (let i = 0; i < MANY_STOPS; i += 1) {
    const at = await press(page, key);
    if (at && (name instanceof RegExp ? name.test(at.name) : at.name === name)) return at;
    seen.push(at?.name);
  }
  assert.fail(`${key} never leads to ${name}: ${seen.slice(0, 60).join(" | ")}`);
}
