// Whatever a program hands to the lab: it is taken, or refused by a LabError that names the place, and the lab lives on.

import assert from "node:assert/strict";
import { cpSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { loadModule } from "./support/module.mjs";
import { DIST } from "./support/server.mjs";
import { test } from "./support/test.mjs";

let Lab;
let memory;
test.beforeAll(async () => {
  ({ Lab, memory } = await loadModule());
});

/** Nothing that is refused may take longer: a test machine is busy, a page is frozen meanwhile. */
const MOST_MS = 2_000;

/** The error that `call` throws, which must be the lab's own. */
function refusal(call, name) {
  const start = performance.now();
  let thrown;
  try {
    call();
  } catch (error) {
    thrown = error;
  }
  const took = performance.now() - start;
  assert.ok(thrown instanceof Error, `${name} was taken`);
  assert.equal(thrown.name, "LabError", `${name}: ${thrown.stack}`);
  assert.ok(thrown.message.length > 0 && thrown.message.length < 1_000, name);
  assert.equal(typeof thrown.field, "string", name);
  assert.ok(took < MOST_MS, `${name}: ${took} ms`);
  return thrown;
}

/** A session with one record. */
function started() {
  const lab = new Lab("handshake");
  lab.apply({ type: "step" });
  lab.apply({ type: "step" });
  return lab;
}

const SCENARIO = {
  format: 1,
  id: "mine",
  title: { "zh-Hans": "我的", en: "Mine" },
  goal: { "zh-Hans": "看一看。", en: "Look." },
};

const thrower = (what) => ({ get type() { throw what; } });

/** A object that is nested in itself so often, in two places at each level: 2^60 values for 60 objects. */
function doubling() {
  let value = {};
  for (let i = 0; i < 60; i += 1) value = { left: value, right: value };
  return value;
}

function nested(depth) {
  let value = {};
  for (let i = 0; i < depth; i += 1) value = { type: value };
  return value;
}

function revoked(target) {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

function cyclic() {
  const value = { type: "step" };
  value.type = value;
  return value;
}

/** Neither an action nor a scenario. */
const NEITHER = {
  "a list of 10^8": () => new Array(1e8),
  "a list of 10^8 in a field": () => ({ type: "send", host: "client", text: new Array(1e8) }),
  "a list that is no list": () => new Proxy([], { get: (_, key) => (key === "length" ? 1e9 : 0) }),
  "octets": () => new Uint8Array(1e7),
  "shared references": doubling,
  "an object in itself": cyclic,
  "a deep object": () => nested(100_000),
  "a revoked proxy": () => revoked({}),
  "a revoked proxy of a list": () => revoked([]),
  "a getter that throws": () => thrower(new RangeError("mine")),
  "a getter that throws nothing": () => thrower(undefined),
  "a proxy that throws": () => new Proxy({}, { ownKeys: () => { throw new TypeError("mine"); } }),
  "a name that throws": () => ({ get [Symbol.toStringTag]() { throw new TypeError("mine"); } }),
  "a very long text": () => ({ type: "send", host: "client", text: "x".repeat(2 ** 28) }),
  "a very long name": () => ({ ["x".repeat(2 ** 28)]: 1 }),
  "a symbol": () => Symbol("step"),
  "a function": () => () => "step",
  "a bigint": () => 10n,
  "a map": () => new Map([["type", "step"]]),
  "a date": () => new Date(),
  "a pattern": () => /step/,
  "a number": () => 7,
  "no number": () => Number.NaN,
  "true": () => true,
  "a list": () => [],
  "nothing in it": () => ({}),
};

test("what is no action and no scenario is refused at once", () => {
  const lab = started();
  const before = lab.snapshot();
  for (const [name, make] of Object.entries(NEITHER)) {
    refusal(() => lab.apply(make()), name);
    refusal(() => new Lab(make()), name);
  }
  assert.deepEqual(lab.snapshot(), before);
});

test("a place is named wherever it is, and what a getter throws is the cause", () => {
  const lab = started();
  for (const [action, field] of [
    [{ type: "connect", host: "client", to: { addr: Symbol("x"), port: 80 } }, "to.addr"],
    [{ type: "connect", host: "client", to: { addr: "192.0.2.1", port: 80n } }, "to.port"],
    [{ type: "connect", host: "client", to: [{ get addr() { throw new Error("mine"); } }] }, "to[0]"],
    [{ type: "add_rule", rule: { from: "client", verdict: { corrupt: { byte: -1 } } } }, "rule.verdict.corrupt.byte"],
    [{ type: "recv", host: "client", max: Number.NaN }, "max"],
    [{ type: "recv", host: "client", max: Infinity }, "max"],
    [{ type: "recv", host: "client", max: -1 }, "max"],
    [{ type: "recv", host: "client", max: 0.5 }, "max"],
    [{ type: "recv", host: "client", max: "3" }, "max"],
    [{ type: "play", us: 2 ** 53 }, "us"],
    [{ type: "play", us: 1e300 }, "us"],
  ]) {
    assert.equal(refusal(() => lab.apply(action), field).field, field);
  }
  const mine = new RangeError("mine");
  assert.equal(refusal(() => lab.apply(thrower(mine)), "a getter").cause, mine);
  assert.match(refusal(() => lab.apply({ type: "connect", host: "clinet" }), "a name").message, /did you mean `client`\?/);
});

test("data may be undefined, without a prototype, or from elsewhere", () => {
  const lab = new Lab();
  lab.apply({ type: "listen", host: "server", backlog: undefined, port: null });
  lab.apply(Object.assign(Object.create(null), { type: "connect", host: "client" }));
  lab.apply(new (class { type = "step"; })());
  lab.apply(new Proxy({ type: "back" }, {}));
  lab.apply({ type: "set_config", host: "client", config: { isn_secret: 2 ** 53 } });
  assert.equal(lab.journal().at(-1)[1].config.isn_secret, 2 ** 53);
});

test("limits hold for objects as for files", () => {
  const step = { text: { "zh-Hans": "步", en: "s" } };
  assert.equal(new Lab({ ...SCENARIO, steps: new Array(32).fill(step) }).snapshot().scenario, "mine");
  assert.equal(refusal(() => new Lab({ ...SCENARIO, steps: new Array(33).fill(step) }), "33 steps").field, "steps");
  refusal(() => new Lab({ ...SCENARIO, steps: new Array(3_000).fill(step) }), "3000 steps");
  refusal(() => new Lab({ ...SCENARIO, goal: { "zh-Hans": "x".repeat(70_000), en: "x" } }), "a long text");
});

test("a number is a whole number, and a text a text", () => {
  const lab = started();
  const noNumbers = ["0", "x", Number.NaN, -1, 0.5, 2 ** 32, Infinity, {}, [], [0], true, 0n, Symbol("0"), new Number(0)];
  for (const [i, value] of noNumbers.entries()) {
    assert.equal(refusal(() => lab.explain(value, "en"), `explain ${i}`).field, "id");
    assert.equal(refusal(() => lab.transitions(value), `transitions ${i}`).field, "from");
  }
  assert.equal(refusal(() => lab.explain(undefined, "en"), "explain nothing").field, "id");
  assert.deepEqual(lab.transitions(null), lab.transitions());
  const noTexts = [undefined, null, 5, {}, [], ["en"], Symbol("en"), () => "en", new String("en"), "x".repeat(2 ** 28)];
  for (const [i, value] of noTexts.entries()) {
    assert.equal(refusal(() => lab.explain(0, value), `explain in ${i}`).field, "lang");
    assert.equal(refusal(() => Lab.fromLink(value), `fromLink ${i}`).field, "link");
  }
  for (const value of ["", "nope", "x".repeat(2 ** 28)]) {
    assert.equal(refusal(() => new Lab(value), "no experiment").field, "scenario");
  }
});

test("a link may be a text, a URL or a location", () => {
  const lab = started();
  const address = `https://example.org/?lab=free#s=${lab.link()}`;
  for (const link of [lab.link(), address, new URL(address), { href: address }]) {
    assert.deepEqual(Lab.fromLink(link).transitions(), lab.transitions());
  }
  assert.equal(refusal(() => Lab.fromLink(new URL("https://example.org/#s=1.a.b")), "a damaged one").field, "link");
  assert.equal(refusal(() => Lab.fromLink({ get href() { throw 1; } }), "one that throws").cause, 1);
});

test("ten thousand getters that throw leave nothing behind", () => {
  const lab = started();
  const fails = () => {
    refusal(() => lab.apply(thrower(1)), "a getter that throws");
    refusal(() => new Lab(thrower(1)), "a getter that throws");
    refusal(() => Lab.fromLink({ get href() { throw 1; } }), "a link that throws");
  };
  for (let i = 0; i < 100; i += 1) fails();
  const bytes = memory.buffer.byteLength;
  for (let i = 0; i < 10_000; i += 1) fails();
  assert.equal(memory.buffer.byteLength, bytes);
  // The lab is not borrowed for ever: it can still be changed and given back.
  lab.apply({ type: "step" });
  lab.free();
});

test("a getter may use the lab itself", () => {
  const lab = started();
  const tick = lab.snapshot().tick;
  lab.apply({ get type() { lab.apply({ type: "back" }); return "step"; } });
  assert.equal(lab.snapshot().tick, tick);
  const own = new Lab();
  refusal(() => own.apply({ get type() { own.free(); return "step"; } }), "a lab given back while it is used");
});

test("a lab that is not there says so", async () => {
  // A copy, for a module is loaded only once.
  const copy = test.info().outputPath("dist");
  cpSync(DIST, copy, { recursive: true });
  const { Lab: early } = await import(pathToFileURL(path.join(copy, "tcp-lab.js")).href);
  for (const call of [() => new early(), () => early.experiments(), () => early.fromLink("")]) {
    assert.match(refusal(call, "before init()").message, /init/);
  }
  const lab = new Lab();
  lab.free();
  lab.free();
  for (const call of [() => lab.snapshot(), () => lab.apply({ type: "step" }), () => lab.link(), () => lab.linkNotice]) {
    assert.match(refusal(call, "after free()").message, /free/);
  }
  const { snapshot } = new Lab();
  refusal(() => snapshot(), "without its lab");
});

test("what there is for `using` gives a lab back", () => {
  test.skip(!Symbol.dispose, "this Node is too old");
  const lab = new Lab();
  lab[Symbol.dispose]();
  refusal(() => lab.snapshot(), "after it was given back");
});
