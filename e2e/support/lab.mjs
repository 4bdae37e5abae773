// The page as a learner meets it: its controls by role and name, in either language.

import assert from "node:assert/strict";
import { open } from "./browser.mjs";
import { goTo } from "./keys.mjs";
import { variantUrl } from "./variants.mjs";

/** The names of what the page shows, in each language. A test that finds a control finds it by what a reader sees. */
export const WORDS = {
  "zh-Hans": {
    title: "TCP 状态实验室",
    client: "客户端",
    server: "服务器",
    experiment: "实验",
    notation: "序号写法",
    theme: "外观",
    otherLanguage: "English",
    settings: "设置",
    share: "分享",
    help: "帮助",
    close: "关闭",
    dismiss: "知道了",
    transport: "播放控制",
    play: "播放",
    pause: "暂停",
    step: "单步",
    back: "后退",
    nextEvent: "到下一事件",
    restart: "重新开始",
    speed: "速度",
    timeline: "时间线",
    branches: "分支",
    mainBranch: "主线",
    branch: (id) => `分支 ${id}`,
    diagram: "状态转换图",
    ladder: "时序图",
    hosts: "主机",
    explanation: "解释",
    views: "视图",
    asTable: "表格",
    inFlight: "在途报文段",
    drop: "丢弃",
    hold: "扣住",
    release: "放行",
    duplicate: "复制",
    corrupt: "损坏",
    icmpReport: "ICMP 报告",
    portUnreachable: "硬差错：端口不可达",
    deliverNow: "立即送达",
    lookInside: "查看首部",
    again: "重传",
    droppedByYou: "被你丢弃",
    log: "每一步",
    notices: "提示",
    linkToMoment: "此刻的链接",
    textToSend: "要发送的文本",
    socketOption: "套接字选项",
    optionValue: "选项的值",
    answer: "提交",
    skipQuestion: "不答，继续",
    right: "答对了",
    happened: "发生了什么",
    why: "为什么",
    otherwise: "如果不这样",
    onItsWay: "在途",
    arrived: "到达",
    isHere: (host) => `${host}在这里`,
    singleKeys: "使用单键快捷键",
  },
  en: {
    title: "TCP State Lab",
    client: "Client",
    server: "Server",
    experiment: "Experiment",
    notation: "Numbers",
    theme: "Theme",
    otherLanguage: "中文",
    settings: "Settings",
    share: "Share",
    help: "Help",
    close: "Close",
    dismiss: "Dismiss",
    transport: "Playback",
    play: "Play",
    pause: "Pause",
    step: "Step",
    back: "Back",
    nextEvent: "Next event",
    restart: "Start over",
    speed: "Speed",
    timeline: "Timeline",
    branches: "Branches",
    mainBranch: "Main",
    branch: (id) => `Branch ${id}`,
    diagram: "State diagram",
    ladder: "Ladder",
    hosts: "Hosts",
    explanation: "Explanation",
    views: "Views",
    asTable: "As a table",
    inFlight: "In flight",
    drop: "Drop",
    hold: "Hold",
    release: "Release",
    duplicate: "Duplicate",
    corrupt: "Corrupt",
    icmpReport: "ICMP report",
    portUnreachable: "hard: nobody is at that port",
    deliverNow: "Deliver now",
    lookInside: "Look inside",
    again: "again",
    droppedByYou: "dropped by you",
    log: "Each step",
    notices: "Notices",
    linkToMoment: "Link to this moment",
    textToSend: "Text to send",
    socketOption: "Socket option",
    optionValue: "Value of the option",
    answer: "Answer",
    skipQuestion: "Go on without answering",
    right: "Right",
    happened: "What happened",
    why: "Why",
    otherwise: "Otherwise",
    onItsWay: "on its way",
    arrived: "arrived",
    isHere: (host) => `${host} is here`,
    singleKeys: "Use single-key shortcuts",
  },
};

/** A running step that takes longer than this has hung. */
const PATIENCE_MS = 10_000;
/** More steps than any experiment has. */
const MANY_STEPS = 200;

/** The page, spoken to in one language. */
export class LabPage {
  /**
   * @param {import("playwright-core").Page} page
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

  /** A button of the transport bar, by its name in `WORDS`. */
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
    if (!(await button.isVisible())) await this.operate(panel.getByText({ "zh-Hans": "其他调用", en: "More calls" }[this.lang]));
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
