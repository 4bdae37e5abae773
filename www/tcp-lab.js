// The lab without its page, for other programs:
//
//   import init, { Lab } from "https://HOST/tcp-lab/tcp-lab.js";
//   await init();
//   new Lab("handshake").explain(0, "en");
//
// This file keeps its name. It names the files of one build, whose names change with their content; the build writes
// them in here. Types: tcp-lab.d.ts.

import load, { Lab as Program, loadTexts } from "./tcp-state-lab.js";

const MODULE = new URL("tcp-state-lab_bg.wasm", import.meta.url);
const TEXTS = {
  "zh-Hans": new URL("texts-zh-Hans.json", import.meta.url),
  en: new URL("texts-en.json", import.meta.url),
};

let started;
let isReady = false;

/** What `source` leads to if it is an address, else `source` itself. */
async function open(source) {
  const given = await source;
  if (typeof given !== "string" && !(given instanceof URL)) return given;
  const url = new URL(given, globalThis.document?.baseURI ?? import.meta.url);
  if (url.protocol === "file:") {
    // Node's fetch does not read files.
    const { readFile } = await import("node:fs/promises");
    return readFile(url);
  }
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.status} ${response.statusText} ${url}`);
  return response;
}

async function text(source) {
  const content = await open(source);
  return content instanceof Response ? content.text() : new TextDecoder().decode(content);
}

async function start({ module_or_path = MODULE, texts = {} }) {
  const sources = { ...TEXTS, ...texts };
  const [wasm, ...files] = await Promise.all([
    open(module_or_path).then((module) => load({ module_or_path: module })),
    ...Object.keys(TEXTS).map((lang) => text(sources[lang])),
  ]);
  files.forEach((file) => loadTexts(file));
  isReady = true;
  return { memory: wasm.memory };
}

/** Loads the program and the texts of both languages, once; resolves to the program's memory. */
export default function init(sources = {}) {
  // One that failed may be tried again.
  started ??= start(sources).catch((error) => {
    started = undefined;
    throw error;
  });
  return started;
}

/** Throws unless there is a program to call. Its own words for that are riddles: it knows of pointers only. */
function check(isThere, field, message) {
  if (!isThere) throw Object.assign(new Error(message), { name: "LabError", field });
}

const checkReady = () => check(isReady, "init", "the program is not loaded yet: await init() first");

for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(Program.prototype))) {
  if (name === "constructor" || name.startsWith("__")) continue;
  const kind = property.get ? "get" : "value";
  const method = property[kind];
  const checked = function (...args) {
    // Two parts of a program may both give it back.
    if (name === "free" && this?.__wbg_ptr === 0) return undefined;
    check(this?.__wbg_ptr, "lab", "there is no Lab, or it was given back by free()");
    return method.apply(this, args);
  };
  Object.defineProperty(Program.prototype, name, { ...property, [kind]: checked });
}
if (Symbol.dispose) Program.prototype[Symbol.dispose] = Program.prototype.free;

/** A session of the TCP State Lab. */
export const Lab = new Proxy(Program, {
  construct(...call) {
    checkReady();
    return Reflect.construct(...call);
  },
  get(target, name) {
    if (name === "fromLink" || name === "experiments") checkReady();
    return target[name];
  },
});
