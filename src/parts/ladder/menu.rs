//! What can be done to the segment chosen: a toolbar that hangs from its arrow, or lies under the ladder on a phone.

use web_sys::HtmlElement;
use yew::prelude::*;

use super::view::{FateView, PacketView};
use crate::act::Act;
use crate::el::{el, options};
use crate::geometry::{Num, typed_seconds};
use crate::hooks::{focus, nothing_to_undo, use_effect_on, use_number, use_words};
use crate::lang::Lang;
use crate::look::Dialog;
use crate::pick::Pick;
use crate::text::{Msg, arrives_in, report};
use lab::action::Action;
use tcp::IcmpKind;
use tcp::time::{Duration, Instant};

/// What the menu is made of.
#[derive(Properties, PartialEq)]
pub struct SegmentMenuProps {
    /// The segment.
    pub packet: PacketView,
    /// The present.
    pub now: Instant,
    /// The language.
    pub lang: Lang,
    /// Where the arrow's tip is, in hundredths of the drawing's width and height.
    pub at: (f64, f64),
    /// Where requests go.
    pub act: Callback<Act>,
}

/// The toolbar of a segment.
#[component]
pub fn SegmentMenu(props: &SegmentMenuProps) -> Html {
    let SegmentMenuProps { packet, lang, at, act, .. } = props;
    let (lang, id) = (*lang, packet.id);
    let node = use_node_ref();
    let delay = use_words("0.5");
    // Which report, by its place among all.
    let kind = use_number(1);
    {
        // A style attribute would be refused by the page's content security policy; properties set by script are not.
        let (place, (x, y)) = (node.clone(), *at);
        let hang = move || {
            if let Some(element) = place.cast::<HtmlElement>() {
                let style = element.style();
                // Drawn back by the same share of its own width, it never leaves the ladder, however narrow that is.
                let place = [
                    ("left", format!("{}%", Num(x))),
                    ("top", format!("{}%", Num(y))),
                    ("transform", format!("translate(-{}%, 0.25rem)", Num(x))),
                ];
                for (name, value) in place {
                    // Refused means that the menu stands at the top of the ladder, which will do.
                    let _ = style.set_property(name, &value);
                }
            }
            nothing_to_undo()
        };
        use_effect_on([id.into(), x.to_bits(), y.to_bits()], Box::new(hang));
        // The focus goes into the menu when it opens, which also brings it into view.
        let node = node.clone();
        let enter = move || {
            focus(&node);
            nothing_to_undo()
        };
        use_effect_on([id.into(), 0, 0], Box::new(enter));
    }
    let button =
        |msg: Msg, action: Action| el("button type=button").asks(act, Act::Do(action)).say(msg, lang);
    let is_live = matches!(packet.fate, FateView::Flying | FateView::Held);
    let typed = typed_seconds(&delay).filter(|length| *length <= Duration::from_secs(3_600));
    let on_delay = act.clone();
    let on_delay = Callback::from(move |_| {
        if let Some(us) = typed {
            on_delay.emit(Act::Do(Action::Delay { segment: id, us }));
        }
    });
    let on_input = {
        let delay = delay.clone();
        Callback::from(move |text: String| delay.set(text.into()))
    };
    let when = match (&packet.fate, packet.due_at) {
        (FateView::Flying, Some(at)) => arrives_in(at, props.now, lang),
        (FateView::Held, _) => Msg::Held.in_lang(lang).to_owned(),
        _ => String::new(),
    };
    let on_key = {
        let act = act.clone();
        Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
            "Escape" => act.emit(Act::Pick(Pick::Latest)),
            // The keys of the page must not act while a number is typed.
            " " | "Enter" | "ArrowLeft" | "ArrowRight" => event.stop_propagation(),
            _ => {}
        })
    };
    let inside = || {
        let opener = el("button type=button").asks(act, Act::Dialog(Some(Dialog::Inside(id))));
        opener.say(Msg::LookInside, lang)
    };
    let hold = if packet.fate == FateView::Held {
        button(Msg::Release, Action::Release { segment: id })
    } else {
        button(Msg::Hold, Action::Hold { segment: id })
    };
    let name = format!("{} {}", packet.flags, packet.numbers);
    let close = el("button.icon type=button").label(Msg::Close, lang);
    let title = el("p.menu-title")
        .child(el("strong.code").child(name.clone()))
        .child(el("span").child(&packet.tags))
        .child(el("span.muted").child(when))
        .child(close.asks(act, Act::Pick(Pick::Latest)).child("✕"));
    let later = el("button type=button").on_click(on_delay);
    let later = later.attr("aria-disabled", if typed.is_none() { "true" } else { "false" });
    let length = el("input type=number min=0 max=3600 step=0.1").label(Msg::DelayBySeconds, lang);
    let delay = el("span.delay")
        .child(later.say(Msg::Delay, lang))
        .child(length.value((*delay).clone()).on_input(on_input))
        .child(el("span aria-hidden=true").say(Msg::Seconds, lang));
    let choose = {
        let kind = kind.clone();
        Callback::from(move |place| kind.set(place))
    };
    let kinds = IcmpKind::ALL.map(|kind| report(kind, lang).into());
    let report = Action::Unreachable { segment: id, kind: Some(IcmpKind::ALL[*kind]) };
    let kinds = options(el("select").label(Msg::IcmpReport, lang), kinds.into(), *kind, choose);
    let report = el("span.delay").child(button(Msg::IcmpReport, report)).child(kinds);
    let of_live = el("div.menu-buttons")
        .attr("hidden", !is_live)
        .child(button(Msg::DeliverNow, Action::Deliver { segment: id }))
        .child(button(Msg::Drop, Action::Drop { segment: id }))
        .child(button(Msg::Duplicate, Action::Duplicate { segment: id }))
        .child(el("span.stable").child(hold))
        .child(button(Msg::Reorder, Action::Swap { segment: id }))
        .child(button(Msg::Corrupt, Action::Corrupt { segment: id, byte: None }))
        .child(inside())
        .child(delay)
        .child(report);
    el("div.segment-menu role=group tabindex=-1")
        .at(&node)
        .attr("aria-label", name)
        .on_key_down(on_key)
        .child(title)
        .child(of_live)
        .child(el("div.menu-buttons").attr("hidden", is_live).child(inside()))
        .into()
}
