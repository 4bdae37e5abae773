// A program in a page: everything that is declared is used as it is meant to be, and misuse is seen by the compiler.

import init, { Lab } from "../../www/tcp-lab.js";
import type {
  Action, Config, Explanation, IcmpName, LabError, Moment, Predicate, RecordView, RuleName, Scenario, Snapshot, Span, StateName,
} from "../../www/tcp-lab.js";

const { memory } = await init({ module_or_path: new URL("https://example.org/lab.wasm"), texts: { en: fetch("texts-en.json") } });
const pages: number = memory.buffer.byteLength;

const reset: Predicate = { type: "rule_fired", host: "client", rule: "syn-sent-rcv-rst" };
const both: Predicate = { type: "all", of: [reset, { type: "not", of: { type: "state", host: "server", state: "LISTEN" } }] };
const before: Moment = { type: "arrival", to: "client", control: "RST,ACK", after: both };
const config: Config = { msl_us: 1_000_000, user_timeout_us: null, window_scale: 7 };
const scenario: Scenario = {
  format: 1,
  id: "mine",
  title: { "zh-Hans": "无人监听", en: "Nobody listens" },
  goal: { "zh-Hans": "看一看。", en: "Look." },
  hosts: { client: { settings: { config, what_if: { no_time_wait: true } }, program: "echo" } },
  link: { latency_us: [1_000, 2_000], rules: [{ from: "server", matches: { fin: true }, verdict: { corrupt: {} } }] },
  script: [{ at_us: 100_000, action: { type: "connect", host: "client" } }],
  steps: [{ text: { "zh-Hans": "等。", en: "Wait." }, done: reset }, { text: { "zh-Hans": "看。", en: "Look." } }],
  question: {
    ask_before: before,
    prompt: { "zh-Hans": "谁？", en: "Who?" },
    choices: [{ id: "a", text: { "zh-Hans": "甲", en: "A" } }, { id: "b", text: { "zh-Hans": "乙", en: "B" } }],
    judge_when: reset,
    verdict: [{ choice: "a", when: both }],
    after: { "zh-Hans": "甲。", en: "A." },
  },
};

const actions: Action[] = [
  { type: "listen", host: "server" },
  { type: "connect", host: "client", to: { addr: "198.51.100.7", port: 80 } },
  { type: "drop", segment: 1 },
  { type: "unreachable", segment: 2, kind: "time-exceeded" },
  { type: "setsockopt", host: "client", option: "SO_LINGER", value: null },
  { type: "set_config", host: "client", config },
  { type: "add_rule", rule: { from: "client", verdict: "unreachable" } },
];

const lab: Lab = new Lab(scenario);
for (const other of [new Lab(), new Lab(null), new Lab("handshake"), Lab.fromLink(lab.link()), Lab.fromLink(location)]) other.free();
try {
  for (const action of actions) lab.apply(action);
} catch (thrown) {
  const { name, message, field }: LabError = thrown as LabError;
  console.log(name, message, field);
}
const snapshot: Snapshot = lab.snapshot();
const reached: StateName | undefined = snapshot.hosts[0].sockets[0]?.state;
const trouble: IcmpName | null | undefined = snapshot.hosts[1].sockets[0]?.soft_error;
const unacknowledged: number | undefined = snapshot.hosts[1].sockets[0]?.tcb["SND.UNA"];
const records: RecordView[] = lab.transitions(3);
const rules: RuleName[] = records.flatMap(({ transition }) => transition?.rules ?? []);
const explained: Explanation = lab.explain(0, "zh-Hans");
const words: Span[] = explained.happened;
const journal: [number, Action][] = lab.journal();
const bytes: Uint8Array = lab.pcapng();
const ids: string[] = Lab.experiments();
lab[Symbol.dispose]();
console.log(pages, reached, trouble, unacknowledged, rules, words, journal, bytes, ids);

window.addEventListener("tcp-lab-ready", () => window.tcpLab?.apply({ type: "step" }));

if (snapshot.next?.kind === "timer") console.log(snapshot.next.timer);
if (snapshot.question.state === "judged") console.log(snapshot.question.right);

// @ts-expect-error no such action
lab.apply({ type: "fly" });
// @ts-expect-error no such host
lab.apply({ type: "connect", host: "router" });
// @ts-expect-error a segment is a number
lab.apply({ type: "drop", segment: "3" });
// @ts-expect-error no such field
lab.apply({ type: "drop", segment: 3, us: 5 });
// @ts-expect-error no such setting
lab.apply({ type: "set_config", host: "client", config: { mtuu: 1 } });
// @ts-expect-error no such rule
lab.apply({ type: "send", host: "client", text: "rule" satisfies RuleName });
// @ts-expect-error no such language
lab.explain(0, "fr");
// @ts-expect-error a number
lab.explain("0", "en");
// @ts-expect-error a link is no number
Lab.fromLink(5);
// @ts-expect-error a scenario has a title
new Lab({ format: 1, id: "mine" });
// @ts-expect-error there is no such part of a snapshot
lab.snapshot().nonsense;
// @ts-expect-error only arrivals have a segment
snapshot.next?.segment;
