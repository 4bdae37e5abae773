// The program file is of use without the page.

import assert from "node:assert/strict";
import { test } from "node:test";
import { loadModule } from "./support/module.mjs";

test("the module starts where there is no page to mount on", async () => {
  const bindings = await loadModule();
  assert.equal(typeof bindings.initSync, "function");
});
