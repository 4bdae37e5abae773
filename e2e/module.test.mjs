// The program file is of use without the page, by the one module whose name does not change.

import assert from "node:assert/strict";
import { cpSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { ENTRY, loadModule } from "./support/module.mjs";
import { DIST } from "./support/server.mjs";
import { test } from "./support/test.mjs";

const HAN = /\p{Script=Han}/u;

/** The one file of the site whose name matches, since the build puts hashes into names. */
function only(pattern) {
  const names = readdirSync(DIST).filter((name) => pattern.test(name));
  assert.equal(names.length, 1, `files that match ${pattern}: ${names}`);
  return path.join(DIST, names[0]);
}

/** The module anew, as another program would load it: from a copy of the site, for a module is loaded only once. */
function fresh() {
  const copy = test.info().outputPath("dist");
  cpSync(DIST, copy, { recursive: true });
  return import(pathToFileURL(path.join(copy, "tcp-lab.js")).href);
}

function explanations(Lab) {
  const lab = new Lab("handshake");
  for (let i = 0; i < 4; i += 1) lab.apply({ type: "step" });
  return ["zh-Hans", "en"].map((lang) => lab.explain(1, lang));
}

test("the program and the texts may come from elsewhere", async () => {
  const { default: init, Lab } = await fresh();
  const bytes = (pattern) => new Uint8Array(readFileSync(only(pattern)));
  await init({
    module_or_path: bytes(/\.wasm$/),
    texts: { "zh-Hans": Promise.resolve(bytes(/^texts-zh/)), en: new Response(bytes(/^texts-en/)) },
  });
  assert.match(explanations(Lab)[0].title, HAN);
});

test("the module explains in both languages where there is no page to mount on", async () => {
  const { Lab } = await loadModule();
  const [zh, en] = explanations(Lab);
  assert.match(zh.title, HAN);
  assert.doesNotMatch(JSON.stringify(en), HAN);
  for (const part of ["happened", "why", "otherwise", "checks"]) {
    assert.equal(zh[part].length > 0, en[part].length > 0, part);
  }
  assert.ok(zh.why.length > 0 && en.why.length > 0);
});

test("loading it again does nothing, and gives the same exports", async () => {
  const module = await loadModule();
  const exports = await module.default();
  assert.equal(await module.default(), exports);
  assert.ok(exports.memory instanceof WebAssembly.Memory);
});

test("texts of another program are refused, and it can be tried again", async () => {
  const { default: init, Lab } = await fresh();
  const texts = readFileSync(only(/^texts-en/), "utf8");
  for (const [file, reason] of [
    ["<!DOCTYPE html>", /not the texts of this program/],
    [texts.replace('"rules":', '"laws":'), /unknown field `laws`/],
    [texts.slice(0, 20_000), /EOF while parsing/],
  ]) {
    await assert.rejects(init({ texts: { en: new TextEncoder().encode(file) } }), reason);
  }
  await assert.rejects(init({ texts: { en: new URL("texts-none.json", ENTRY) } }), /ENOENT|no such file/);
  await init();
  assert.match(explanations(Lab)[1].title, /[a-z]/);
});

test("a page of another site can use it", async ({ page, site, serve }) => {
  const host = await serve({ base: "/unused/", pages: { "/": `<!DOCTYPE html><title>host</title><link rel="icon" href="data:,">` } });
  await page.goto(new URL("/", host.url).href);
  const titles = await page.evaluate(async (entry) => {
    const { default: init, Lab } = await import(entry);
    await init();
    const lab = new Lab("handshake");
    for (let i = 0; i < 4; i += 1) lab.apply({ type: "step" });
    return ["zh-Hans", "en"].map((lang) => lab.explain(1, lang).title);
  }, new URL("tcp-lab.js", site.url).href);
  assert.match(titles[0], HAN);
  assert.doesNotMatch(titles[1], HAN);
});
