//! What can be done to the segment chosen: a toolbar that hangs from its arrow, or lies under the ladder on a phone.

use web_sys::HtmlElement;
use yew::prelude::*;

use super::view::{FateView, PacketView};
use crate::lab::action::Action;
use crate::time::{Duration, Instant};
use crate::ui::el::el;
use crate::ui::geometry::{Num, typed_seconds};
use crate::ui::lang::Lang;
use crate::ui::text::{Msg, arrives_in};

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
    /// Something is to be done to it.
    pub on_action: Callback<Action>,
    /// Its header is to be shown.
    pub on_inside: Callback<u32>,
    /// Enough.
    pub on_close: Callback<()>,
}

/// The toolbar of a segment.
#[component]
pub fn SegmentMenu(props: &SegmentMenuProps) -> Html {
    let SegmentMenuProps { packet, lang, at, .. } = props;
    let (lang, id) = (*lang, packet.id);
    let node = use_node_ref();
    let delay = use_state(|| "0.5".to_owned());
    {
        // A style attribute would be refused by the page's content security policy; properties set by script are not.
        let place = node.clone();
        use_effect_with((id, *at), move |&(_, (x, y))| {
            if let Some(element) = place.cast::<HtmlElement>() {
                let style = element.style();
                let corner = [("left", format!("{}%", Num(x))), ("top", format!("{}%", Num(y)))];
                for (name, value) in corner {
                    // Refused means that the menu stands at the top of the ladder, which will do.
                    let _ = style.set_property(name, &value);
                }
            }
        });
        use_effect_with(id, {
            let node = node.clone();
            move |_| focus(&node)
        });
    }
    let button = |msg: Msg, action: Action| {
        let on_click = props.on_action.reform(move |_| action.clone());
        el("button type=button").on_click(on_click).say(msg, lang)
    };
    let is_live = matches!(packet.fate, FateView::Flying | FateView::Held);
    let typed = typed_seconds(&delay).filter(|length| *length <= Duration::from_secs(3_600));
    let on_delay = props.on_action.clone();
    let on_delay = Callback::from(move |_| {
        if let Some(us) = typed {
            on_delay.emit(Action::Delay { segment: id, us });
        }
    });
    let on_input = {
        let delay = delay.clone();
        Callback::from(move |text| delay.set(text))
    };
    let when = match (&packet.fate, packet.due_at) {
        (FateView::Flying, Some(at)) => arrives_in(at, props.now, lang),
        (FateView::Held, _) => Msg::Held.in_lang(lang).to_owned(),
        _ => String::new(),
    };
    let on_key = {
        let on_close = props.on_close.clone();
        Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
            "Escape" => on_close.emit(()),
            // The keys of the page must not act while a number is typed.
            " " | "Enter" | "ArrowLeft" | "ArrowRight" => event.stop_propagation(),
            _ => {}
        })
    };
    let inside = || {
        let opener = el("button type=button").on_click(props.on_inside.reform(move |_| id));
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
        .child(close.on_click(props.on_close.reform(|_| ())).child("✕"));
    let later = el("button type=button").on_click(on_delay);
    let later = later.attr("aria-disabled", if typed.is_none() { "true" } else { "false" });
    let length = el("input type=number min=0 max=3600 step=0.1").label(Msg::DelayBySeconds, lang);
    let delay = el("span.delay")
        .child(later.say(Msg::Delay, lang))
        .child(length.value((*delay).clone().into()).on_input(on_input))
        .child(el("span aria-hidden=true").say(Msg::Seconds, lang));
    let of_live = el("div.menu-buttons")
        .attr("hidden", !is_live)
        .child(button(Msg::DeliverNow, Action::Deliver { segment: id }))
        .child(button(Msg::Drop, Action::Drop { segment: id }))
        .child(button(Msg::Duplicate, Action::Duplicate { segment: id }))
        .child(el("span.stable").child(hold))
        .child(button(Msg::Reorder, Action::Swap { segment: id }))
        .child(button(Msg::Corrupt, Action::Corrupt { segment: id, byte: None }))
        .child(inside())
        .child(delay);
    el("div.segment-menu role=group tabindex=-1")
        .at(&node)
        .class_if(at.0 > 50.0, "to-left")
        .attr("aria-label", name)
        .on_key_down(on_key)
        .child(title)
        .child(of_live)
        .child(el("div.menu-buttons").attr("hidden", is_live).child(inside()))
        .into()
}

/// Moves the focus into the menu when it opens, which also brings it into view.
fn focus(node: &NodeRef) {
    if let Some(element) = node.cast::<HtmlElement>() {
        // Where the browser refuses, the focus stays on the arrow's button: no harm.
        let _ = element.focus();
    }
}
