//! Inside a segment: its headers field by field, and the bytes as they are on the wire.

use yew::AttrValue;

use crate::el::{El, el};
use crate::lang::Lang;
use crate::text::Msg;
use course::joined;

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
pub fn inspector(fields: &[FieldView], bytes: &[u8], lang: Lang) -> El {
    let rows = bytes.chunks(16).enumerate().map(|(i, row)| {
        let hex: Vec<String> = row.iter().map(|byte| format!("{byte:02x}")).collect();
        let text: String =
            row.iter().map(|&b| if (32..127).contains(&b) { char::from(b) } else { '·' }).collect();
        format!("{:04x}  {:<47}  {text}", i * 16, joined(&hex, " "))
    });
    let hex = joined(&rows.collect::<Vec<_>>(), "\n");
    let columns = [Msg::Bits, Msg::Field, Msg::Value];
    let columns = columns.into_iter().map(|msg| el("th scope=col").say(msg, lang));
    let field = |(i, field): (usize, &FieldView)| {
        let layer = el("span.layer").child(&field.layer);
        let value = el("td").child(el("span.code").child(&field.value)).child(" ");
        el("tr")
            .nth(i)
            .class_if(starts_layer(fields, i), "starts-layer")
            .child(el("td.code.muted").child(bits(field.bits)))
            .child(el("th scope=row").child(layer).child(" ").child(&field.name))
            .child(value.child(el("span.muted").child(&field.meaning)))
    };
    let table = el("table")
        .child(el("thead").child(el("tr").children(columns)))
        .child(el("tbody").children(fields.iter().enumerate().map(field)));
    el("div.inspector")
        .child(table)
        .child(el("h3").say(Msg::BytesInHex, lang))
        .child(el("pre.hex tabindex=0").child(hex))
}

fn bits((first, count): (u32, u32)) -> String {
    if count == 1 { first.to_string() } else { format!("{first}–{}", first + count.saturating_sub(1)) }
}

fn starts_layer(fields: &[FieldView], i: usize) -> bool {
    i == 0 || fields[i - 1].layer != fields[i].layer
}
