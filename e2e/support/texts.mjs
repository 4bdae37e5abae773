// The words of the page, from the files that it has them from itself: a test that finds a control finds it by what a
// reader sees.

import { readFileSync } from "node:fs";

/** The content of `texts/LANG/TOPIC.json`. */
export function topic(lang, name) {
  return JSON.parse(readFileSync(new URL(`../../texts/${lang}/${name}.json`, import.meta.url), "utf8"));
}

/** The text of a choice that the question of an experiment offers. */
export function choice(lang, experiment, id) {
  const { question } = JSON.parse(readFileSync(new URL(`../../scenarios/${experiment}.json`, import.meta.url), "utf8"));
  return question.choices.find((choice) => choice.id === id).text[lang];
}

/** `template` with `values` for its slots. */
export function filled(template, values) {
  return template.replace(/\{(\w+)\}/g, (_, slot) => values[slot]);
}

/** The messages of the page in a language: `words.textToSend` is what the file calls `text-to-send`. */
function messages(lang) {
  const named = Object.entries(topic(lang, "messages")).map(([name, text]) => {
    return [name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase()), text];
  });
  return new Proxy(Object.fromEntries(named), {
    get(words, name) {
      // A control without a name would be found by anything.
      if (!(name in words)) throw new Error(`there is no message ${String(name)}`);
      return words[name];
    },
  });
}

export const WORDS = { "zh-Hans": messages("zh-Hans"), en: messages("en") };
