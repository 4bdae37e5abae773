// The lab without any page: what programs import from the site, loaded into Node.

import path from "node:path";
import { pathToFileURL } from "node:url";
import { DIST } from "./server.mjs";

/** The module that programs import. */
export const ENTRY = pathToFileURL(path.join(DIST, "tcp-lab.js"));

/** Loads the program and the texts, and returns what the module exports and the memory of the program. */
export async function loadModule() {
  const lab = await import(ENTRY.href);
  const { memory } = await lab.default();
  return { ...lab, memory };
}
