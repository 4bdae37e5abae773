// What comes from outside cannot spoil the page: addresses, hosts that forbid things, files that are gone.

import assert from "node:assert/strict";
import { open, started } from "./support/browser.mjs";
import { POLICY, otherOrigin } from "./support/server.mjs";
import { test } from "./support/test.mjs";
import { WORDS } from "./support/texts.mjs";

const words = WORDS.en;

test("an address with 60,000 letters neither widens nor turns the page", async ({ page, site }) => {
  for (const name of ["lab", "theme", "nothing"]) {
    await page.goto("about:blank");
    await open(page, `${site.url}?lang=en&${name}=%E2%80%AE${"x".repeat(60_000)}`);
    const notice = page.getByRole("alert", { name: words.notices }).getByRole("listitem");
    const text = await notice.innerText();
    assert.ok(text.length < 300 && text.includes("xxx…") && !text.includes("\u202e"), text);
    const { wide, room } = await page.evaluate(() => ({
      wide: document.documentElement.scrollWidth,
      room: document.documentElement.clientWidth,
    }));
    assert.ok(wide <= room, `the page is ${wide} px wide`);
  }
});

test("in a frame that may forbid downloads the page says so", async ({ page, site, serve }) => {
  const frame = `<!DOCTYPE html><title>host</title><link rel="icon" href="data:,"><iframe sandbox="allow-scripts" width="1200" height="700" src="${site.url}?lang=en"></iframe>`;
  const host = await serve({ base: "/unused/", pages: { "/": frame } });
  await page.goto(otherOrigin(new URL("/", host.url).href));
  const lab = await (await page.waitForSelector("iframe")).contentFrame();
  await started(lab);
  await lab.getByRole("button", { name: words.share, exact: true }).click();
  await lab.getByRole("button", { name: words.downloadCapture, exact: true }).click();
  await lab.getByRole("status").filter({ hasText: words.noDownload }).waitFor();
});

test("elsewhere the capture is saved, and nothing is said", async ({ page, site }) => {
  await open(page, `${site.url}?lang=en`);
  await page.getByRole("button", { name: words.share, exact: true }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: words.downloadCapture, exact: true }).click();
  assert.equal((await download).suggestedFilename(), "tcp-lab.pcapng");
  assert.equal(await page.getByText(words.noDownload).count(), 0);
});

test("a policy that forbids WebAssembly is named as the cause", async ({ page, serve, complaints }) => {
  complaints.expect(/Content Security Policy|could not start/);
  const site = await serve({
    fault: (name, response) => {
      if (name === "index.html") response.setHeader("Content-Security-Policy", POLICY.replace(" 'wasm-unsafe-eval'", ""));
      return false;
    },
  });
  await page.goto(site.url);
  const card = page.locator("#boot-card:not([hidden])");
  await card.waitFor();
  assert.match(await card.innerText(), /Content Security Policy does not allow WebAssembly/);
});

test.describe("when the script that loads the page is gone", () => {
  const broken = {
    fault: (name, response) => {
      if (!/^boot-.*\.js$/.test(name)) return false;
      response.writeHead(404).end();
      return true;
    },
  };

  test("the page says what to do, after a while", async ({ page, serve, complaints }) => {
    complaints.expect(/404/);
    const site = await serve(broken);
    await page.goto(site.url);
    const advice = page.getByText("Reload the page without the cache");
    assert.ok(await advice.isHidden());
    await advice.waitFor({ timeout: 20_000 });
  });

  test("it says so at once where nothing may move", async ({ page, serve, complaints }) => {
    complaints.expect(/404/);
    const site = await serve(broken);
    await page.emulateMedia({ reducedMotion: "reduce" });
    await page.goto(site.url);
    await page.getByText("Reload the page without the cache").waitFor({ timeout: 5_000 });
  });
});

test("the advice for a missing script goes when the script is there", async ({ page, site }) => {
  await page.goto(site.url);
  await page.waitForFunction(() => document.documentElement.dataset.boot !== undefined && !document.getElementById("boot-late"));
  await started(page);
});
