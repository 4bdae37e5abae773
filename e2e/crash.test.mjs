// If the application stops with an internal error, the page says so and hands over what the learner did.

import assert from "node:assert/strict";
import { open } from "./support/browser.mjs";
import { test } from "./support/test.mjs";

/** Sends the event by which the application reports a panic. */
function panic(page, message) {
  return page.evaluate((message) => {
    window.dispatchEvent(new CustomEvent("tcp-lab-panic", { detail: { message } }));
  }, message);
}

const card = (page) => page.locator("#boot-card:not([hidden])");
const recorded = (page) => page.getByRole("textbox", { name: /Record of the session/ }).inputValue();

test("a reported panic brings up the card with the record of the session", async ({ page, site }) => {
  await open(page, site.url);
  await page.evaluate(() => {
    window.tcpLab = { link: () => "https://example.org/#s=1.abc", journal: () => [{ type: "connect", host: "client" }] };
  });
  await panic(page, "index out of bounds");
  await card(page).waitFor();
  assert.match(await card(page).innerText(), /The lab has stopped/);
  const record = await recorded(page);
  assert.match(record, /^index out of bounds\n/);
  assert.match(record, /\nlink: https:\/\/example\.org\/#s=1\.abc\n/);
  assert.match(record, /\njournal: \[\{"type":"connect","host":"client"\}\]$/);
  assert.equal(await page.evaluate(() => document.documentElement.dataset.boot), "crashed");
  assert.ok(await page.locator("#app").evaluate((app) => app.inert), "the dead application cannot be operated");
});

test("the card comes up even when the application no longer answers", async ({ page, site }) => {
  await open(page, `${site.url}#s=1.xyz`);
  await page.evaluate(() => {
    window.tcpLab = {
      link: () => {
        throw new Error("already borrowed");
      },
    };
  });
  await panic(page, "first");
  await panic(page, "second");
  const record = await recorded(page);
  assert.match(record, /^first\n/, "what follows the first panic is a consequence of it");
  assert.match(record, /#s=1\.xyz/, "the address of the page is there in any case");
  assert.equal(await page.getByRole("button", { name: /Reload/ }).count(), 1);
});

test("a trap in the module is noticed without being reported", async ({ page, site, complaints }) => {
  complaints.expect(/unreachable/);
  await open(page, site.url);
  await page.evaluate(() => {
    // The smallest module whose one function is `unreachable`.
    const bytes = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0, 10, 5, 1, 3, 0, 0, 11];
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(bytes)));
    setTimeout(() => exports.f());
  });
  await card(page).waitFor();
  assert.match(await recorded(page), /unreachable/);
});

test("an ordinary script error does not stop the lab", async ({ page, site, complaints }) => {
  complaints.expect(/an extension failed/);
  await open(page, site.url);
  await page.evaluate(() => {
    setTimeout(() => {
      throw new Error("an extension failed");
    });
  });
  await page.waitForTimeout(200);
  assert.equal(await card(page).count(), 0);
  assert.equal(await page.evaluate(() => document.documentElement.dataset.boot), "ready");
});

test.describe(() => {
  test.use({ permissions: ["clipboard-read", "clipboard-write"] });
  test("the record can be copied", async ({ page, site }) => {
    await open(page, site.url);
    await panic(page, "copy me");
    await page.getByRole("button", { name: /Copy the record/ }).click();
    await page.getByText("Copied.").waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), await recorded(page));
  });
});

test("the record is selected where copying is not allowed", async ({ page, site }) => {
  await page.addInitScript(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
  await open(page, site.url);
  await panic(page, "select me");
  await page.getByRole("button", { name: /Copy the record/ }).click();
  await page.getByText("the record is selected").waitFor();
  assert.equal(await page.evaluate(() => getSelection().toString()), await recorded(page));
});
