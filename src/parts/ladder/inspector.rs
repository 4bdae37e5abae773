//! Inside a packet: its headers field by field, and the bytes as they are on the wire.

use std::net::Ipv4Addr;

use yew::prelude::*;
use yew_autoprops::autoprops;

use crate::lang::Lang;
use crate::present::inside::Inside;
use crate::text::Msg;
use tcp::wire::{Field, Layer};

#[autoprops]
#[component]
pub fn Inspector(
    /// The packet.
    inside: &Inside,
    lang: &Lang,
) -> Html {
    let rows = inside.bytes.chunks(16).enumerate().map(|(i, row)| {
        let hex: Vec<String> = row.iter().map(|byte| format!("{byte:02x}")).collect();
        let text: String =
            row.iter().map(|&b| if (32..127).contains(&b) { char::from(b) } else { '·' }).collect();
        format!("{:04x}  {:<47}  {text}", i * 16, hex.join(" "))
    });
    let starts_layer = |i: usize| i == 0 || inside.fields[i - 1].0.layer != inside.fields[i].0.layer;
    html! {
        <div class="inspector">
            <table>
                <thead>
                    <tr>
                        for column in [Msg::Bits, Msg::Field, Msg::Value] {
                            <th scope="col">{ column.text(*lang) }</th>
                        }
                    </tr>
                </thead>
                <tbody>
                    for (i, (field, meaning)) in inside.fields.iter().enumerate() {
                        <tr key={i} class={classes!(starts_layer(i).then_some("starts-layer"))}>
                            <td class="code muted">{ bits(field.bits) }</td>
                            <th scope="row">
                                <span class="layer">{ layer(field.layer, *lang) }</span>
                                { " " }
                                { field.name }
                            </th>
                            <td>
                                <span class="code">{ value(field) }</span>
                                { " " }
                                <span class="muted">{ meaning }</span>
                            </td>
                        </tr>
                    }
                </tbody>
            </table>
            <h3>{ Msg::BytesInHex.text(*lang) }</h3>
            <pre class="hex" tabindex="0">{ rows.collect::<Vec<_>>().join("\n") }</pre>
        </div>
    }
}

fn bits((first, count): (u32, u32)) -> String {
    if count == 1 { first.to_string() } else { format!("{first}–{}", first + count.saturating_sub(1)) }
}

fn layer(layer: Layer, lang: Lang) -> &'static str {
    match layer {
        Layer::Ip => "IPv4",
        Layer::Tcp => "TCP",
        Layer::Option => Msg::LayerOption.in_lang(lang),
        Layer::Text => Msg::LayerText.in_lang(lang),
    }
}

fn value(field: &Field) -> String {
    match field.name {
        "Source Address" | "Destination Address" => Ipv4Addr::from(field.value as u32).to_string(),
        "Header Checksum" | "Checksum" => format!("0x{:04x}", field.value),
        _ => field.value.to_string(),
    }
}
