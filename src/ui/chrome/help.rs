//! The help: what to do, and the keys.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::ui::lang::Lang;
use crate::ui::text::Msg;

/// What the help is made of.
#[derive(Properties, PartialEq)]
pub struct HelpProps {
    /// The language.
    pub lang: Lang,
    /// Single keys act.
    pub shortcuts: bool,
    /// Let them, or not.
    pub on_shortcuts: Callback<bool>,
}

/// The keys and what each does.
pub const KEYS: [(&[&str], Msg); 7] = [
    (&["␣"], Msg::KeyPlay),
    (&["→"], Msg::KeyStep),
    (&["←"], Msg::KeyBack),
    (&["F"], Msg::KeyInFlight),
    (&["D"], Msg::KeyDrop),
    (&["?"], Msg::KeyHelp),
    (&["Esc"], Msg::KeyEscape),
];

/// Explains the page.
#[component]
pub fn Help(props: &HelpProps) -> Html {
    let lang = props.lang;
    let steps = [Msg::HelpStep1, Msg::HelpStep2, Msg::HelpStep3, Msg::HelpStep4];
    let onchange =
        props.on_shortcuts.reform(|event: Event| event.target_unchecked_into::<HtmlInputElement>().checked());
    html! {
        <div class="help">
            <p>{ Msg::HelpIntro.text(lang) }</p>
            <ol>
                for (i, step) in steps.into_iter().enumerate() {
                    <li key={i}>{ step.text(lang) }</li>
                }
            </ol>
            <h3>{ Msg::Shortcuts.text(lang) }</h3>
            <label class="check"><input type="checkbox" checked={props.shortcuts} {onchange} />{ Msg::ShortcutsOn.text(lang) }</label>
            <table>
                <tbody>
                    for (keys, msg) in KEYS {
                        <tr key={keys[0]}>
                            <th scope="row">
                                <kbd>{ if keys[0] == "␣" { Msg::KeySpace.in_lang(lang) } else { keys[0] } }</kbd>
                            </th>
                            <td>{ msg.text(lang) }</td>
                        </tr>
                    }
                </tbody>
            </table>
        </div>
    }
}
