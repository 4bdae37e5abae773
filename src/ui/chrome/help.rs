//! The help: what to do, and the keys.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::ui::lang::Lang;
use crate::ui::text::Msg;

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
pub fn help(lang: Lang, shortcuts: bool, on_shortcuts: &Callback<bool>) -> Html {
    let steps = [Msg::HelpStep1, Msg::HelpStep2, Msg::HelpStep3, Msg::HelpStep4];
    let onchange =
        on_shortcuts.reform(|event: Event| event.target_unchecked_into::<HtmlInputElement>().checked());
    html! {
        <div class="help">
            <p>{ Msg::HelpIntro.text(lang) }</p>
            <ol>
                for (i, step) in steps.into_iter().enumerate() {
                    <li key={i}>{ step.text(lang) }</li>
                }
            </ol>
            <h3>{ Msg::Shortcuts.text(lang) }</h3>
            <label class="check"><input type="checkbox" checked={shortcuts} {onchange} />{ Msg::ShortcutsOn.text(lang) }</label>
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
