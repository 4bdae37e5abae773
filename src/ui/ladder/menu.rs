//! What can be done to the segment chosen: a toolbar that hangs from its arrow, or lies under the ladder on a phone.

use web_sys::{HtmlElement, HtmlInputElement};
use yew::prelude::*;

use super::view::{FateView, PacketView};
use crate::lab::action::Action;
use crate::time::{Duration, Instant};
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
        let onclick = props.on_action.reform(move |_: MouseEvent| action.clone());
        html! { <button type="button" {onclick}>{ msg.text(lang) }</button> }
    };
    let is_live = matches!(packet.fate, FateView::Flying | FateView::Held);
    let typed = typed_seconds(&delay).filter(|length| *length <= Duration::from_secs(3_600));
    let on_delay = props.on_action.clone();
    let on_delay = Callback::from(move |_: MouseEvent| {
        if let Some(us) = typed {
            on_delay.emit(Action::Delay { segment: id, us });
        }
    });
    let oninput = {
        let delay = delay.clone();
        Callback::from(move |event: InputEvent| {
            delay.set(event.target_unchecked_into::<HtmlInputElement>().value());
        })
    };
    let when = match (&packet.fate, packet.due_at) {
        (FateView::Flying, Some(at)) => arrives_in(at, props.now, lang),
        (FateView::Held, _) => Msg::Held.in_lang(lang).to_owned(),
        _ => String::new(),
    };
    let on_close = props.on_close.reform(|_: MouseEvent| ());
    let onkeydown = {
        let on_close = props.on_close.clone();
        Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
            "Escape" => on_close.emit(()),
            // The keys of the page must not act while a number is typed.
            " " | "Enter" | "ArrowLeft" | "ArrowRight" => event.stop_propagation(),
            _ => {}
        })
    };
    let inside = {
        let onclick = props.on_inside.reform(move |_: MouseEvent| id);
        html! { <button type="button" {onclick}>{ Msg::LookInside.text(lang) }</button> }
    };
    let hold = if packet.fate == FateView::Held {
        button(Msg::Release, Action::Release { segment: id })
    } else {
        button(Msg::Hold, Action::Hold { segment: id })
    };
    html! {
        <div
            ref={node}
            class={classes!("segment-menu", (at.0 > 50.0).then_some("to-left"))}
            role="group"
            tabindex="-1"
            aria-label={format!("{} {}", packet.flags, packet.numbers)}
            {onkeydown}
        >
            <p class="menu-title">
                <strong class="code">{ format!("{} {}", packet.flags, packet.numbers) }</strong>
                <span>{ packet.tags.clone() }</span>
                <span class="muted">{ when }</span>
                <button type="button" class="icon" aria-label={Msg::Close.text(lang)} onclick={on_close}>{ "✕" }</button>
            </p>
            <div class="menu-buttons" hidden={!is_live}>
                { button(Msg::DeliverNow, Action::Deliver { segment: id }) }
                { button(Msg::Drop, Action::Drop { segment: id }) }
                { button(Msg::Duplicate, Action::Duplicate { segment: id }) }
                <span class="stable">{ hold }</span>
                { button(Msg::Reorder, Action::Swap { segment: id }) }
                { button(Msg::Corrupt, Action::Corrupt { segment: id, byte: None }) }
                { inside.clone() }
                <span class="delay">
                    <button type="button" onclick={on_delay} aria-disabled={typed.is_none().to_string()}>{ Msg::Delay.text(lang) }</button>
                    <input
                        type="number"
                        min="0"
                        max="3600"
                        step="0.1"
                        aria-label={Msg::DelayBySeconds.text(lang)}
                        value={(*delay).clone()}
                        {oninput}
                    />
                    <span aria-hidden="true">{ Msg::Seconds.text(lang) }</span>
                </span>
            </div>
            <div class="menu-buttons" hidden={is_live}>{ inside.clone() }</div>
        </div>
    }
}

/// Moves the focus into the menu when it opens, which also brings it into view.
fn focus(node: &NodeRef) {
    if let Some(element) = node.cast::<HtmlElement>() {
        // Where the browser refuses, the focus stays on the arrow's button: no harm.
        let _ = element.focus();
    }
}
