// The declarations for TypeScript serve whoever writes a program in a page or a worker, for engines old and new.

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { test } from "./support/test.mjs";
import { complaints } from "./support/typescript.mjs";

for (const [file, libraries] of [
  ["page.mts", "es2022,dom"],
  ["page.mts", "esnext,dom"],
  ["worker.mts", "es2022,webworker"],
  ["worker.mts", "esnext,webworker"],
  ["using.mts", "esnext,dom"],
]) {
  test(`${file} is right with ${libraries}`, () => {
    assert.deepEqual(complaints(fileURLToPath(new URL(`types/${file}`, import.meta.url)), libraries), []);
  });
}
