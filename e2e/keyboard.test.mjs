// Everything by keyboard alone: no test here touches the pointer.

import assert from "node:assert/strict";
import { focused, press, walkTo } from "./support/keys.mjs";
import { state } from "./support/lab.mjs";
import { inBothLanguages } from "./support/test.mjs";

/** Presses a key on the control that has the focus until something has come about. */
async function pressUntil(lab, key, holds) {
  for (let i = 0; i < 30; i += 1) {
    if (holds(await lab.snapshot())) return;
    await press(lab.page, key);
  }
  assert.fail(`${key} never brings about ${holds}`);
}

/** Goes to the button that steps, and presses it until something has come about. */
async function stepUntil(lab, holds) {
  await walkTo(lab.page, lab.words.play);
  await press(lab.page, "ArrowRight");
  await pressUntil(lab, "Enter", holds);
}

const carries = (control) => (now) => now.in_flight.some((segment) => segment.control === control);
const isOpen = (now) => state(now, "client") === "ESTABLISHED" && state(now, "server") === "ESTABLISHED";

const SIZES = [
  ["on a desk", { width: 1280, height: 800 }],
  ["on a phone", { width: 390, height: 844 }],
];
for (const [where, viewport] of SIZES) {
  const isPhone = viewport.width < 720;
  inBothLanguages(
    `the handshake with its SYN,ACK dropped, ${where}`,
    "lost-syn-ack",
    async (lab, { page }) => {
      const { words } = lab;
      await walkTo(page, words.skipToControls);
      await press(page, "Enter");
      await walkTo(page, words.play);
      assert.equal((await press(page, "ArrowRight")).name, words.step);
      await pressUntil(lab, "Space", carries("SYN,ACK"));
      if (isPhone) {
        // The question stands on the tab of the explanation; the segment on that of the ladder, the first one.
        await walkTo(page, words.explanation, "Shift+Tab");
        await press(page, "Home");
        await press(page, "Enter");
        await walkTo(page, /^. ?SYN,ACK seq=y/);
      } else {
        await walkTo(page, /^. ?SYN,ACK seq=y/, "Shift+Tab");
      }
      await press(page, "Enter");
      assert.match((await focused(page)).name, /^SYN,ACK seq=y ack=x\+1$/, "the menu has the focus");
      await walkTo(page, words.drop);
      await press(page, "Enter");
      assert.deepEqual((await lab.snapshot()).in_flight, []);
      assert.notEqual(await focused(page), null, "the focus is not lost with the menu");
      await walkTo(page, words.step);
      await pressUntil(lab, "Enter", carries("SYN"));
      assert.match(await lab.ladder.textContent(), new RegExp(`SYN\\s*seq=x ${words.retransmitted}`));
      await pressUntil(lab, "Enter", isOpen);
    },
    { viewport },
  );
}

inBothLanguages("socket calls, closing and stepping back", "free", async (lab, { page }) => {
  const { words } = lab;
  // The client comes first in the order of the page.
  await walkTo(page, "connect()");
  await walkTo(page, "listen()");
  await press(page, "Enter");
  await walkTo(page, "connect()", "Shift+Tab");
  await press(page, "Space");
  await stepUntil(lab, isOpen);
  await walkTo(page, "close()", "Shift+Tab");
  await walkTo(page, "close()", "Shift+Tab");
  await press(page, "Enter");
  assert.equal(state(await lab.snapshot(), "client"), "FIN-WAIT-1");
  await walkTo(page, words.step);
  await pressUntil(lab, "Enter", (now) => state(now, "client") === "FIN-WAIT-2");
  const { tick } = await lab.snapshot();
  await press(page, "ArrowLeft");
  assert.equal((await press(page, "ArrowLeft")).name, words.back);
  await press(page, "Space");
  assert.equal((await lab.snapshot()).tick, tick - 1);
  await walkTo(page, "close()", "Shift+Tab");
  await press(page, "Enter");
  assert.equal((await lab.snapshot()).branches.length, 2, "acting in the past starts a branch");
  await walkTo(page, words.mainBranch);
  await press(page, "Enter");
  assert.equal((await lab.snapshot()).branch, 0);
});

inBothLanguages("the timeline is moved by the arrow keys", "handshake", async (lab, { page }) => {
  await stepUntil(lab, (now) => now.tick === 4);
  await walkTo(page, lab.words.timeline);
  await press(page, "ArrowLeft");
  assert.equal((await lab.snapshot()).tick, 3);
  await press(page, "Home");
  assert.equal((await lab.snapshot()).tick, 0);
  await press(page, "ArrowRight");
  assert.equal((await lab.snapshot()).tick, 1);
});

for (const key of ["Tab", "Shift+Tab"]) {
  inBothLanguages(`${key} goes through everything and is caught nowhere`, "handshake", async (lab, { page }) => {
    await stepUntil(lab, carries("SYN,ACK"));
    const count = () => {
      // Where radio buttons have one name, one of them is a stop.
      const names = new Set();
      const isStop = (element) => {
        if (element.tabIndex < 0 || element.disabled || !element.checkVisibility({ visibilityProperty: true })) return false;
        if (element.closest("details:not([open])") && element.tagName !== "SUMMARY") return false;
        if (element.type !== "radio") return true;
        return !names.has(element.name) && names.add(element.name);
      };
      return [...document.querySelectorAll("a[href], button, input, select, summary, [tabindex]")].filter(isStop).length;
    };
    const expected = await page.evaluate(count);
    await page.evaluate(() => document.activeElement.blur());
    const seen = [];
    let first;
    for (;;) {
      const at = await press(page, key);
      if (at === null) continue;
      const id = await page.evaluate(() => {
        window.stops ??= [];
        const known = window.stops.indexOf(document.activeElement);
        return known >= 0 ? known : window.stops.push(document.activeElement) - 1;
      });
      if (first === undefined) first = id;
      else if (id === first) break;
      else assert.ok(!seen.includes(id), `caught at ${at.html}`);
      seen.push(id);
    }
    assert.ok(seen.length >= expected, `${seen.length} of ${expected} controls were reached`);
  });
}

inBothLanguages("the diagram is one tab stop, walked by the arrow keys", "handshake", async (lab, { page }) => {
  const inDiagram = () => document.activeElement.closest("svg[role=graphics-document]") !== null && document.activeElement.dataset.state;
  const { words } = lab;
  assert.equal(await page.locator("svg[role=graphics-document] [tabindex='0']").count(), 1);
  // The button before it belongs to the same panel.
  await walkTo(page, words.asTable);
  await press(page, "Tab");
  assert.equal(await page.evaluate(inDiagram), "CLOSED");
  await press(page, "ArrowDown");
  assert.equal(await page.evaluate(inDiagram), "LISTEN");
  await press(page, "ArrowLeft");
  assert.equal(await page.evaluate(inDiagram), "SYN-RECEIVED");
  await press(page, "Enter");
  assert.match(await lab.explanation.innerText(), /SYN-RECEIVED/);
  await press(page, "End");
  assert.equal(await page.evaluate(inDiagram), "TIME-WAIT");
  await press(page, "Space");
  assert.match(await lab.explanation.innerText(), /TIME-WAIT/);
  assert.equal((await lab.snapshot()).tick, 0, "the keys of the diagram do not move time");
  await press(page, "Tab");
  assert.equal(await page.evaluate(inDiagram), false, "one Tab leaves it");
  await press(page, "Shift+Tab");
  assert.equal(await page.evaluate(inDiagram), "TIME-WAIT", "and one comes back to where one was");
});

inBothLanguages("dialogs take the focus and give it back", "handshake", async (lab, { page }) => {
  const { words } = lab;
  for (const name of ["settings", "share", "help"]) {
    for (const leave of ["Escape", "Enter"]) {
      await page.evaluate(() => document.activeElement.blur());
      await walkTo(page, words[name]);
      await press(page, "Enter");
      const dialog = page.getByRole("dialog", { name: words[name] });
      await dialog.waitFor();
      assert.ok((await focused(page)).inDialog, `${name} takes the focus`);
      for (let i = 0; i < 30; i += 1) {
        const at = await press(page, "Tab");
        assert.ok(at === null || at.inDialog, `${name} keeps the focus: ${at?.html}`);
      }
      if (leave === "Enter") await walkTo(page, words.close);
      await press(page, leave);
      await dialog.waitFor({ state: "detached" });
      assert.equal((await focused(page))?.name, words[name], `${name} gives the focus back after ${leave}`);
    }
  }
});

inBothLanguages("Escape closes the menu of a segment and the focus is not lost", "handshake", async (lab, { page }) => {
  await stepUntil(lab, carries("SYN"));
  await walkTo(page, /^. ?SYN seq=x/, "Shift+Tab");
  await press(page, "Enter");
  await lab.menu.waitFor();
  await press(page, "Escape");
  await lab.menu.waitFor({ state: "detached" });
  assert.notEqual(await focused(page), null);
});

inBothLanguages("single keys do nothing while one types", "handshake", async (lab, { page }) => {
  const { words } = lab;
  await stepUntil(lab, carries("SYN"));
  const before = await lab.snapshot();
  await walkTo(page, words.textToSend, "Shift+Tab");
  await page.keyboard.press("Control+A");
  await page.keyboard.type("d F? f D");
  for (const key of ["ArrowLeft", "ArrowRight", "ArrowRight", "Space"]) await press(page, key);
  assert.equal(await page.evaluate(() => document.activeElement.value), "d F? f D ");
  assert.deepEqual(await lab.snapshot(), before);
  assert.equal(await page.getByRole("dialog").count() + (await lab.menu.count()), 0);
  assert.ok(await lab.transport("play").isVisible(), "it does not play");

  await walkTo(page, /^. ?SYN seq=x/, "Shift+Tab");
  await press(page, "Enter");
  await walkTo(page, lab.words.delayBySeconds);
  await page.keyboard.type("d?1f");
  for (const key of ["ArrowLeft", "ArrowRight"]) await press(page, key);
  assert.deepEqual(await lab.snapshot(), before);
  assert.equal(await page.getByRole("dialog").count(), 0);
});

inBothLanguages("single keys act elsewhere, until they are switched off", "handshake", async (lab, { page }) => {
  const { words } = lab;
  const tick = async () => (await lab.snapshot()).tick;
  await press(page, "ArrowRight");
  assert.equal(await tick(), 1, "they act before anything has the focus");
  await press(page, "ArrowRight");
  assert.equal(await tick(), 2);
  await press(page, "ArrowLeft");
  assert.equal(await tick(), 1);
  await press(page, "ArrowRight");
  await press(page, "f");
  await lab.menu.waitFor();
  await press(page, "d");
  assert.deepEqual((await lab.snapshot()).in_flight, []);
  await press(page, "?");
  await page.getByRole("dialog", { name: words.help }).waitFor();
  await walkTo(page, words.shortcutsOn);
  await press(page, "Space");
  await press(page, "Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  const before = await lab.snapshot();
  for (const key of ["ArrowLeft", "ArrowRight", "Space", "f", "?"]) await press(page, key);
  assert.deepEqual(await lab.snapshot(), before);
  assert.equal(await page.getByRole("dialog").count(), 0);
});
