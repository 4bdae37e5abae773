// The program file without any page: what the site's module exports, loaded into Node.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { DIST } from "./server.mjs";

/** The one file of the site whose name matches, since the build puts hashes into names. */
function only(pattern) {
  const names = readdirSync(DIST).filter((name) => pattern.test(name));
  assert.equal(names.length, 1, `files that match ${pattern}: ${names}`);
  return path.join(DIST, names[0]);
}

/** Loads the module and returns what it exports. */
export async function loadModule() {
  const bindings = await import(pathToFileURL(only(/^tcp-state-lab-.*\.js$/)).href);
  await bindings.default({ module_or_path: readFileSync(only(/\.wasm$/)) });
  return bindings;
}
