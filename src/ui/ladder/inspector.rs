//! Inside a segment: its headers field by field, and the bytes as they are on the wire.

use yew::prelude::*;

use crate::ui::lang::Lang;
use crate::ui::text::Msg;

/// One field of a header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldView {
    /// `Sequence Number`
    pub name: AttrValue,
    /// The first bit and how many.
    pub bits: (u32, u32),
    /// As it stands there.
    pub value: AttrValue,
    /// What it means here: the number in the chosen notation, the names of the flags.
    pub meaning: AttrValue,
    /// The part of the packet it belongs to.
    pub layer: AttrValue,
}

/// Shows the inside of a segment.
pub fn inspector(fields: &[FieldView], bytes: &[u8], lang: Lang) -> Html {
    let rows = bytes.chunks(16).enumerate().map(|(i, row)| {
        let hex: Vec<String> = row.iter().map(|byte| format!("{byte:02x}")).collect();
        let text: String =
            row.iter().map(|&b| if (32..127).contains(&b) { char::from(b) } else { '·' }).collect();
        format!("{:04x}  {:<47}  {text}", i * 16, hex.join(" "))
    });
    let hex = rows.collect::<Vec<_>>().join("\n");
    html! {
        <div class="inspector">
            <table>
                <thead>
                    <tr>
                        <th scope="col">{ Msg::Bits.text(lang) }</th>
                        <th scope="col">{ Msg::Field.text(lang) }</th>
                        <th scope="col">{ Msg::Value.text(lang) }</th>
                    </tr>
                </thead>
                <tbody>
                    for (i, field) in fields.iter().enumerate() {
                        <tr key={i} class={classes!(starts_layer(fields, i).then_some("starts-layer"))}>
                            <td class="code muted">{ bits(field.bits) }</td>
                            <th scope="row"><span class="layer">{ field.layer.clone() }</span>{ " " }{ field.name.clone() }</th>
                            <td><span class="code">{ field.value.clone() }</span>{ " " }<span class="muted">{ field.meaning.clone() }</span></td>
                        </tr>
                    }
                </tbody>
            </table>
            <h3>{ Msg::BytesInHex.text(lang) }</h3>
            <pre class="hex" tabindex="0">{ hex }</pre>
        </div>
    }
}

fn bits((first, count): (u32, u32)) -> String {
    if count == 1 { first.to_string() } else { format!("{first}–{}", first + count.saturating_sub(1)) }
}

fn starts_layer(fields: &[FieldView], i: usize) -> bool {
    i == 0 || fields[i - 1].layer != fields[i].layer
}
