//! The help: what to do, and the keys.

use web_sys::HtmlInputElement;
use yew::prelude::*;
use yew_autoprops::autoprops;

use crate::act::Act;
use crate::lang::Lang;
use crate::text::Msg;

/// The keys and what each does.
pub const KEYS: [(&str, Msg); 7] = [
    ("␣", Msg::KeyPlay),
    ("→", Msg::KeyStep),
    ("←", Msg::KeyBack),
    ("F", Msg::KeyInFlight),
    ("D", Msg::KeyDrop),
    ("?", Msg::KeyHelp),
    ("Esc", Msg::KeyEscape),
];

const STEPS: [Msg; 4] = [Msg::HelpStep1, Msg::HelpStep2, Msg::HelpStep3, Msg::HelpStep4];

#[autoprops]
#[component]
pub fn Help(
    lang: &Lang,
    /// Single keys act.
    shortcuts: &bool,
    act: &Callback<Act>,
) -> Html {
    let lang = *lang;
    let on_shortcuts = act
        .reform(|event: Event| Act::Shortcuts(event.target_unchecked_into::<HtmlInputElement>().checked()));
    html! {
        <div class="help">
            <p>{ Msg::HelpIntro.text(lang) }</p>
            <ol>
                for (nth, step) in STEPS.into_iter().enumerate() {
                    <li key={nth}>{ step.text(lang) }</li>
                }
            </ol>
            <h3>{ Msg::Shortcuts.text(lang) }</h3>
            <label class="check">
                <input type="checkbox" checked={*shortcuts} onchange={on_shortcuts} />
                { Msg::ShortcutsOn.text(lang) }
            </label>
            <table>
                <tbody>
                    for (key, msg) in KEYS {
                        <tr key={key}>
                            <th scope="row">
                                <kbd>{ if key == "␣" { Msg::KeySpace.in_lang(lang) } else { key } }</kbd>
                            </th>
                            <td>{ msg.text(lang) }</td>
                        </tr>
                    }
                </tbody>
            </table>
        </div>
    }
}
