//! The ladder with all that belongs to it: names of the hosts, the drawing, the menu, the list of what is in flight.

use std::rc::Rc;

use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use super::in_flight::{InFlightProps, in_flight};
use super::layout::{Plan, WIDTH};
use super::menu::SegmentMenu;
use super::paper::{PaperProps, paper};
use super::twin::table;
use super::view::{LadderView, Part};
use crate::lab::action::Action;
use crate::time::Instant;
use crate::ui::lang::{HostId, Lang};
use crate::ui::pick::Pick;
use crate::ui::text::{Msg, host_name};

/// What the panel is made of.
#[derive(Properties, PartialEq)]
pub struct LadderPanelProps {
    /// The run.
    pub view: Rc<LadderView>,
    /// The present.
    pub now: Instant,
    /// The language.
    pub lang: Lang,
    /// What is being looked at.
    pub pick: Pick,
    /// As words instead of a figure.
    pub as_table: bool,
    /// Words or figure.
    pub on_table: Callback<bool>,
    /// Another part of the run is to be shown; none: the newest.
    pub on_page: Callback<Option<usize>>,
    /// Something was chosen.
    pub on_pick: Callback<Pick>,
    /// Something is to be done.
    pub on_action: Callback<Action>,
    /// A header is to be shown.
    pub on_inside: Callback<u32>,
}

/// The ladder's panel.
#[component]
pub fn LadderPanel(props: &LadderPanelProps) -> Html {
    let LadderPanelProps { view, now, lang, pick, .. } = props;
    let (now, lang) = (*now, *lang);
    let plan = use_memo(Rc::clone(view), |view| Plan::new(view));
    let layout = use_memo((Rc::clone(view), now), |(view, now)| plan.at(view, *now));
    let scroll = use_node_ref();
    let was_open = use_mut_ref(|| false);
    {
        // The newest is what one wants to see; the present may lie above the end when timers still run. Of an earlier
        // part it is the middle, where the part seen before ended.
        let y = layout.y(view.part.until.map_or(now, |_| view.part.middle));
        let (scroll, part) = (scroll.clone(), y / layout.height.max(1.0));
        use_effect_with((view.part.page, view.packets.len(), y as i64 / 24), move |_| {
            if let Some(element) = scroll.cast::<Element>() {
                let (seen, whole) = (f64::from(element.client_height()), f64::from(element.scroll_height()));
                let wanted = part * whole - seen * 0.72;
                element.set_scroll_top(wanted.max(0.0) as i32);
            }
        });
    }
    let chosen = layout.arrows.iter().find(|arrow| *pick == Pick::Packet(view.packets[arrow.index].id));
    {
        // With the menu goes the button that had the focus; the keyboard goes on where the menu was.
        let (scroll, was_open) = (scroll.clone(), was_open.clone());
        use_effect_with(chosen.is_some(), move |&is_open| {
            let was_open = was_open.replace(is_open);
            if was_open
                && !is_open
                && is_focus_lost()
                && let Some(element) = scroll.cast::<HtmlElement>()
            {
                // Where the browser refuses there is nothing to be done.
                let _ = element.focus();
            }
        });
    }
    let on_jump = props.on_action.reform(move |at: Instant| {
        if at > now {
            Action::Play { us: at.since(now) }
        } else {
            Action::Seek { tick: None, at_us: Some(at) }
        }
    });
    let menu = match chosen {
        Some(arrow) => html! {
            <SegmentMenu
                packet={view.packets[arrow.index].clone()}
                {now}
                {lang}
                at={(arrow.anchor.0 / WIDTH * 100.0, (arrow.anchor.1 + 14.0) / layout.height * 100.0)}
                on_action={props.on_action.clone()}
                on_inside={props.on_inside.clone()}
                on_close={props.on_pick.reform(|()| Pick::Latest)}
            />
        },
        None => html! { <span hidden=true /> },
    };
    let toggle = {
        let as_table = props.as_table;
        props.on_table.reform(move |_: MouseEvent| !as_table)
    };
    let end = |host: HostId| {
        html! {
            <span class={classes!("end", match host { HostId::Client => "by-client", HostId::Server => "by-server" })}>
                <strong>{ host_name(host, lang) }</strong>
                <span class="code">{ host.addr().to_string() }</span>
            </span>
        }
    };
    html! {
        <div class="ladder-panel">
            <div class="ends">
                { end(HostId::Client) }
                <span class="ladder-title">
                    <h2>{ Msg::Ladder.text(lang) }</h2>
                    <button type="button" class="quiet" aria-pressed={props.as_table.to_string()} onclick={toggle}>{ Msg::AsTable.text(lang) }</button>
                </span>
                { end(HostId::Server) }
            </div>
            { parts(&view.part, lang, &props.on_page) }
            <div class="ladder-scroll" ref={scroll} role="region" aria-label={Msg::LadderLong.text(lang)} tabindex="0">
                <div class="ladder-paper" hidden={props.as_table}>
                    <p class="ladder-empty" hidden={!view.packets.is_empty()}>{ Msg::LadderEmpty.text(lang) }</p>
                    <p class="earlier" hidden={layout.hidden == 0}>{ Msg::TooMany.text(lang) }</p>
                    { paper(&PaperProps { view: Rc::clone(view), layout: Rc::clone(&layout), now, lang, pick: *pick, on_pick: props.on_pick.clone(), on_jump }) }
                    <div class="menu-place">{ menu }</div>
                </div>
                <div hidden={!props.as_table}>
                    if props.as_table {
                        { table(view, lang, &props.on_pick) }
                    } else {
                        <span />
                    }
                </div>
            </div>
            { in_flight(&InFlightProps { packets: view.flying.clone(), now, lang, pick: *pick, on_pick: props.on_pick.clone(), on_action: props.on_action.clone() }) }
        </div>
    }
}

/// The way to the parts of a long run that are not drawn.
fn parts(part: &Part, lang: Lang, on_page: &Callback<Option<usize>>) -> Html {
    let Part { page, last_page, .. } = *part;
    let button = |msg: Msg, to: Option<usize>, is_there: bool| {
        let onclick = on_page.reform(move |_: MouseEvent| if is_there { to } else { Some(page) });
        // A button that goes while it has the focus would take the focus with it.
        html! { <button type="button" class="quiet" aria-disabled={(!is_there).to_string()} {onclick}>{ msg.text(lang) }</button> }
    };
    let until = part.until.map_or_else(|| Msg::Now.in_lang(lang).to_owned(), |until| until.to_string());
    let span = format!("{} – {until}", part.from);
    html! {
        <div class="ladder-parts" role="group" aria-label={Msg::PartOfRun.text(lang)} hidden={last_page == 0}>
            { button(Msg::Earlier, Some(page.saturating_sub(1)), page > 0) }
            <span class="code" role="status">{ span }</span>
            { button(Msg::Later, Some(page + 1), page < last_page) }
            { button(Msg::ToPresent, None, page < last_page) }
        </div>
    }
}

/// The element that had the focus is gone, and the browser has given it to nobody.
fn is_focus_lost() -> bool {
    let active = || web_sys::window()?.document()?.active_element();
    active().is_none_or(|element| element.tag_name() == "BODY")
}
