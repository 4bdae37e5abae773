// What a learner comes for, done with the buttons a learner uses, in both languages.

import assert from "node:assert/strict";
import { withPage } from "./support/browser.mjs";
import { LabPage, moment, socket, state } from "./support/lab.mjs";
import { inBothLanguages } from "./support/test.mjs";
import { choice, filled, topic } from "./support/texts.mjs";
import { LANGUAGES } from "./support/variants.mjs";

/** A newcomer shall have seen a handshake ten seconds after the page opened; a busy machine gets some more. */
const HANDSHAKE_MS = 15_000;

/** A test of its own in each language, once with the pointer and once with the keyboard alone. */
function withBothHands(name, scenario, body) {
  inBothLanguages(name, scenario, body);
  inBothLanguages(`${name}, by keys alone`, scenario, (lab, fixtures) => {
    lab.byKeys = true;
    return body(lab, fixtures);
  });
}

const carries = (control) => (snapshot) => snapshot.in_flight.some((segment) => segment.control === control);
const deadline = (snapshot, host, kind) => socket(snapshot, host)?.timers.find((timer) => timer.kind === kind)?.at_us;

/** The panels agree with the session about the states of both ends. */
async function assertShown(lab, client, server) {
  const snapshot = await lab.snapshot();
  assert.deepEqual([state(snapshot, "client"), state(snapshot, "server")], [client, server]);
  for (const [host, expected] of [["client", client], ["server", server]]) {
    if (socket(snapshot, host)) assert.equal(await lab.shownState(host), expected, `the panel of the ${host}`);
  }
}

/** The explanation, and the log that a screen reader hears, say something like this. */
async function assertExplained(lab, patterns) {
  const text = await lab.explanation.innerText();
  for (const pattern of [patterns[lab.lang]].flat()) assert.match(text, pattern);
  for (const heading of ["happened", "why", "otherwise"]) {
    assert.equal(await lab.explanation.getByRole("heading", { name: lab.words[heading], exact: true }).count(), 1);
  }
}

/** In the free lab: the server listens, the client connects, the server accepts. */
async function establish(lab) {
  await lab.call("server", "listen()");
  await lab.call("client", "connect()");
  await lab.stepUntilStates("ESTABLISHED", "ESTABLISHED");
  await lab.call("server", "accept()");
  await assertShown(lab, "ESTABLISHED", "ESTABLISHED");
}

withBothHands("Play plays a handshake, and asks before the decisive segment", "handshake", async (lab) => {
  const began = Date.now();
  const { page, words } = lab;
  await lab.operate(lab.transport("play"));
  const chosen = page.getByRole("radio", { name: choice(lab.lang, "handshake", "client"), exact: true });
  await chosen.waitFor({ timeout: HANDSHAKE_MS });
  await lab.operate(chosen, "Space");
  await lab.operate(lab.button(words.answer));
  await lab.operate(lab.transport("play"));
  const both = () => window.tcpLab.snapshot().hosts.every(({ sockets }) => sockets.at(-1)?.state === "ESTABLISHED");
  await page.waitForFunction(both, undefined, { timeout: HANDSHAKE_MS });
  assert.ok(Date.now() - began < HANDSHAKE_MS, `${Date.now() - began} ms`);
  await assertShown(lab, "ESTABLISHED", "ESTABLISHED");
  await page.getByText(words.correct, { exact: true }).waitFor();
  assert.deepEqual((await lab.snapshot()).question, { state: "judged", chosen: "client", right: "client" });
});

withBothHands("a dropped SYN,ACK is sent again, and the page says why", "lost-syn-ack", async (lab) => {
  const { words } = lab;
  await lab.stepUntil(carries("SYN,ACK"));
  await lab.verdict("SYN,ACK", "drop");
  assert.deepEqual((await lab.snapshot()).in_flight, []);
  assert.match(await lab.ladder.textContent(), new RegExp(words.droppedByYou));
  await assertShown(lab, "SYN-SENT", "SYN-RECEIVED");

  await lab.stepUntil(carries("SYN"));
  assert.match(await lab.ladder.textContent(), new RegExp(`SYN seq=x ${words.retransmitted}`));
  await assertExplained(lab, { "zh-Hans": [/超时重传/, /第 1 次/], en: [/retransmi/i, /again|once more|for the first time|attempt 1|number 1/i] });

  await lab.stepUntil(carries("SYN,ACK"));
  assert.match(await lab.ladder.textContent(), new RegExp(`SYN,ACK seq=y ack=x\\+1 ${words.retransmitted}`));
  await lab.stepUntilStates("ESTABLISHED", "ESTABLISHED");
  await assertShown(lab, "ESTABLISHED", "ESTABLISHED");
});

for (const [first, second] of [["client", "server"], ["server", "client"]]) {
  withBothHands(`the ${first} closes first`, "free", async (lab) => {
    const of = (mine, theirs) => (first === "client" ? [mine, theirs] : [theirs, mine]);
    await establish(lab);
    await lab.call(first, "close()");
    await assertShown(lab, ...of("FIN-WAIT-1", "ESTABLISHED"));
    await lab.stepUntilStates(...of("FIN-WAIT-2", "CLOSE-WAIT"));
    await assertShown(lab, ...of("FIN-WAIT-2", "CLOSE-WAIT"));
    await lab.call(second, "close()");
    await assertShown(lab, ...of("FIN-WAIT-2", "LAST-ACK"));
    const waiting = await lab.stepUntil((now) => state(now, first) === "TIME-WAIT");
    await assertShown(lab, ...of("TIME-WAIT", "LAST-ACK"));
    await assertExplained(lab, { "zh-Hans": [/TIME-WAIT/, /2MSL/], en: [/TIME-WAIT/, /2 ?MSL/] });
    assert.equal(deadline(waiting, first, "time-wait") - waiting.now_us, 240_000_000, "twice an MSL of two minutes");
    await lab.stepUntil((now) => !now.hosts.find(({ id }) => id === second).sockets.some((each) => each.state === "LAST-ACK"));
    const name = new RegExp(`^${lab.words.timerTimeWaitLong}.*${lab.words.jumpToEnd}`);
    await lab.operate(lab.host(first).getByRole("button", { name }));
    const over = await lab.stepUntil((now) => now.idle);
    assert.ok(over.now_us >= waiting.now_us + 240_000_000, "2MSL have passed");
    for (const { sockets } of over.hosts) assert.ok(sockets.every((each) => ["LISTEN", "CLOSED"].includes(each.state)));
  });
}

withBothHands("both close at once and pass through CLOSING", "free", async (lab) => {
  await establish(lab);
  await lab.call("client", "close()");
  await lab.call("server", "close()");
  await assertShown(lab, "FIN-WAIT-1", "FIN-WAIT-1");
  await lab.stepUntilStates("CLOSING", "CLOSING");
  await assertShown(lab, "CLOSING", "CLOSING");
  await assertExplained(lab, { "zh-Hans": /CLOSING/, en: /CLOSING/ });
  await lab.stepUntilStates("TIME-WAIT", "TIME-WAIT");
  await assertShown(lab, "TIME-WAIT", "TIME-WAIT");
});

withBothHands("when the last ACK is lost, TIME-WAIT begins anew", "free", async (lab) => {
  await establish(lab);
  await lab.call("client", "close()");
  await lab.stepUntilStates("FIN-WAIT-2", "CLOSE-WAIT");
  await lab.call("server", "close()");
  const first = await lab.stepUntil((now) => state(now, "client") === "TIME-WAIT");
  await lab.verdict("ACK", "drop");
  await lab.stepUntil(carries("FIN,ACK"), "the server sends its FIN again");
  await assertShown(lab, "TIME-WAIT", "LAST-ACK");
  assert.match(await lab.ladder.textContent(), new RegExp(`FIN,ACK [^ ]+ [^ ]+ ${lab.words.retransmitted}`));
  const again = await lab.stepUntil(carries("ACK"), "the client acknowledges again");
  await assertShown(lab, "TIME-WAIT", "LAST-ACK");
  const [was, is] = [first, again].map((now) => deadline(now, "client", "time-wait"));
  assert.ok(is > was, `2MSL end at ${is}, not at ${was} as before`);
  assert.equal(is, again.now_us + 240_000_000);
  await assertExplained(lab, { "zh-Hans": [/2MSL/, /重新|重启|从头/], en: [/2 ?MSL/, /restart|start over|again|anew/i] });
});

withBothHands("the experiment of the lost last ACK shows the same by itself", "lost-last-ack", async (lab) => {
  const first = await lab.stepUntil((now) => state(now, "client") === "TIME-WAIT");
  const was = deadline(first, "client", "time-wait");
  const again = await lab.stepUntil((now) => deadline(now, "client", "time-wait") > was, "2MSL begin anew");
  assert.equal(deadline(again, "client", "time-wait"), again.now_us + 240_000_000);
  assert.ok(again.now_us < was, "the wait had not ended");
  await assertExplained(lab, { "zh-Hans": [/2MSL/, /重新|重启|从头/], en: [/2 ?MSL/, /restart|start over|again|anew/i] });
});

inBothLanguages("a router's report may be soft or hard", "free", async (lab) => {
  const { page, words } = lab;
  await lab.call("client", "connect()");
  await lab.verdict("SYN", "icmpReport");
  await assertShown(lab, "SYN-SENT", "CLOSED");
  const { "host-unreachable": noHost, "port-unreachable": noPort } = topic(lab.lang, "reasons").icmp;
  await assertExplained(lab, { [lab.lang]: new RegExp(noHost) });

  const row = lab.host("client").getByRole("row", { name: /ICMP/ });
  assert.match(await row.innerText(), new RegExp(noHost));

  await lab.stepUntil(carries("SYN"));
  await lab.operate(lab.flying("SYN"));
  await page.getByRole("combobox", { name: words.icmpReport }).selectOption(filled(words.icmpWeighed, { weight: words.icmpHard, report: noPort }));
  await lab.operate(lab.button(words.icmpReport, lab.menu));
  await lab.settled();
  await assertShown(lab, "CLOSED", "CLOSED");
  await assertExplained(lab, { [lab.lang]: new RegExp(noPort) });
  assert.equal(socket(await lab.snapshot(), "client").error, "ECONNREFUSED");
});

inBothLanguages("a socket option is set on one connection", "free", async (lab) => {
  await establish(lab);
  const panel = lab.host("client");
  await panel.getByText(lab.words.moreCalls).click();
  await panel.getByRole("combobox", { name: lab.words.socketOption }).selectOption("TCP_KEEPIDLE (s)");
  await panel.getByRole("spinbutton", { name: lab.words.optionValue }).fill("3");
  await lab.call("client", "setsockopt()");
  assert.match(await panel.innerText(), /setsockopt\(3, TCP_KEEPIDLE, 3000 ms\)/);
  await panel.getByRole("combobox", { name: lab.words.socketOption }).selectOption("SO_KEEPALIVE (0/1)");
  await lab.call("client", "setsockopt()");
  assert.equal(deadline(await lab.snapshot(), "client", "keepalive") - (await lab.snapshot()).now_us, 3_000_000);
});

withBothHands("step back and do otherwise: both courses are kept", "lost-syn-ack", async (lab) => {
  const { page, words } = lab;
  const branches = page.getByRole("navigation", { name: words.branches });
  await lab.stepUntil(carries("SYN,ACK"));
  const fork = await lab.snapshot();
  await lab.press("step");
  const first = await lab.snapshot();
  assert.equal(state(first, "client"), "ESTABLISHED");
  assert.ok(await branches.isHidden(), "one course is no choice");

  await lab.press("back");
  assert.deepEqual(await lab.snapshot(), { ...fork, ticks: first.ticks, branches: first.branches, question: (await lab.snapshot()).question });
  await lab.verdict("SYN,ACK", "drop");
  await lab.press("step");
  const second = await lab.snapshot();
  assert.equal(state(second, "client"), "SYN-SENT");
  assert.deepEqual(second.branches.map(({ id, parent }) => [id, parent]), [[0, null], [1, 0]]);
  assert.equal(await lab.button(filled(words.branchName, { id: 1 }), branches).getAttribute("aria-current"), "true");

  await lab.operate(lab.button(words.mainBranch, branches));
  await lab.settled();
  assert.equal((await lab.snapshot()).branch, 0);
  await lab.stepUntil((now) => now.tick === first.tick);
  assert.deepEqual(moment(await lab.snapshot()), moment(first));
  assert.equal(await lab.button(words.mainBranch, branches).getAttribute("aria-current"), "true");

  await lab.operate(lab.button(filled(words.branchName, { id: 1 }), branches));
  await lab.settled();
  await lab.stepUntil((now) => now.tick === second.tick);
  assert.deepEqual(moment(await lab.snapshot()), moment(second));
});

withBothHands("the link of a moment brings it back in another page", "free", async (lab, { site, browser }) => {
  const { page, words } = lab;
  await establish(lab);
  await lab.write(lab.host("client").getByRole("textbox", { name: words.textToSend }), "你好 & hello");
  await lab.call("client", "send()");
  await lab.verdict("(PSH,)?ACK", "duplicate");
  await lab.press("step");
  await lab.call("server", "close()");
  await lab.press("step");
  await lab.press("back");

  await lab.operate(lab.button(words.share));
  const link = await page.getByRole("dialog").getByRole("textbox", { name: words.linkToMoment }).inputValue();
  assert.ok(link.startsWith(site.url), link);
  const here = await lab.snapshot();
  await withPage(browser, {}, async (other) => {
    const found = await LabPage.open(other, link, {});
    assert.deepEqual(moment(await found.snapshot()), moment(here));
    assert.equal(await other.evaluate(() => document.documentElement.lang), lab.lang);
    assert.deepEqual(await other.getByRole("alert").getByRole("listitem").allInnerTexts(), [], "nothing to complain of");
  });
});

inBothLanguages("another language, the same state", "lost-syn-ack", async (lab) => {
  const { page, words } = lab;
  await lab.stepUntil(carries("SYN,ACK"));
  await lab.verdict("SYN,ACK", "hold");
  const here = await lab.snapshot();
  await lab.button(words.otherLanguage).click();
  await lab.settled();
  const other = LANGUAGES.find((lang) => lang !== lab.lang);
  assert.equal(await page.evaluate(() => document.documentElement.lang), other);
  assert.deepEqual(await lab.snapshot(), here);
  const there = new LabPage(page, other);
  assert.equal(await page.title(), there.words.title);
  assert.equal(await page.getByRole("heading", { level: 1 }).innerText(), there.words.title);
  assert.ok(await there.transport("step").isVisible());
  assert.equal(await lab.transport("step").count(), 0);
  await there.verdict("SYN,ACK", "release");
  await there.button(there.words.otherLanguage).click();
  assert.ok(await lab.transport("step").isVisible());
});

inBothLanguages("the theme switch goes round", "handshake", async (lab) => {
  const { page, words } = lab;
  const themeButton = page.getByRole("button", { name: new RegExp(`^${words.theme}`) });
  const seen = [];
  for (let i = 0; i < 4; i += 1) {
    await themeButton.click();
    await lab.settled();
    const look = () => [document.documentElement.dataset.theme ?? "auto", getComputedStyle(document.body).backgroundColor];
    seen.push(await page.evaluate(look));
  }
  assert.deepEqual(seen.map(([theme]) => theme), ["light", "dark", "contrast", "auto"]);
  assert.notEqual(seen[0][1], seen[1][1], "light and dark differ");
});

inBothLanguages("numbers are written as letters, relative or raw", "handshake", async (lab) => {
  const { page, words } = lab;
  const now = await lab.stepUntil(carries("SYN,ACK"));
  const { seq, ack } = now.in_flight[0];
  const notation = page.getByRole("combobox", { name: words.notation });
  const label = async (option) => {
    await notation.selectOption({ index: option });
    await lab.settled();
    return lab.ladder.textContent();
  };
  assert.match(await label(0), /SYN,ACK\s*seq=y ack=x\+1/);
  assert.match(await label(1), /SYN,ACK\s*seq=0 ack=1/);
  assert.match(await label(2), new RegExp(`SYN,ACK\\s*seq=${seq} ack=${ack}`));
  assert.deepEqual(await lab.snapshot(), now);
});
