// What other programs rely on: `Lab`, `window.tcpLab`, the address, and the types that are declared for them.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { open, withPage } from "./support/browser.mjs";
import { moment, state } from "./support/lab.mjs";
import { WORDS, topic } from "./support/texts.mjs";
import { loadModule } from "./support/module.mjs";
import { test } from "./support/test.mjs";
import { complaints } from "./support/typescript.mjs";
import { LANGUAGES } from "./support/variants.mjs";

const RANDOM_ACTIONS = 1_000_000;
/** How many of them one session is given; now and then a session that only grows. */
const A_SESSION = 250;
const A_LONG_SESSION = 5_000;
/** What the program may hold: what it is without a session, and what its largest session took. */
const MEMORY_BYTES = 12 * 2 ** 20;
const MEMORY_BYTES_AN_EVENT = 2_048;

let Lab;
let memory;
test.beforeAll(async () => {
  ({ Lab, memory } = await loadModule());
});

const act = (lab, ...actions) => actions.forEach((action) => lab.apply(action));
const steps = (lab, count) => act(lab, ...Array.from({ length: count }, () => ({ type: "step" })));

/** Two hosts that have a connection, by actions of the free lab. */
function connected() {
  const lab = new Lab();
  act(lab, { type: "listen", host: "server" }, { type: "connect", host: "client" });
  steps(lab, 3);
  act(lab, { type: "accept", host: "server" });
  assert.deepEqual([state(lab.snapshot(), "client"), state(lab.snapshot(), "server")], ["ESTABLISHED", "ESTABLISHED"]);
  return lab;
}

/** Each action that there is, in an order in which each can be done in the free lab. */
const EVERY_ACTION = [
  { type: "set_latency", from: "client", us: 50_000 },
  { type: "set_config", host: "client", config: { msl_us: 1_000_000, user_timeout_us: null, rfc5961: true } },
  { type: "socket", host: "server" },
  { type: "set_reuseaddr", host: "server", on: true },
  { type: "bind", host: "server", port: 80 },
  { type: "listen", host: "server", backlog: 2 },
  { type: "socket", host: "client" },
  { type: "set_linger", host: "client", seconds: null },
  { type: "setsockopt", host: "client", option: "SO_KEEPALIVE", value: 1 },
  { type: "connect", host: "client", to: { addr: "198.51.100.7", port: 80 } },
  { type: "duplicate", segment: 1 },
  { type: "swap", segment: 1 },
  { type: "delay", segment: 1, us: 1_000 },
  { type: "hold", segment: 2 },
  { type: "release", segment: 2 },
  { type: "corrupt", segment: 2, byte: 25 },
  { type: "deliver", segment: 1 },
  { type: "jump" },
  { type: "step" },
  { type: "step" },
  { type: "back" },
  { type: "step" },
  { type: "play", us: 1_000_000 },
  { type: "accept", host: "server" },
  { type: "send", host: "client", text: "hello" },
  { type: "play", us: 500_000 },
  { type: "recv", host: "server", max: 3 },
  { type: "send", host: "server", bytes: 2_000 },
  { type: "cut_cable" },
  { type: "mend_cable" },
  { type: "add_rule", rule: { from: "server", matches: { fin: true }, nth: 1, verdict: "drop" } },
  { type: "add_rule", rule: { from: "server", verdict: { delay: 1_000 }, nth: 0 } },
  { type: "add_rule", rule: { from: "server", verdict: { corrupt: { byte: null } } } },
  { type: "remove_rule", index: 1 },
  { type: "clear_rules" },
  { type: "set_loss", from: "client", per_mille: 0 },
  { type: "shutdown", host: "client", how: "WR" },
  { type: "run_program", host: "server", program: "echo" },
  { type: "play", us: 2_000_000 },
  { type: "close", host: "server" },
  { type: "set_what_if", host: "client", what_if: { no_time_wait: false } },
  { type: "seek", tick: 3 },
  { type: "step" },
  { type: "socket", host: "client" },
  { type: "abort", host: "client" },
  { type: "switch_branch", branch: 0 },
  { type: "seek", at_us: 1_500_000 },
  { type: "crash", host: "client" },
  { type: "restart", host: "client" },
  { type: "load", scenario: "handshake" },
  { type: "step" },
  { type: "step" },
  { type: "step" },
  { type: "answer", choice: "client" },
  { type: "load", scenario: "lost-syn-ack" },
  { type: "step" },
  { type: "step" },
  { type: "step" },
  { type: "skip_question" },
  { type: "drop", segment: 2 },
];

test("a lab without a page: every method", () => {
  const lab = connected();
  const snapshot = lab.snapshot();
  assert.equal(snapshot.scenario, "free");
  assert.equal(snapshot.now_us, 300_000);
  const records = lab.transitions();
  assert.equal(records.length, snapshot.records);
  assert.deepEqual(lab.transitions(2), records.slice(2));
  assert.deepEqual(lab.transitions(1e6), []);
  assert.deepEqual(lab.journal().map(([at, action]) => [at, action.type]), [[0, "listen"], [0, "connect"], [300_000, "accept"]]);
  for (const lang of LANGUAGES) {
    for (const { id } of records) {
      const told = lab.explain(id, lang);
      assert.ok(told.title.length > 0 && told.happened.length > 0, `${id}`);
      assert.equal(/\p{Script=Han}/u.test(told.title), lang === "zh-Hans", told.title);
    }
  }
  const again = Lab.fromLink(lab.link());
  assert.deepEqual(moment(again.snapshot()), moment(snapshot));
  assert.deepEqual(again.transitions(), records);
  assert.deepEqual(moment(Lab.fromLink(`https://example.org/x/?lab=free#s=${lab.link()}`).snapshot()), moment(snapshot));
  const capture = lab.pcapng();
  assert.ok(capture instanceof Uint8Array);
  assert.equal(new DataView(capture.buffer, capture.byteOffset).getUint32(0, true), 0x0a0d0d0a, "a section header block");
  for (const id of Lab.experiments()) assert.equal(new Lab(id).snapshot().scenario, id);
  lab.free();
});

test("every action that is declared is understood", () => {
  const lab = new Lab();
  for (const action of EVERY_ACTION) {
    assert.doesNotThrow(() => lab.apply(action), JSON.stringify(action));
  }
});

test("a scenario can be an object", () => {
  const lab = new Lab();
  const own = {
    format: 1,
    id: "my-own",
    title: { "zh-Hans": "自己的", en: "My own" },
    goal: { "zh-Hans": "看一看。", en: "Look." },
    seed: 7,
    hosts: { client: {}, server: {} },
    autoplay: false,
    script: [{ at_us: 0, action: { type: "listen", host: "server" } }],
    steps: [],
  };
  const mine = new Lab(own);
  steps(mine, 1);
  assert.equal(mine.snapshot().scenario, "my-own");
  assert.equal(state(mine.snapshot(), "server"), "LISTEN");
  const free = new Lab(null);
  assert.equal(free.snapshot().scenario, "free");
  free.free();
  // A link to a scenario that is not built in carries it.
  assert.deepEqual(moment(Lab.fromLink(mine.link()).snapshot()), moment(mine.snapshot()));
  for (const [wrong, field] of [
    [{ ...own, seed: "seven" }, /seed/],
    [{ ...own, format: 99 }, /format/],
    [{ ...own, colour: "red" }, /colour|scenario/],
    [{ ...own, script: [{ at_us: 0, action: { type: "fly" } }] }, /script.*0/],
    [{}, /./],
    ["no-such-experiment", /scenario/],
    [42, /scenario/],
    [[], /scenario/],
  ]) {
    assert.throws(() => new Lab(wrong), (error) => isLabError(error, field), JSON.stringify(wrong));
  }
  lab.free();
});

/** A LabError whose field matches. */
function isLabError(error, field) {
  assert.ok(error instanceof Error, `not an Error: ${error}`);
  assert.equal(error.name, "LabError", `${error.stack}`);
  assert.equal(typeof error.field, "string");
  assert.ok(error.message.length > 0);
  assert.match(error.field, field, error.message);
  return true;
}

/** What is wrong with each is at that field. */
const BAD_ACTIONS = [
  [{}, /type/],
  [null, /type/],
  [undefined, /type/],
  ["step", /type/],
  [7, /type/],
  [[], /type/],
  [{ type: 3 }, /type/],
  [{ type: "fly" }, /type/],
  [{ type: "step", host: "client" }, /host/],
  [{ type: "connect" }, /host/],
  [{ type: "connect", host: "router" }, /host/],
  [{ type: "connect", host: "client", to: { addr: "198.51.100.777", port: 80 } }, /to\.addr/],
  [{ type: "connect", host: "client", to: { addr: "198.51.100.7", port: 70_000 } }, /to\.port/],
  [{ type: "connect", host: "client", socket: -1 }, /socket/],
  [{ type: "bind", host: "client", port: 65_536 }, /port/],
  [{ type: "bind", host: "client", port: 1.5 }, /port/],
  [{ type: "shutdown", host: "client", how: "SIDEWAYS" }, /how/],
  [{ type: "send", host: "client", bytes: -1 }, /bytes/],
  [{ type: "send", host: "client", bytes: Number.NaN }, /bytes/],
  [{ type: "drop", segment: 12_345 }, /segment/],
  [{ type: "drop", segment: "1" }, /segment/],
  [{ type: "drop" }, /segment/],
  [{ type: "drop", segment: Infinity }, /segment/],
  [{ type: "release", segment: 1 }, /segment/],
  [{ type: "delay", segment: 1, us: -5 }, /us|segment/],
  [{ type: "set_loss", from: "client", per_mille: 1_001 }, /per_mille/],
  [{ type: "set_latency", from: "client", us: 1e18 }, /us/],
  [{ type: "set_config", host: "client", config: { msl_us: "long" } }, /config\.msl_us/],
  [{ type: "set_config", host: "client", config: { mls_us: 1 } }, /config/],
  [{ type: "set_what_if", host: "client", what_if: { two_way_open: 1 } }, /what_if\.two_way_open/],
  [{ type: "run_program", host: "server", program: "quine" }, /program/],
  [{ type: "add_rule", rule: { from: "client", verdict: "burn" } }, /rule\.verdict/],
  [{ type: "add_rule", rule: { from: "nobody", verdict: "drop" } }, /rule\.from/],
  [{ type: "remove_rule", index: 0 }, /index/],
  [{ type: "remove_rule" }, /index/],
  [{ type: "seek", tick: 99_999 }, /tick/],
  [{ type: "play", us: -1 }, /us/],
  [{ type: "switch_branch", branch: 9 }, /branch/],
  [{ type: "answer", choice: "perhaps" }, /choice|type/],
  [{ type: "load", scenario: "nope" }, /scenario/],
  [{ type: "load", scenario: 5 }, /scenario/],
  [{ type: "crash", host: "client", hosts: 1 }, /hosts/],
  [{ type: "restart", host: "client" }, /host/],
  [{ type: "mend_cable" }, /./],
];

test("a bad action is a LabError that names the field, and changes nothing", () => {
  const lab = connected();
  const before = [lab.snapshot(), lab.transitions(), lab.journal(), lab.link()];
  const wrong = [];
  for (const [action, field] of BAD_ACTIONS) {
    try {
      lab.apply(action);
      wrong.push(`${JSON.stringify(action)} was taken`);
    } catch (error) {
      try {
        isLabError(error, field);
      } catch (mistake) {
        wrong.push(`${JSON.stringify(action)}: ${error.name} ${error.field}: ${error.message} (${mistake.message.split("\n")[0]})`);
      }
    }
    assert.deepEqual([lab.snapshot(), lab.transitions(), lab.journal(), lab.link()], before, JSON.stringify(action));
  }
  assert.deepEqual(wrong, []);
});

test("bad arguments of the other methods are LabErrors too", () => {
  const lab = connected();
  for (const [call, field] of [
    [() => lab.explain(9_999, "en"), /id/],
    [() => lab.explain(0, "fr"), /lang/],
    [() => lab.explain(0, ""), /lang/],
    [() => Lab.fromLink(""), /link/],
    [() => Lab.fromLink("rubbish"), /link/],
    [() => Lab.fromLink("1."), /link/],
    [() => Lab.fromLink("99.abc"), /link/],
    [() => Lab.fromLink("x".repeat(3_000_000)), /link/],
  ]) {
    assert.throws(call, (error) => isLabError(error, field), `${call}`);
  }
});

test("a link with any character changed leads nowhere, or to the same moment", () => {
  const lab = connected();
  const link = lab.link();
  const here = moment(lab.snapshot());
  const alphabet = "ABCXYZabcxyz019-_.~%";
  for (let i = 0; i < link.length; i += 1) {
    for (const other of [alphabet[(i * 7) % alphabet.length], ""]) {
      const changed = link.slice(0, i) + other + link.slice(i + 1);
      if (changed === link) continue;
      try {
        assert.deepEqual(moment(Lab.fromLink(changed).snapshot()), here, changed);
      } catch (error) {
        isLabError(error, /link/);
      }
    }
  }
});

test("objects that are no plain data are refused like any other mistake", () => {
  const lab = connected();
  const before = lab.snapshot();
  const cyclic = { type: "step" };
  cyclic.type = cyclic;
  const deep = {};
  let inner = deep;
  for (let i = 0; i < 20_000; i += 1) inner = inner.type = {};
  const thrower = { get type() { throw new RangeError("mine"); } };
  const odd = [cyclic, deep, Symbol("step"), () => "step", 10n, new Map([["type", 1]]), new Date(), /step/, new Proxy({}, {}), { type: { toString: () => "step" } }, { type: "send", host: "client", text: "\ud800" }];
  for (const [i, value] of odd.entries()) {
    try {
      lab.apply(value);
    } catch (error) {
      assert.equal(error.name, "LabError", `number ${i}: ${error.stack}`);
    }
  }
  // A getter may throw what it likes; it is the caller's own.
  try {
    lab.apply(thrower);
  } catch (error) {
    assert.ok(error.name === "LabError" || error.message === "mine", `${error}`);
  }
  assert.deepEqual(lab.snapshot().hosts.map(({ id }) => id), ["client", "server"], "the lab lives on");
  assert.ok(lab.snapshot().tick >= before.tick);
});

test("time ends before JavaScript's whole numbers do", () => {
  // The greatest number that a snapshot can hold; beyond it an action is refused, and a snapshot never fails.
  const greatest = Number.MAX_SAFE_INTEGER;
  for (const us of [greatest, 2 ** 53, greatest - 1_000_000]) {
    const lab = new Lab();
    for (let i = 0; i < 3; i += 1) {
      try {
        act(lab, { type: "play", us }, { type: "listen", host: "server" }, { type: "connect", host: "client" });
      } catch (error) {
        isLabError(error, /./);
      }
      assert.ok(lab.snapshot().now_us <= greatest);
    }
  }
});

/** A small generator, so that every run is the same. */
function randomFrom(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit) => Math.floor(next() * limit);
  return { below, chance: (share) => next() < share, pick: (list) => list[below(list.length)] };
}

const RUBBISH = [null, undefined, -1, 0, 1.5, 1e9, 2 ** 40, 1e300, Number.NaN, Infinity, "", "client", "\u0000", "🦀".repeat(10), true, [], [1], {}, { type: "x" }, 5n];

/** An action as a careless program might make it: mostly well-formed, sometimes anything. */
function randomAction(random) {
  const { below, chance, pick } = random;
  const action = structuredClone(pick(chance(0.45) ? [{ type: "step" }, { type: "jump" }, { type: "play", us: below(3_000_000) }] : EVERY_ACTION));
  const swap = (key, value) => key in action && chance(0.7) && (action[key] = value);
  swap("host", pick(["client", "server"]));
  swap("from", pick(["client", "server"]));
  swap("segment", below(60));
  swap("us", pick([0, below(1_000), below(10_000_000), 1e12, 2 ** 50, 2 ** 53]));
  swap("port", below(65_536));
  swap("bytes", below(3_000));
  swap("tick", below(80));
  swap("branch", below(6));
  swap("scenario", pick(Lab.experiments()));
  swap("program", pick(["none", "echo", "sink", "never-closes"]));
  swap("per_mille", below(1_000));
  swap("how", pick(["RD", "WR", "RDWR"]));
  swap("config", { mtu: below(70_000), receive_buffer_bytes: below(70_000), msl_us: pick([below(1e9), 2 ** 50]), rto_initial_us: below(1e7), rto_min_us: below(1e7), syn_retries: below(256) });
  swap("what_if", { two_way_open: chance(0.5), no_time_wait: chance(0.5), three_way_close: chance(0.5), fixed_isn: chance(0.5) });
  if (chance(0.1)) action.socket = below(8);
  if (chance(0.08)) action[pick([...Object.keys(action), "extra"])] = pick(RUBBISH);
  if (chance(0.02)) delete action[pick(Object.keys(action))];
  if (chance(0.005)) return pick(RUBBISH);
  return action;
}

test(`${RANDOM_ACTIONS} random actions, some malformed, crash nothing`, () => {
  test.slow();
  const random = randomFrom(20_240_607);
  let lab = new Lab();
  let refused = 0;
  let renewAt = A_SESSION;
  let bytes = 0;
  let largest = 0;
  for (let i = 0; i < RANDOM_ACTIONS; i += 1) {
    const action = randomAction(random);
    try {
      lab.apply(action);
    } catch (error) {
      const text = JSON.stringify(action, (_, value) => (typeof value === "bigint" ? `${value}n` : value));
      assert.equal(error?.name, "LabError", `action ${i}: ${text}: ${error?.stack}`);
      assert.equal(typeof error.field, "string", text);
      refused += 1;
    }
    if (memory.buffer.byteLength > bytes) {
      bytes = memory.buffer.byteLength;
      // What two branches have in common is kept once.
      const own = lab.snapshot().branches.map(({ ticks, fork_tick }) => ticks - (fork_tick ?? 0));
      largest = Math.max(largest, own.reduce((sum, ticks) => sum + ticks, 0));
    }
    if (i % 50 === 0) {
      const now = lab.snapshot();
      if (now.records > 0) for (const lang of LANGUAGES) lab.explain(random.below(now.records), lang);
    }
    if (i % 1_000 === 0) {
      lab.pcapng();
      const linked = Lab.fromLink(lab.link());
      assert.deepEqual(moment(linked.snapshot()), moment(lab.snapshot()), `the link after action ${i}`);
      linked.free();
    }
    if (i === renewAt) {
      lab.free();
      lab = new Lab(random.pick(Lab.experiments()));
      renewAt += random.chance(0.01) ? A_LONG_SESSION : A_SESSION;
    }
  }
  lab.free();
  assert.ok(bytes <= MEMORY_BYTES + largest * MEMORY_BYTES_AN_EVENT, `${bytes} bytes of memory, ${largest} events`);
  assert.ok(refused > RANDOM_ACTIONS / 50 && refused < RANDOM_ACTIONS / 2, `${refused} were refused`);
});

test("the page's own lab is a Lab, and the page follows it", async ({ page, site }) => {
  await open(page, `${site.url}?lab=free&lang=en`);
  const methods = await page.evaluate(() => Object.getOwnPropertyNames(Object.getPrototypeOf(window.tcpLab)));
  for (const name of ["apply", "snapshot", "transitions", "explain", "journal", "link", "pcapng"]) assert.ok(methods.includes(name), name);
  await page.evaluate(() => window.tcpLab.apply({ type: "listen", host: "server" }));
  const server = page.getByRole("region", { name: WORDS.en.server, exact: true });
  await server.getByRole("button", { name: "LISTEN", exact: true }).waitFor();
  await server.getByRole("button", { name: "close()", exact: true }).click();
  await page.waitForFunction(() => window.tcpLab.snapshot().hosts[1].sockets.length === 0);
  const thrown = await page.evaluate(() => {
    const before = JSON.stringify(window.tcpLab.snapshot());
    try {
      window.tcpLab.apply({ type: "drop", segment: 5 });
    } catch (error) {
      return [error.name, error.field, JSON.stringify(window.tcpLab.snapshot()) === before];
    }
    return null;
  });
  assert.deepEqual(thrown, ["LabError", "segment", true]);
  const link = await page.evaluate(() => window.tcpLab.link());
  assert.deepEqual(moment(Lab.fromLink(link).snapshot()), moment(await page.evaluate(() => window.tcpLab.snapshot())), "the same in the page and without it");
});

for (const lang of LANGUAGES) {
  const notices = (page) => page.getByRole("alert", { name: WORDS[lang].notices });

  test(`wrong parameters give a notice each, and the defaults (${lang})`, async ({ page, site }) => {
    await open(page, `${site.url}?lang=${lang}&theme=pink&lab=nope&foo=1`);
    const texts = await notices(page).getByRole("listitem").allInnerTexts();
    assert.equal(texts.length, 3, texts.join("\n"));
    for (const quoted of ["theme=pink", "foo=1", "nope"]) assert.ok(texts.some((text) => text.includes(quoted)), quoted);
    for (const text of texts) assert.equal(/\p{Script=Han}/u.test(text.replace(WORDS[lang].dismiss, "")), lang === "zh-Hans", text);
    assert.ok(await notices(page).getByText("foo=1").isVisible());
    assert.equal((await page.evaluate(() => window.tcpLab.snapshot())).scenario, "handshake");
    assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "auto");
  });

  test(`a broken link gives a notice, and the lab from its beginning (${lang})`, async ({ browser, site }) => {
    for (const broken of ["1.rubbish", "", "9.AAAA", `${connected().link().slice(0, -3)}abc`]) {
      await withPage(browser, {}, async (page) => {
        await open(page, `${site.url}?lang=${lang}#s=${broken}`);
        const texts = await notices(page).getByRole("listitem").allInnerTexts();
        assert.equal(texts.length, 1, `${broken}: ${texts}`);
        assert.ok(texts[0].startsWith(topic(lang, "errors")["link-not-opened"].split("{")[0]), texts[0]);
        const now = await page.evaluate(() => window.tcpLab.snapshot());
        assert.deepEqual([now.scenario, now.tick], ["handshake", 0]);
      });
    }
  });
}

test("the declared types are true", () => {
  const lab = new Lab();
  const seen = { snapshots: [], records: [], explanations: [] };
  for (const action of EVERY_ACTION) {
    lab.apply(action);
    seen.snapshots.push(lab.snapshot());
    seen.records.push(...lab.transitions());
  }
  for (const id of Lab.experiments()) {
    const own = new Lab(id);
    for (let i = 0; i < 60 && !own.snapshot().idle; i += 1) own.apply({ type: "step" });
    seen.snapshots.push(own.snapshot());
    const records = own.transitions();
    seen.records.push(...records);
    for (const { id: record } of records) seen.explanations.push(own.explain(record, record % 2 ? "en" : "zh-Hans"));
  }
  const distinct = (list) => [...new Set(list.map((each) => JSON.stringify(each)))].join(",\n");
  const types = fileURLToPath(new URL("../www/tcp-lab.js", import.meta.url));
  // What was really handed out, as literals: then the compiler sees names that are missing and names too many.
  const sample = `
    import type { Action, Explanation, RecordView, Snapshot } from ${JSON.stringify(types)};
    export const actions: Action[] = [${EVERY_ACTION.map((action) => JSON.stringify(action)).join(",\n")}];
    export const snapshots: Snapshot[] = [${distinct(seen.snapshots)}];
    export const records: RecordView[] = [${distinct(seen.records)}];
    export const explanations: Explanation[] = [${distinct(seen.explanations)}];
  `;
  const folder = mkdtempSync(path.join(tmpdir(), "tcp-lab-types-"));
  try {
    const file = path.join(folder, "sample.mts");
    writeFileSync(file, sample);
    assert.deepEqual(complaints(file, "es2022,dom"), []);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
