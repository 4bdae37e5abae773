// The page starts wherever it is put, shows how far it has come, and says readably why when it cannot start.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { open, started } from "./support/browser.mjs";
import { DIST, POLICY, otherOrigin } from "./support/server.mjs";
import { test } from "./support/test.mjs";
import { WORDS } from "./support/texts.mjs";

/** A fault that concerns the texts of one language only. */
function textsFault(lang, answer) {
  return {
    fault: (name, response) =>
      name.startsWith(`texts-${lang}-`) && answer(response, readFileSync(path.join(DIST, name), "utf8")),
  };
}

/** A fault that concerns the program file only. */
function moduleFault(answer) {
  return { fault: (name, response) => name.endsWith(".wasm") && answer(response, readFileSync(path.join(DIST, name))) };
}

/** A page of another site that embeds the lab as strictly as sites do. */
function embedding(url) {
  return `<!DOCTYPE html><title>host</title><link rel="icon" href="data:,"><iframe sandbox="allow-scripts" src="${url}"></iframe>`;
}

/** Waits for the error card and returns its text. */
async function cardText(page) {
  const card = page.locator("#boot-card:not([hidden])");
  await card.waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), "boot-card", "the card has the focus");
  return card.innerText();
}

async function assertUsable(frame) {
  await started(frame);
  assert.match(await frame.locator("h1").first().innerText(), /TCP/);
  assert.equal(await frame.locator("#boot-progress").count(), 0, "the loading screen is gone");
}

for (const [name, options] of [
  ["at the root of a site", {}],
  ["in a sub-path", { base: "/a/b/" }],
  ["under the strict policy sent as a header", { policy: true }],
]) {
  test(`starts ${name}`, async ({ page, serve }) => {
    const site = await serve(options);
    await page.goto(site.url);
    await assertUsable(page);
  });
}

test("its own policy is the strict one, but for what a page cannot state itself", async ({ page, site }) => {
  await open(page, site.url);
  const stated = await page.locator("meta[http-equiv=Content-Security-Policy]").getAttribute("content");
  assert.equal(`${stated}; frame-ancestors *`, POLICY);
});

test("the policy holds: inline scripts do not run", async ({ page, site, complaints }) => {
  complaints.expect(/Content Security Policy/);
  await open(page, site.url);
  const ran = await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "window.inlineRan = true";
    document.body.append(script);
    return window.inlineRan === true;
  });
  assert.equal(ran, false);
});

for (const policy of [false, true]) {
  test(`starts in a cross-origin frame with sandbox="allow-scripts"${policy ? " under the strict policy" : ""}`, async ({ page, serve }) => {
    const site = await serve({ base: "/lab/", policy });
    const host = { "/": embedding(site.url) };
    const embedder = await serve({ base: "/unused/", pages: host });
    await page.goto(otherOrigin(new URL("/", embedder.url).href));
    const frame = await (await page.waitForSelector("iframe")).contentFrame();
    await assertUsable(frame);
    assert.equal(await frame.evaluate(() => window.origin), "null", "the frame has an opaque origin");
  });
}

test("shows how far a slow download has come", async ({ page, serve }) => {
  let finish;
  const slow = moduleFault((response, bytes) => {
    response.setHeader("Content-Length", bytes.length);
    const half = bytes.length >> 1;
    response.write(bytes.subarray(0, half));
    finish = () => response.end(bytes.subarray(half));
    return true;
  });
  const site = await serve(slow);
  await page.goto(site.url);
  const bar = page.locator("#boot-progress");
  await page.waitForFunction(() => document.getElementById("boot-progress").value > 0);
  const { value, max } = await bar.evaluate((it) => ({ value: it.value, max: it.max }));
  assert.ok(value > 0.4 * max && value < 0.6 * max, `half of the file is there, the bar says ${value} of ${max}`);
  assert.ok(await bar.isVisible());
  assert.match(await page.locator("#boot-amount").innerText(), /^\d+ \/ \d+ KB$/);
  assert.equal(await page.locator("main.boot").getAttribute("aria-busy"), "true");
  finish();
  await assertUsable(page);
});

test("shows an honest bar when the size is not known", async ({ page, serve }) => {
  let finish;
  const chunked = moduleFault((response, bytes) => {
    response.write(bytes.subarray(0, 20_000));
    finish = () => response.end(bytes.subarray(20_000));
    return true;
  });
  const site = await serve(chunked);
  await page.goto(site.url);
  await page.waitForFunction(() => /^[1-9]\d* KB$/.test(document.getElementById("boot-amount").textContent));
  assert.equal(await page.locator("#boot-progress").getAttribute("value"), null);
  finish();
  await assertUsable(page);
});

for (const [name, answer, reason, complaint] of [
  ["the program file is missing", (response) => response.writeHead(404).end(), /did not deliver/, /404/],
  ["the server answers with its start page instead", (response) => response.end("<!DOCTYPE html>"), /cannot use it/, /compile/],
  [
    "the download breaks off half-way",
    (response, bytes) => {
      response.setHeader("Content-Length", bytes.length);
      response.write(bytes.subarray(0, 20_000), () => setTimeout(() => response.destroy(), 200));
      return true;
    },
    /could not be downloaded/,
    /network/,
  ],
]) {
  test(`says so when ${name}, and reloading helps`, async ({ page, serve, complaints }) => {
    let broken = true;
    const fault = moduleFault((response, bytes) => {
      if (!broken) return false;
      answer(response, bytes);
      return true;
    });
    const site = await serve(fault);
    complaints.expect(complaint);
    complaints.expect(/Failed to load resource|could not start/);
    await page.goto(site.url);
    const text = await cardText(page);
    assert.match(text, reason);
    assert.match(text, /实验室没能启动/);
    assert.ok(await page.locator("main.boot").isHidden(), "the loading screen does not go on promising");
    broken = false;
    await page.getByRole("button", { name: /Reload/ }).click();
    await page.waitForFunction(() => document.documentElement.dataset.boot === "ready");
  });
}

for (const [name, answer, reason, complaint] of [
  ["the texts are missing", (response) => response.writeHead(404).end(), /did not deliver/, /404/],
  ["the server answers with its start page instead of the texts", (response) => response.end("<!DOCTYPE html>"), /does not fit/, /not the texts of this program/],
  [
    "the texts belong to another version",
    (response, file) => response.end(file.replace(/"rules":/, '"laws":')),
    /does not fit/,
    /unknown field `laws`/,
  ],
  ["the texts are cut off", (response, file) => response.end(file.slice(0, 20_000)), /does not fit/, /EOF while parsing/],
]) {
  test(`says so when ${name}, and reloading helps`, async ({ page, serve, complaints }) => {
    let broken = true;
    const fault = textsFault("en", (response, file) => {
      if (!broken) return false;
      answer(response, file);
      return true;
    });
    const site = await serve(fault);
    complaints.expect(complaint);
    complaints.expect(/Failed to load resource|could not start/);
    await page.goto(`${site.url}?lang=en`);
    assert.match(await cardText(page), reason);
    assert.ok(await page.locator("main.boot").isHidden(), "the loading screen does not go on promising");
    broken = false;
    await page.getByRole("button", { name: /Reload/ }).click();
    await page.waitForFunction(() => document.documentElement.dataset.boot === "ready");
  });
}

/** Notes which languages had been asked for when the page could be used. */
function noteLanguages() {
  window.addEventListener("tcp-lab-usable", () => {
    const names = performance.getEntriesByType("resource").map(({ name }) => /texts-(zh-Hans|en)-/.exec(name)?.[1]);
    window.languagesAtFirst = names.filter(Boolean);
  });
}

for (const [name, { locale = "en-GB", kept, query = "" }, lang] of [
  ["the browser's first", { locale: "zh-TW" }, "zh-Hans"],
  ["the browser's, if it is English", {}, "en"],
  ["Chinese, if the browser's is neither", { locale: "fr-FR" }, "zh-Hans"],
  ["the one kept, before the browser's", { kept: "zh-Hans" }, "zh-Hans"],
  ["the address's, before the one kept", { kept: "zh-Hans", query: "?theme=dark&lang=en" }, "en"],
  ["the address's by another name", { query: "?hl=zh_CN" }, "zh-Hans"],
]) {
  test.describe(() => {
    test.use({ locale });
    test(`until it can be used it loads one language: ${name}`, async ({ page, site }) => {
      await page.addInitScript(noteLanguages);
      if (kept) await page.addInitScript((kept) => localStorage.setItem("tcp-lab.lang", kept), kept);
      await open(page, site.url + query);
      assert.deepEqual(await page.evaluate(() => window.languagesAtFirst), [lang]);
      assert.equal(await page.evaluate(() => document.documentElement.lang), lang);
    });
  });
}

test.describe(() => {
  test.use({ locale: "zh-CN" });
  test("a language that could not be foreseen is loaded all the same", async ({ page, site }) => {
    await page.addInitScript(noteLanguages);
    await open(page, `${site.url}?lang=%65n`);
    assert.deepEqual(await page.evaluate(() => window.languagesAtFirst), ["zh-Hans", "en"]);
    assert.equal(await page.evaluate(() => document.documentElement.lang), "en");
  });
});

test("it can be used before the other language is there, and is ready when it is", async ({ page, serve }) => {
  let finish;
  const asked = new Promise((resolve) => {
    finish = { asked: resolve };
  });
  const slow = textsFault("zh-Hans", (response, file) => {
    finish.send = () => response.end(file);
    finish.asked();
    return true;
  });
  const site = await serve(slow);
  await page.goto(`${site.url}?lang=en`);
  await asked;
  await page.getByRole("button", { name: WORDS.en.step, exact: true }).click();
  assert.equal(await page.evaluate(() => window.tcpLab), undefined);
  assert.equal(await page.evaluate(() => document.documentElement.dataset.boot), "loading");
  const chinese = page.getByRole("button", { name: WORDS.en.otherLanguage });
  await chinese.click();
  await page.getByText(WORDS.en.languageMissing).waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.lang), "en");

  finish.send();
  await started(page);
  assert.ok(await page.evaluate(() => window.tcpLab.snapshot().ticks > 0), "it is the session of the page");
  await chinese.click();
  await page.getByRole("button", { name: WORDS["zh-Hans"].step, exact: true }).waitFor();
  assert.match(await page.evaluate(() => window.tcpLab.explain(0, "zh-Hans").title), /\p{Script=Han}/u);
});

test("without the other language the page works on in the one it has", async ({ page, serve, complaints }) => {
  let broken = true;
  const missing = textsFault("zh-Hans", (response) => {
    if (!broken) return false;
    response.writeHead(404).end();
    return true;
  });
  const site = await serve(missing);
  complaints.expect(/404/);
  await open(page, `${site.url}?lang=en`);
  await page.getByRole("button", { name: WORDS.en.otherLanguage }).click();
  await page.getByText(WORDS.en.languageMissing).waitFor();
  await page.getByRole("button", { name: WORDS.en.step, exact: true }).click();
  const told = await page.evaluate(() => {
    try {
      return window.tcpLab.explain(0, "zh-Hans");
    } catch ({ name, field }) {
      return { name, field };
    }
  });
  assert.deepEqual(told, { name: "LabError", field: "lang" });
  assert.match(await page.evaluate(() => window.tcpLab.explain(0, "en").title), /[a-z]/);
  // It is tried again by itself.
  broken = false;
  await page.waitForFunction(() => {
    try {
      return window.tcpLab.explain(0, "zh-Hans").title;
    } catch {
      return false;
    }
  });
});

test("a wrongly labelled program file does no harm", async ({ page, serve }) => {
  const mislabelled = {
    fault: (name, response) => {
      if (name.endsWith(".wasm")) response.setHeader("Content-Type", "application/octet-stream");
      return false;
    },
  };
  const site = await serve(mislabelled);
  await page.goto(site.url);
  await assertUsable(page);
});

test("says so when the browser has no WebAssembly", async ({ page, site, complaints }) => {
  complaints.expect(/noWasm/);
  await page.addInitScript(() => delete window.WebAssembly);
  await page.goto(site.url);
  assert.match(await cardText(page), /no WebAssembly/);
});

test("says so in a sandboxed frame whose server does not allow it", async ({ page, serve, complaints }) => {
  const site = await serve({ base: "/lab/", cors: false });
  const host = { "/": embedding(site.url) };
  const embedder = await serve({ base: "/unused/", pages: host });
  complaints.expect(/CORS|Failed to load|could not start/);
  await page.goto(otherOrigin(new URL("/", embedder.url).href));
  const frame = await (await page.waitForSelector("iframe")).contentFrame();
  assert.match(await cardText(frame), /could not be downloaded/);
});

test("says so when it is opened as a file", async ({ page, complaints }) => {
  complaints.expect(/file|CORS|Failed to load/i);
  await page.goto(`file://${path.join(DIST, "index.html")}`);
  assert.match(await cardText(page), /through a web server/);
});

test.describe(() => {
  test.use({ javaScriptEnabled: false });
  test("without JavaScript it says what it needs", async ({ page, site }) => {
    await page.goto(site.url);
    const message = page.locator("noscript p");
    await message.waitFor({ state: "visible" });
    assert.match(await message.innerText(), /Please enable JavaScript/);
    assert.ok(await page.locator("#boot-progress").isHidden(), "nothing pretends to be loading");
  });
});
