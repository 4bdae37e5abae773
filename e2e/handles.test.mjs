// What a learner takes hold of besides the buttons of the segments: rules, sockets, arrows, the address. And what the
// page makes of phones, print and forced colours.

import assert from "node:assert/strict";
import { withPage } from "./support/browser.mjs";
import { LabPage, state } from "./support/lab.mjs";
import { inBothLanguages, test } from "./support/test.mjs";
import { filled, topic } from "./support/texts.mjs";
import { goSomeWay } from "./support/variants.mjs";

/** What is said of a rule that drops the first segment of a kind. */
function dropRule(lab, host, kind) {
  const { words } = lab;
  const sender = topic(lab.lang, "phrases")[`the-${host}`];
  return filled(words.ruleInWords, { host: sender, nth: words.ruleFirst, kind, verdict: words.drop });
}

const PHONE = { viewport: { width: 390, height: 844 } };

inBothLanguages("standing rules are made and taken back by the keyboard, and fire", "four-way-close", async (lab, { page, words }) => {
  await lab.button(lab.words.settings).click();
  const rules = page.getByRole("group", { name: words.linkRules });
  const items = rules.getByRole("listitem");
  const said = async () => (await items.allInnerTexts()).map((text) => text.replace(words.removeLinkRule, "").trim());
  const choose = async (name, times) => {
    await rules.getByRole("combobox", { name, exact: true }).focus();
    for (let i = 0; i < times; i += 1) await page.keyboard.press("ArrowDown");
  };
  const pressOn = async (name) => {
    await rules.getByRole("button", { name, exact: true }).focus();
    await page.keyboard.press("Enter");
    await lab.settled();
  };
  assert.equal(await items.count(), 0);
  const first = (host) => dropRule(lab, host, "FIN");
  await choose(words.ruleMatches, 4);
  await pressOn(words.addLinkRule);
  await choose(words.ruleFrom, 1);
  await pressOn(words.addLinkRule);
  assert.deepEqual(await said(), [first("client"), first("server")]);
  assert.deepEqual((await lab.snapshot()).link.rules.map(({ from, matches, verdict }) => [from, matches.fin, verdict]), [
    ["client", true, "drop"],
    ["server", true, "drop"],
  ]);
  // One is taken back: the focus stays on the button in its place, and with the last one goes to where one is made.
  await pressOn(`${words.removeLinkRule}: ${first("client")}`);
  assert.deepEqual(await said(), [first("server")]);
  const focused = () => page.evaluate(() => document.activeElement.ariaLabel ?? document.activeElement.textContent);
  assert.equal(await focused(), `${words.removeLinkRule}: ${first("server")}`);
  await page.keyboard.press("Enter");
  await lab.settled();
  assert.equal(await items.count(), 0);
  assert.equal(await focused(), words.addLinkRule);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await lab.settled();
  assert.equal(await items.count(), 2);
  await pressOn(words.clearLinkRules);
  assert.deepEqual([await items.count(), await focused()], [0, words.addLinkRule]);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await lab.stepUntil((now) => now.link.rules.length === 0, "the rule is used up");
  assert.ok((await lab.ladder.textContent()).includes(words.droppedByRule));
});

inBothLanguages("each setting says what it means, beside its name", "free", async (lab, { page, words }) => {
  await lab.button(lab.words.settings).click();
  const dialog = page.getByRole("dialog");
  assert.equal(await dialog.getByText(topic(lab.lang, "settings").msl_us.means, { exact: true }).count(), 2, "one for each host");
  await dialog.getByRole("group").locator("summary").first().click();
  for (const field of await dialog.locator(".setting input").all()) {
    const [name, meaning] = await field.evaluate((field) => [field.labels[0].textContent, field.closest(".setting").querySelector("small").textContent]);
    assert.ok(meaning.length > 0 && !name.includes(meaning), `${name}: ${meaning}`);
  }
});

inBothLanguages("the socket to be shown can be chosen, and the choice given back", "free", async (lab, { page, words }) => {
  await lab.call("server", "listen()");
  await lab.call("client", "connect()");
  await lab.stepUntilStates("ESTABLISHED", "ESTABLISHED");
  assert.equal(await lab.shownState("server"), "ESTABLISHED");
  const panel = lab.host("server");
  const listener = panel.getByTitle(words.showSocket).filter({ hasText: "LISTEN" });
  assert.equal(await listener.getAttribute("aria-pressed"), "false");
  await listener.focus();
  await page.keyboard.press("Enter");
  await lab.settled();
  assert.equal(await lab.shownState("server"), "LISTEN");
  assert.equal(await listener.getAttribute("aria-pressed"), "true");
  // The calls mean the socket that is shown.
  await lab.call("server", "close()");
  const { sockets } = (await lab.snapshot()).hosts.find(({ id }) => id === "server");
  assert.ok(!sockets.some((socket) => socket.state === "LISTEN"), "the listener is closed");
  await lab.settled();
  assert.equal(state(await lab.snapshot(), "client"), "ESTABLISHED");
});

inBothLanguages("a link put into the address of the open page is opened; a broken one is reported", "handshake", async (lab, { page }) => {
  const link = await page.evaluate(() => {
    const own = new window.tcpLab.constructor("lost-syn-ack");
    for (let i = 0; i < 4; i += 1) own.apply({ type: "step" });
    return own.link();
  });
  await page.evaluate((link) => { window.location.hash = `s=${link.replace(/^#?s=/, "")}`; }, link);
  await page.waitForFunction(() => window.tcpLab.snapshot().scenario === "lost-syn-ack");
  assert.equal((await lab.snapshot()).tick, 4);
  const notices = page.getByRole("alert").getByRole("listitem");
  assert.equal(await notices.count(), 0);
  await page.evaluate(() => { window.location.hash = "s=1.rubbish"; });
  await notices.first().waitFor();
  const said = await notices.first().innerText();
  const { "link-not-opened": notOpened, "all-is-kept": allIsKept } = topic(lab.lang, "errors");
  assert.ok(said.includes(notOpened.split("{")[0]) && said.includes(allIsKept), said);
  assert.deepEqual([(await lab.snapshot()).scenario, (await lab.snapshot()).tick], ["lost-syn-ack", 4]);
  // Another place on the page is no link.
  await page.evaluate(() => { window.location.hash = "controls"; });
  await lab.settled();
  assert.equal(await notices.count(), 1);
});

inBothLanguages("while it plays the log says one sentence a second at most, and the last one when it stops", "four-way-close", async (lab, { page, site, browser }) => {
  await page.evaluate(() => {
    window.heard = [];
    const log = document.querySelector("[role=log]");
    new MutationObserver(() => window.heard.push([performance.now(), log.textContent])).observe(log, { childList: true, characterData: true, subtree: true });
  });
  await page.getByRole("combobox", { name: lab.words.speed }).selectOption({ index: 3 });
  await lab.transport("play").click();
  await page.waitForFunction(() => window.tcpLab.snapshot().tick > 8 || window.tcpLab.snapshot().question?.state === "open", undefined, { timeout: 30_000 });
  const playing = await page.evaluate(() => window.heard.slice());
  for (let i = 1; i < playing.length; i += 1) assert.ok(playing[i][0] - playing[i - 1][0] > 500, JSON.stringify(playing));
  if (await lab.transport("pause").isVisible()) await lab.transport("pause").click();
  await lab.settled();
  // Both at once: on a busy machine the last drawing may come between two questions.
  const [said, link] = await page.evaluate(() => [document.querySelector("[role=log]").innerText.trim(), window.tcpLab.link()]);
  // The same sentence as a page that was never in a hurry says at this moment.
  await withPage(browser, {}, async (calm) => {
    const other = await LabPage.open(calm, `${site.url}#s=${link.replace(/^#?s=/, "")}`, { lang: lab.lang });
    assert.equal(said, (await other.log.innerText()).trim());
  });
});

inBothLanguages("an arrow drawn downwards arrives later", "handshake", async (lab, { page }) => {
  const now = await lab.stepUntil((now) => now.in_flight.length > 0);
  const { segment, arrives_at_us: due } = now.in_flight[0];
  const hit = page.locator(`[data-packet="${segment}"] .segment-target`);
  const box = await hit.boundingBox();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x, y + 30, { steps: 3 });
  await page.mouse.move(x, y + 60, { steps: 3 });
  await lab.settled();
  assert.match(await page.locator(".drag").textContent(), /^\+0\.\d+ (s|秒)$/);
  await page.mouse.up();
  await lab.settled();
  const later = (await lab.snapshot()).in_flight.find((each) => each.segment === segment).arrives_at_us;
  assert.ok(later > due, `${later} after ${due}`);
  assert.equal(await page.locator(".drag").textContent(), "");
  const [delay] = await page.evaluate(() => window.tcpLab.journal().map(([, action]) => action).filter(({ type }) => type === "delay"));
  assert.equal(delay.us, later - due);
});

/** Steps from outside the page until its question stands. */
const stepToQuestion = (page) =>
  page.evaluate(() => {
    for (let i = 0; i < 80 && window.tcpLab.snapshot().question.state !== "open"; i += 1) window.tcpLab.apply({ type: "step" });
  });

for (const way of ["played", "stepped from outside"]) inBothLanguages(`on a phone a question comes into view, ${way}`, "handshake", async (lab, { page }) => {
  if (way === "played") await lab.transport("play").click();
  else await stepToQuestion(page);
  await page.waitForFunction(() => window.tcpLab.snapshot().question?.state === "open", undefined, { timeout: 30_000 });
  await page.getByRole("radio").first().waitFor({ state: "visible" });
  assert.equal(await page.getByRole("tab", { name: lab.words.explanation }).getAttribute("aria-selected"), "true");
  assert.ok(await lab.button(lab.words.answer).isVisible());
}, PHONE);

for (const width of [390, 768, 1280, 1440]) {
  inBothLanguages(`the lists of the header show their choice or say it, at ${width} px`, "simultaneous-close", async (lab, { page }) => {
    for (const list of await page.locator(".page-header select").all()) {
      const [room, needed, title, chosen] = await list.evaluate((list) => {
        const style = getComputedStyle(list);
        const pen = document.createElement("canvas").getContext("2d");
        pen.font = style.font;
        const chosen = list.selectedOptions[0].text;
        const room = list.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
        return [room, pen.measureText(chosen).width, list.title, chosen];
      });
      // Chromium keeps some 20 px for the sign of the list.
      assert.ok(needed <= room - 16 || title === chosen, `${chosen}: ${needed} in ${room} px`);
    }
  }, { viewport: { width, height: 900 } });
}

inBothLanguages("the whole title of the experiment is shown where there is room", "half-open", async (lab, { page }) => {
  const list = page.getByRole("combobox", { name: lab.words.experiment });
  const [room, needed] = await list.evaluate((list) => {
    const style = getComputedStyle(list);
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = style.font;
    return [list.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight), pen.measureText(list.selectedOptions[0].text).width];
  });
  assert.ok(needed <= room - 16, `${needed} in ${room} px`);
});

inBothLanguages("on a desk a question stands beside the explanation, and its buttons are in view", "handshake", async (lab, { page }) => {
  await stepToQuestion(page);
  await lab.settled();
  assert.ok(await lab.explanation.isVisible());
  const card = await page.locator(".question").boundingBox();
  for (const name of [lab.words.answer, lab.words.skipQuestion]) {
    const button = await lab.button(name).boundingBox();
    assert.ok(button.y + button.height <= card.y + card.height, `${name}: ${JSON.stringify([button, card])}`);
  }
});

inBothLanguages("an explanation begins at its first line, wherever the reader was in the one before", "handshake", async (lab, { page }) => {
  await lab.stepUntil((now) => now.in_flight.some(({ control }) => control === "SYN,ACK"));
  await page.locator(".parts").evaluate((parts) => { parts.scrollTop = parts.scrollHeight; });
  assert.ok((await page.locator(".parts").evaluate((parts) => parts.scrollTop)) > 0, "it is long enough to scroll");
  await lab.press("step");
  assert.equal(await page.locator(".parts").evaluate((parts) => parts.scrollTop), 0);
});

inBothLanguages("on a tablet the ladder can be read, and what is in flight is known", "no-time-wait", async (lab, { page }) => {
  await goSomeWay(page, 24);
  const size = await page.evaluate(() => {
    const drawing = document.querySelector("svg.ladder");
    return (parseFloat(getComputedStyle(drawing.querySelector("text")).fontSize) * drawing.clientWidth) / drawing.viewBox.baseVal.width;
  });
  assert.ok(size >= 11, `letters of ${size} px`);
  const flying = page.locator(".flying .code");
  assert.ok((await flying.count()) > 0);
  for (const code of await flying.all()) {
    const [shown, whole, letters] = await code.evaluate((code) => [code.clientWidth, code.scrollWidth, code.textContent.length]);
    // Its flags, and where it begins.
    assert.ok(shown >= Math.min(whole, (whole / letters) * 14), `${shown} of ${whole} px`);
  }
}, { viewport: { width: 768, height: 1024 } });

test.describe(() => {
  test.use({ contextOptions: { forcedColors: "active" } });
  test("in forced colours nothing is painted over", async ({ page, site }) => {
    const lab = await LabPage.open(page, site.url, { lab: "lost-last-ack", lang: "en" });
    await goSomeWay(page, 9);
    // Where a part is inverted its words must differ from its ground.
    for (const inverted of [lab.transport("play"), page.locator(".host .badge").first()]) {
      const [ink, ground, adjust] = await inverted.evaluate((element) => {
        const style = getComputedStyle(element);
        return [style.color, style.backgroundColor, style.forcedColorAdjust];
      });
      assert.notEqual(ink, ground);
      assert.equal(adjust, "none", "otherwise the browser paints its own ground behind the words");
    }
    const strokes = await page.evaluate(() => ["client", "server"].map((host) => getComputedStyle(document.querySelector(`.segment.by-${host} .segment-line`)).stroke));
    assert.notEqual(strokes[0], strokes[1]);
  });
});

test.describe(() => {
  test.use({ viewport: { width: 794, height: 1123 } });
  test("on paper everything is there, and nothing that can only be pressed", async ({ page, site }) => {
    await LabPage.open(page, site.url, { lab: "four-way-close", lang: "zh-Hans", theme: "dark" });
    await goSomeWay(page, 9);
    await page.emulateMedia({ media: "print" });
    for (const part of [".area-diagram", ".area-ladder", ".host.by-client", ".host.by-server", ".explain"]) {
      assert.ok(await page.locator(part).isVisible(), part);
    }
    for (const part of [".transport", ".calls", ".machine", ".tools", ".in-flight"]) {
      assert.ok(!(await page.locator(part).first().isVisible()), part);
    }
    const cut = await page.evaluate(() => [".ladder-scroll", ".host-body", ".parts", ".stage"].filter((part) => {
      const element = document.querySelector(part);
      return element.scrollHeight > element.clientHeight + 1 && getComputedStyle(element).overflowY !== "visible";
    }));
    assert.deepEqual(cut, [], "parts that are cut off");
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth));
    assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), "rgb(255, 255, 255)");
  });
});
