//! What can be done to the segment chosen: a toolbar that hangs from its arrow, or lies under the ladder on a phone.

use web_sys::{HtmlElement, HtmlInputElement};
use yew::prelude::*;
use yew_autoprops::autoprops;

use crate::act::Act;
use crate::draw::geometry::Num;
use crate::hooks::focus;
use crate::lang::Lang;
use crate::look::Dialog;
use crate::parts::select::Select;
use crate::pick::Pick;
use crate::present::segment_words::{name, tags};
use crate::text::{Msg, arrives_in, report};
use lab::action::Action;
use lab::net::Verdict;
use lab::trace::{Fate, PacketTrace};
use tcp::IcmpKind;
use tcp::time::{Duration, Instant};

#[autoprops]
#[component]
pub fn SegmentMenu(
    /// The packet.
    packet: &PacketTrace,
    /// `seq=y ack=x+1`
    numbers: &AttrValue,
    now: &Instant,
    lang: &Lang,
    /// Where the arrow's tip is, in hundredths of the drawing's width and height.
    at: (f64, f64),
    act: &Callback<Act>,
) -> Html {
    let (now, lang) = (*now, *lang);
    let segment = packet.id.0;
    let node = use_node_ref();
    let seconds = use_state(|| AttrValue::from("0.5"));
    // Which report, by its place among all.
    let kind = use_state(|| 1_usize);
    {
        let node = node.clone();
        use_effect_with((segment, at), move |&(_, at)| hang(&node, at));
    }
    {
        // The focus goes into the menu when it opens, which also brings it into view.
        let node = node.clone();
        use_effect_with(segment, move |_| focus(&node));
    }
    let button = |msg: Msg, action: Action| {
        let onclick = act.reform(move |_| Act::Do(action.clone()));
        html! { <button type="button" {onclick}>{ msg.text(lang) }</button> }
    };
    let inside = || {
        let onclick = act.reform(move |_| Act::Dialog(Some(Dialog::Inside(segment))));
        html! { <button type="button" {onclick}>{ Msg::LookInside.text(lang) }</button> }
    };
    let typed = typed_seconds(&seconds).filter(|length| *length <= Duration::from_secs(3_600));
    let on_delay = {
        let act = act.clone();
        move |_| {
            if let Some(us) = typed {
                act.emit(Act::Do(Action::Verdict { segment, verdict: Verdict::Delay(us) }));
            }
        }
    };
    let oninput = {
        let seconds = seconds.clone();
        move |event: InputEvent| {
            seconds.set(event.target_unchecked_into::<HtmlInputElement>().value().into());
        }
    };
    let on_choose = {
        let kind = kind.clone();
        move |place| kind.set(place)
    };
    let onkeydown = {
        let act = act.clone();
        move |event: KeyboardEvent| match event.key().as_str() {
            "Escape" => act.emit(Act::Pick(Pick::Latest)),
            // The keys of the page must not act while a number is typed.
            " " | "Enter" | "ArrowLeft" | "ArrowRight" => event.stop_propagation(),
            _ => {}
        }
    };
    let is_live = packet.fate.ended_at().is_none();
    let when = match packet.fate {
        Fate::Flying { arrives_at } => arrives_in(arrives_at, now, lang),
        Fate::Held => Msg::Held.in_lang(lang).to_owned(),
        _ => String::new(),
    };
    let hold = if packet.fate == Fate::Held {
        button(Msg::Release, Action::Verdict { segment, verdict: Verdict::Release })
    } else {
        button(Msg::Hold, Action::Verdict { segment, verdict: Verdict::Hold })
    };
    let unreachable = Action::Verdict { segment, verdict: Verdict::Unreachable(IcmpKind::ALL[*kind]) };
    let kinds: Vec<_> = IcmpKind::ALL.iter().map(|kind| AttrValue::from(report(*kind, lang))).collect();
    let name = name(packet, numbers);
    html! {
        <div
            class="segment-menu"
            role="group"
            tabindex="-1"
            aria-label={name.clone()}
            ref={node}
            {onkeydown}
        >
            <p class="menu-title">
                <strong class="code">{ &name }</strong>
                <span>{ tags(packet, lang) }</span>
                <span class="muted">{ when }</span>
                <button
                    type="button"
                    class="icon"
                    aria-label={Msg::Close.text(lang)}
                    onclick={act.reform(|_| Act::Pick(Pick::Latest))}
                >
                    { "✕" }
                </button>
            </p>
            <div class="menu-buttons" hidden={!is_live}>
                { button(Msg::DeliverNow, Action::Verdict { segment, verdict: Verdict::Deliver }) }
                { button(Msg::Drop, Action::Verdict { segment, verdict: Verdict::Drop }) }
                { button(Msg::Duplicate, Action::Verdict { segment, verdict: Verdict::Duplicate }) }
                <span class="stable">{ hold }</span>
                { button(Msg::Reorder, Action::Verdict { segment, verdict: Verdict::Swap }) }
                { button(Msg::Corrupt, Action::Verdict { segment, verdict: Verdict::Corrupt { byte: None } }) }
                { inside() }
                <span class="delay">
                    <button type="button" aria-disabled={typed.is_none().to_string()} onclick={on_delay}>
                        { Msg::Delay.text(lang) }
                    </button>
                    <input
                        type="number"
                        min="0"
                        max="3600"
                        step="0.1"
                        aria-label={Msg::DelayBySeconds.text(lang)}
                        value={&*seconds}
                        {oninput}
                    />
                    <span aria-hidden="true">{ Msg::Seconds.text(lang) }</span>
                </span>
                <span class="delay">
                    { button(Msg::IcmpReport, unreachable) }
                    <Select words={kinds} chosen={*kind} label={Msg::IcmpReport.text(lang)} {on_choose} />
                </span>
            </div>
            <div class="menu-buttons" hidden={is_live}>{ inside() }</div>
        </div>
    }
}

/// Hangs the menu at a place of the drawing. A style attribute would be refused by the page's content security policy;
/// properties set by script are not.
fn hang(menu: &NodeRef, (x, y): (f64, f64)) {
    let Some(element) = menu.cast::<HtmlElement>() else { return };
    let style = element.style();
    let place = [
        ("left", format!("{}%", Num(x))),
        ("top", format!("{}%", Num(y))),
        // Drawn back by the same share of its own width, it never leaves the ladder, however narrow that is.
        ("transform", format!("translate(-{}%, 0.25rem)", Num(x))),
    ];
    for (name, value) in place {
        // Refused means that the menu stands at the top of the ladder, which will do.
        let _ = style.set_property(name, &value);
    }
}

/// Seconds as they are typed, with up to six decimals; none if it is no such number.
fn typed_seconds(text: &str) -> Option<Duration> {
    let (whole, part) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    if whole.is_empty() && part.is_empty() || !digits(whole) || !digits(part) || part.len() > 6 {
        return None;
    }
    let seconds: u64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    let micros: u64 = format!("{part:0<6}").parse().ok()?;
    Some(Duration::from_micros(seconds.checked_mul(1_000_000)?.checked_add(micros)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_are_read_exactly() {
        let read = |text| typed_seconds(text).map(Duration::as_micros);
        assert_eq!(
            [read("0.5"), read("2"), read(".25"), read("1.000001")].map(Option::unwrap),
            [500_000, 2_000_000, 250_000, 1_000_001]
        );
        assert_eq!([read(""), read("."), read("-1"), read("1e3"), read("0.1234567")], [None; 5]);
    }
}
