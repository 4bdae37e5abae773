// What a reader who hears the page is told.

import assert from "node:assert/strict";
import { state } from "./support/lab.mjs";
import { inBothLanguages } from "./support/test.mjs";
import { filled, topic } from "./support/texts.mjs";
import { LANGUAGES, labs, resize } from "./support/variants.mjs";

const STATES = [
  "CLOSED",
  "LISTEN",
  "SYN-SENT",
  "SYN-RECEIVED",
  "ESTABLISHED",
  "FIN-WAIT-1",
  "FIN-WAIT-2",
  "CLOSE-WAIT",
  "CLOSING",
  "LAST-ACK",
  "TIME-WAIT",
];

inBothLanguages("one polite log says one sentence for each step", "lost-last-ack", async (lab, { page }) => {
  assert.equal(await lab.log.count(), 1);
  assert.equal(await lab.log.getAttribute("aria-live"), "polite");
  await page.evaluate(() => {
    window.heard = [];
    const log = document.querySelector("[role=log]");
    new MutationObserver(() => window.heard.push(log.innerText.trim())).observe(log, { childList: true, characterData: true, subtree: true });
  });
  const fullStop = topic(lab.lang, "phrases")["full-stop"];
  for (let i = 0; i < 30; i += 1) {
    const before = await lab.snapshot();
    if (before.idle) break;
    await page.evaluate(() => (window.heard = []));
    const said = await lab.log.innerText();
    await lab.press("step");
    const [heard, after] = await Promise.all([page.evaluate(() => window.heard), lab.snapshot()]);
    if (after.records === before.records) continue;
    // Two equal steps in a row may be worded equally; then there is nothing new to hear.
    assert.ok(heard.length === 1 || (heard.length === 0 && said === (await lab.log.innerText())), `step ${after.tick}: ${JSON.stringify(heard)}`);
    const sentence = (await lab.log.innerText()).trim();
    assert.ok(sentence.endsWith(fullStop), sentence);
    assert.ok(!sentence.includes("\n"), `one paragraph: ${sentence}`);
    assert.ok(!sentence.includes("`"), sentence);
    assert.ok(sentence.length < 260, `short enough to be heard to the end: ${sentence}`);
    // At the end of a wait nobody may be concerned but the clock; otherwise a host is named.
    assert.match(sentence, new RegExp(`${lab.words.client}|${lab.words.server}`, "i"));
  }
  assert.equal((await lab.snapshot()).idle, true);
});

inBothLanguages("the table of the states says what the diagram shows", "four-way-close", async (lab, { page }) => {
  const { words } = lab;
  const panel = page.getByRole("region", { name: words.stateDiagram, exact: true });
  await lab.button(words.asTable, panel).click();
  const table = panel.getByRole("table");
  assert.equal(await lab.button(words.asTable, panel).getAttribute("aria-pressed"), "true");
  for (let i = 0; i < 9; i += 1) {
    const names = await table.getByRole("rowheader").getByRole("button").allInnerTexts();
    assert.deepEqual(names.slice().sort(), STATES.slice().sort());
    const now = await lab.snapshot();
    for (const host of ["client", "server"]) {
      const rows = table.getByRole("row").filter({ has: page.getByRole("cell", { name: new RegExp(words[host]) }) });
      if (now.hosts.find(({ id }) => id === host).sockets.length === 0) continue;
      const there = await rows.getByRole("rowheader").getByRole("button").allInnerTexts();
      assert.deepEqual(there, [state(now, host)], `where the ${host} is at step ${now.tick}`);
    }
    await lab.press("step");
  }
  await lab.button(words.asTable, panel).click();
  for (const name of ["client", "server"]) {
    const now = await lab.snapshot();
    const label = await panel.locator(`[data-state="${state(now, name)}"]`).getAttribute("aria-label");
    assert.ok(label.includes(filled(words.isHere, { host: words[name] })), label);
  }
});

inBothLanguages("the table of the segments says what the ladder shows", "lost-syn-ack", async (lab, { page }) => {
  const { words } = lab;
  const panel = page.getByRole("region", { name: words.ladder, exact: true });
  await lab.stepUntil((now) => now.in_flight.some(({ control }) => control === "SYN,ACK"));
  await lab.verdict("SYN,ACK", "drop");
  await lab.stepUntil((now) => state(now, "client") === "ESTABLISHED");
  await lab.button(words.asTable, panel).click();
  const table = panel.getByRole("table");
  const rows = await table.locator("tbody").getByRole("row").all();
  const now = await lab.snapshot();
  const sent = (await lab.transitions()).flatMap((record) => record.sent);
  assert.equal(rows.length, sent.length, "a row for each segment sent");
  const cells = await Promise.all(rows.map((row) => row.getByRole("cell").allInnerTexts()));
  const [first, dropped] = cells;
  assert.deepEqual([first[1], first[2].trim()], [words.client, "SYN seq=x"]);
  assert.match(first[3], new RegExp(`${words.arrivedAt} 0\\.200 s`));
  assert.deepEqual([dropped[1], dropped[2].trim(), dropped[3]], [words.server, "SYN,ACK seq=y ack=x+1", words.droppedByYou]);
  assert.match(cells[2][2], new RegExp(`SYN seq=x\\s+${words.retransmitted}`));
  const onItsWay = cells.filter((row) => row[3] === words.onItsWay);
  assert.deepEqual(onItsWay.map((row) => row[2].split(" ")[0]), now.in_flight.map(({ control }) => control));
});

inBothLanguages("the document names its language, and what is in another one says so", "handshake", async (lab, { page }) => {
  assert.equal(await page.evaluate(() => document.documentElement.lang), lab.lang);
  const other = LANGUAGES.find((lang) => lang !== lab.lang);
  assert.equal(await lab.button(lab.words.otherLanguage).getAttribute("lang"), other);
  await lab.stepUntil((now) => now.tick === 5);
  if (lab.lang === "en") {
    const han = await page.evaluate(() => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const found = [];
      while (walker.nextNode()) {
        const { parentElement, data } = walker.currentNode;
        if (/\p{Script=Han}/u.test(data) && parentElement.closest("[lang]").lang === "en" && parentElement.checkVisibility()) found.push(data);
      }
      return found;
    });
    // The notes the page quotes from are written in Chinese; their titles are translated.
    assert.deepEqual(han, [], "Chinese words that are announced as English");
  }
});

inBothLanguages("every control has a name, in every experiment", "handshake", async (lab, { page }) => {
  const nameless = () => {
    const nameOf = (element) => {
      const ids = (element.getAttribute("aria-labelledby") ?? "").split(" ").filter(Boolean);
      const labelled = ids.map((id) => document.getElementById(id)?.textContent ?? "").join(" ");
      const labels = [...(element.labels ?? [])].map((label) => label.textContent).join(" ");
      const own = element.matches("input, select, textarea") ? "" : element.textContent;
      return (labelled || element.getAttribute("aria-label") || labels || own).trim();
    };
    const controls = document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex], [role=toolbar], [role=group], [role=tablist]");
    return [...controls].filter((element) => element.checkVisibility() && nameOf(element) === "").map((element) => element.outerHTML.slice(0, 200));
  };
  for (const scenario of await labs()) {
    await page.evaluate((scenario) => window.tcpLab.apply({ type: "load", scenario }), scenario);
    await lab.settled();
    for (let i = 0; i < 4 && !(await lab.snapshot()).idle; i += 1) await lab.press("step");
    assert.deepEqual(await page.evaluate(nameless), [], scenario);
  }
  for (const name of ["settings", "share", "help"]) {
    await lab.button(lab.words[name]).click();
    await page.getByRole("dialog").waitFor();
    assert.deepEqual(await page.evaluate(nameless), [], name);
    await lab.button(lab.words.close, page.getByRole("dialog")).click();
  }
  await resize(page, { width: 390, height: 844 });
  assert.deepEqual(await page.evaluate(nameless), [], "on a phone");
});

inBothLanguages("a notice is an alert, and can be dismissed", "handshake", async (lab, { page, site }) => {
  await lab.page.goto(`${site.url}?lang=${lab.lang}&foo=1`);
  const notices = page.getByRole("alert", { name: lab.words.notices });
  await notices.getByText("foo=1").waitFor();
  await lab.button(lab.words.dismiss, notices).click();
  await lab.settled();
  assert.equal(await notices.getByRole("listitem").count(), 0);
});
