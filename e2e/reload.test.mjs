// A reload loses nothing; what stopped the page is not opened by itself again.

import assert from "node:assert/strict";
import { open, started } from "./support/browser.mjs";
import { test } from "./support/test.mjs";
import { WORDS } from "./support/texts.mjs";

const words = WORDS.en;
const ticks = (page) => page.evaluate(() => window.tcpLab.snapshot().ticks);
const link = (page) => page.evaluate(() => window.tcpLab.link());

const chooser = (page) => page.getByRole("combobox", { name: words.experiment });

/** Takes steps, past the question. */
async function step(page, times) {
  for (let i = 0; i < times; i += 1) await page.getByRole("button", { name: words.step, exact: true }).click();
}

async function reload(page) {
  await page.reload();
  await started(page);
}

test("the run is there again after a reload, and after another", async ({ page, site }) => {
  await open(page, `${site.url}?lab=handshake&lang=en`);
  await step(page, 4);
  const before = await link(page);
  await reload(page);
  assert.equal(await link(page), before);
  await step(page, 1);
  const further = await link(page);
  assert.notEqual(further, before);
  await reload(page);
  assert.equal(await link(page), further);
});

test("a run that went on from a link is there again, not what the link had", async ({ page, site }) => {
  await open(page, `${site.url}?lab=handshake&lang=en`);
  await step(page, 2);
  const moment = await link(page);
  // Only the fragment would be another: that is no new page.
  await page.goto("about:blank");
  await open(page, `${site.url}?lab=handshake&lang=en#s=${moment}`);
  assert.equal(await ticks(page), 2);
  await step(page, 2);
  await reload(page);
  assert.equal(await ticks(page), 4);
});

test("an experiment that is chosen begins, and it is the one that a reload opens", async ({ page, site }) => {
  await open(page, `${site.url}?lab=handshake&lang=en&view=both`);
  await step(page, 3);
  await chooser(page).selectOption("free");
  assert.equal(new URL(page.url()).search, "?lab=free&lang=en&view=both");
  await reload(page);
  assert.equal(await ticks(page), 0);
  assert.equal(await chooser(page).inputValue(), "free");
  // Nor is the run of before kept for those who come back.
  await page.goto(`${site.url}?lab=handshake&lang=en&view=both`);
  await started(page);
  assert.equal(await ticks(page), 0);
});

test("where storage is forbidden the page works, and begins anew", async ({ page, site, serve }) => {
  const frame = `<!DOCTYPE html><title>host</title><link rel="icon" href="data:,"><iframe sandbox="allow-scripts" src="${site.url}?lang=en"></iframe>`;
  const host = await serve({ base: "/unused/", pages: { "/": frame } });
  await page.goto(new URL("/", host.url).href);
  const lab = await (await page.waitForSelector("iframe")).contentFrame();
  await started(lab);
  await step(lab, 2);
  assert.equal(await ticks(lab), 2);
});

test("what stopped the page while it was opened is not opened by itself again", async ({ page, site }) => {
  await open(page, `${site.url}?lab=handshake&lang=en`);
  await step(page, 2);
  const moment = await link(page);
  await page.goto("about:blank");
  await page.goto(site.url);
  await started(page);
  // As the page leaves it when it stops before its first drawing.
  await page.evaluate((moment) => sessionStorage.setItem("tcp-lab.opening", moment), moment);
  await page.goto("about:blank");
  await open(page, `${site.url}?lab=handshake&lang=en#s=${moment}`);
  await page.getByText(words.crashedBefore).waitFor();
  assert.equal(await ticks(page), 0);
  // A link that opens leaves no mark.
  await page.evaluate(() => sessionStorage.clear());
  await reload(page);
  assert.equal(await ticks(page), 2);
  assert.equal(await page.evaluate(() => sessionStorage.getItem("tcp-lab.opening")), null);
});

test("the card after a crash leads out, with the run as it was kept", async ({ page, site }) => {
  await open(page, `${site.url}?lab=handshake&lang=en`);
  await step(page, 2);
  const moment = await link(page);
  await page.goto("about:blank");
  await open(page, `${site.url}?lab=handshake&lang=en#s=${moment}`);
  await step(page, 2);
  const further = await link(page);
  // The run is kept soon after a step.
  await page.waitForFunction((further) => Object.values(sessionStorage).includes(further), further);
  await page.evaluate(() => {
    delete window.tcpLab;
    window.dispatchEvent(new CustomEvent("tcp-lab-panic", { detail: { message: "stopped" } }));
  });
  const record = await page.getByRole("textbox", { name: /Record of the session/ }).inputValue();
  assert.ok(record.includes(`\nkept: ${further}\n`), record);
  await page.getByRole("button", { name: /Start afresh/ }).click();
  await page.waitForFunction(() => !location.hash && document.documentElement.dataset.boot === "ready");
  assert.equal(await ticks(page), 0);
});
