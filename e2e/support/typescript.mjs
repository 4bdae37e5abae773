// The TypeScript compiler, as strict as it can be.

import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";

const COMPILER = path.join(path.dirname(createRequire(import.meta.url).resolve("typescript")), "tsc.js");
const FLAGS = ["--noEmit", "--strict", "--noUncheckedIndexedAccess", "--module", "esnext", "--moduleResolution", "bundler", "--pretty", "false"];

/**
 * What the compiler complains about: each thing once, and at most 20.
 *
 * @param {string} file  checked with all that it imports
 * @param {string} libraries  what there is besides
 */
export function complaints(file, libraries) {
  const flags = [...FLAGS, "--target", "es2022", "--lib", libraries];
  const { stdout } = spawnSync(process.execPath, [COMPILER, ...flags, file], { encoding: "utf8" });
  const lines = stdout.replaceAll(path.dirname(file), "").split("\n").filter(Boolean);
  return [...new Set(lines.map((line) => line.replace(/\(\d+,\d+\)/, "")))].slice(0, 20);
}
