// The page as a learner meets it: its controls by role and name, in either language.

import assert from "node:assert/strict";
import { open } from "./browser.mjs";
import { goTo } from "./keys.mjs";
import { WORDS } from "./texts.mjs";
import { variantUrl } from "./variants.mjs";

/** A running step that takes longer than this has hung. */
const PATIENCE_MS = 10_000;
/** More steps than any experiment has. */
const MANY_STEPS = 200;

/** The page, spoken to in one language. */
export class LabPage {
  /**
   * @param {import("@playwright/test").Page} page
   * @param {"zh-Hans" | "en"} lang
   */
  constructor(page, lang) {
    this.page = page;
    this.lang = lang;
    this.words = WORDS[lang];
    /** Everything is done by keys alone. */
    this.byKeys = false;
  }

  /** Opens an experiment at `url`. */
  static async open(page, url, { lang, ...others }) {
    page.setDefaultTimeout(PATIENCE_MS);
    await open(page, variantUrl(url, { lang, ...others }));
    const found = new LabPage(page, lang);
    await found.settled();
    return found;
  }

  /** What the page's session is, for comparing; never a way to operate it. */
  snapshot() {
    return this.page.evaluate(() => window.tcpLab.snapshot());
  }

  /** What has happened. */
  transitions(from = 0) {
    return this.page.evaluate((from) => window.tcpLab.transitions(from), from);
  }

  /** Waits until what was asked of the page is drawn. */
  async settled() {
    await this.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  }

  button(name, within = this.page) {
    return within.getByRole("button", { name, exact: true });
  }

  get toolbar() {
    return this.page.getByRole("toolbar", { name: this.words.transport });
  }

  /** A button of the transport bar, by the name of its message. */
  transport(name) {
    return this.button(this.words[name], this.toolbar);
  }

  /** Presses a control: by the pointer, or by walking there and pressing a key. */
  async operate(control, key = "Enter") {
    if (!this.byKeys) return control.click();
    await goTo(this.page, control);
    return this.page.keyboard.press(key);
  }

  /** Writes into a field. */
  async write(field, text) {
    if (!this.byKeys) return field.fill(text);
    await goTo(this.page, field);
    await this.page.keyboard.press("ControlOrMeta+a");
    return this.page.keyboard.insertText(text);
  }

  async press(name) {
    await this.operate(this.transport(name));
    await this.settled();
  }

  host(name) {
    return this.page.getByRole("region", { name: this.words[name], exact: true });
  }

  /** Makes a socket call on a host by its button. */
  async call(host, name) {
    const panel = this.host(host);
    const button = this.button(name, panel);
    if (!(await button.isVisible())) await this.operate(panel.getByText(this.words.moreCalls));
    await this.operate(button);
    await this.settled();
  }

  /** The state that a host's panel shows. */
  async shownState(host) {
    return (await this.host(host).locator(".host-state").innerText()).trim();
  }

  /** The drawing of the segments. */
  get ladder() {
    return this.page.locator("svg[role=graphics-document]", { hasNot: this.page.locator(".states") }).last();
  }

  get explanation() {
    return this.page.getByRole("region", { name: new RegExp(`^${this.words.explanation}`) }).last();
  }

  get log() {
    return this.page.getByRole("log");
  }

  get inFlight() {
    return this.page.getByRole("list", { name: this.words.inFlight, exact: true });
  }

  /** The button of a segment in flight. */
  flying(control) {
    return this.inFlight.getByRole("button", { name: new RegExp(`^(→ ?|← ?)?${control} `) });
  }

  /** The menu of the segment chosen. */
  get menu() {
    return this.page.getByRole("group", { name: /seq=/ });
  }

  /** Chooses a segment in flight and does something to it. */
  async verdict(control, name) {
    const flying = this.flying(control).first();
    // One that is chosen already would be let go of.
    if ((await flying.getAttribute("aria-pressed")) !== "true") await this.operate(flying);
    await this.operate(this.button(this.words[name], this.menu));
    await this.settled();
  }

  /** Steps until `holds(snapshot)`. */
  async stepUntil(holds, what = String(holds)) {
    for (let i = 0; i < MANY_STEPS; i += 1) {
      const snapshot = await this.snapshot();
      if (holds(snapshot)) return snapshot;
      await this.press("step");
    }
    assert.fail(`never came about: ${what}`);
  }

  /** Steps until both ends are in these states (of the socket that is not a listener, if there is one). */
  async stepUntilStates(client, server) {
    return this.stepUntil((now) => state(now, "client") === client && state(now, "server") === server, `${client} / ${server}`);
  }
}

/** The socket of a host that a reader means: the youngest connection, else the listener. */
export function socket(snapshot, host) {
  const all = snapshot.hosts.find(({ id }) => id === host).sockets;
  const connections = all.filter(({ state }) => state !== "LISTEN");
  return (connections.length > 0 ? connections : all).at(-1);
}

/** The state of a host. */
export function state(snapshot, host) {
  return socket(snapshot, host)?.state ?? "CLOSED";
}

/** The snapshot without what belongs to the way one came there. */
export function moment(snapshot) {
  const { branches, branch, ...rest } = snapshot;
  return rest;
}
