//! The ladder with all that belongs to it: names of the hosts, the drawing, the menu, the list of what is in flight.

use std::rc::Rc;

use web_sys::Element;
use yew::prelude::*;
use yew_autoprops::autoprops;

use super::in_flight::InFlight;
use super::ladder_paper::LadderPaper;
use super::segment_menu::SegmentMenu;
use super::segment_table::SegmentTable;
use super::stretch_buttons::StretchButtons;
use crate::act::Act;
use crate::draw::ladder::LadderPlan;
use crate::draw::ladder_margins::WIDTH;
use crate::hooks::focus;
use crate::lang::{HostId, Lang, by_host};
use crate::pick::Pick;
use crate::present::stretch::Stretch;
use crate::text::{Msg, host_name};
use tcp::time::Instant;

#[autoprops]
#[component]
pub fn LadderPanel(
    /// The part of the run that is shown.
    stretch: &Rc<Stretch>,
    /// The newest part.
    newest: &Rc<Stretch>,
    now: &Instant,
    lang: &Lang,
    /// What is being looked at.
    pick: &Pick,
    /// As words instead of a figure.
    as_table: bool,
    act: &Callback<Act>,
) -> Html {
    let (now, lang, pick) = (*now, *lang, *pick);
    // Words are placed once for every event; as the clock runs the rest is laid out around them.
    let plan = use_memo((Rc::clone(stretch), lang), |(stretch, lang)| LadderPlan::new(stretch, *lang));
    let layout = use_memo((Rc::clone(stretch), lang, now), |(stretch, _, now)| plan.at(stretch, *now));
    let scroll = use_node_ref();
    {
        // The newest is what one wants to see; the present may lie above the end when timers still run. Of an earlier
        // part it is the middle, where the part seen before ended.
        let y = layout.y(stretch.until.map_or(now, |_| stretch.middle));
        let (scroll, part) = (scroll.clone(), y / layout.height.max(1.0));
        use_effect_with((stretch.page, stretch.trace.packets.len(), y as i64 / 24), move |_| {
            if let Some(element) = scroll.cast::<Element>() {
                let (seen, whole) = (f64::from(element.client_height()), f64::from(element.scroll_height()));
                element.set_scroll_top((part * whole - seen * 0.72).max(0.0) as i32);
            }
        });
    }
    let is_chosen = |index: usize| pick == Pick::Packet(stretch.trace.packets[index].id.0);
    let chosen = layout.arrows.iter().find(|arrow| is_chosen(arrow.index));
    {
        // With the menu goes the button that had the focus; the keyboard goes on where the menu was.
        let scroll = scroll.clone();
        use_effect_with(chosen.is_some(), move |&is_open| {
            move || {
                if is_open && is_focus_lost() {
                    focus(&scroll);
                }
            }
        });
    }
    let menu = match chosen {
        Some(arrow) => html! {
            <SegmentMenu
                packet={stretch.trace.packets[arrow.index].clone()}
                numbers={&stretch.numbers[arrow.index]}
                {now}
                {lang}
                at={(arrow.anchor.0 / WIDTH * 100.0, (arrow.anchor.1 + 14.0) / layout.height * 100.0)}
                {act}
            />
        },
        None => html! { <span hidden=true /> },
    };
    let end = |host: HostId| {
        html! {
            <span class={classes!("end", by_host(host))}>
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
                    <button
                        type="button"
                        class="quiet"
                        aria-pressed={as_table.to_string()}
                        onclick={act.reform(move |_| Act::LadderTable(!as_table))}
                    >
                        { Msg::AsTable.text(lang) }
                    </button>
                </span>
                { end(HostId::Server) }
            </div>
            <StretchButtons
                page={stretch.page}
                last_page={newest.page}
                from={stretch.from}
                until={stretch.until}
                {lang}
                {act}
            />
            <div
                class="ladder-scroll"
                role="region"
                tabindex="0"
                aria-label={Msg::LadderLong.text(lang)}
                ref={scroll}
            >
                <div class="ladder-paper" hidden={as_table}>
                    <p class="ladder-empty" hidden={!stretch.trace.packets.is_empty()}>
                        { Msg::LadderEmpty.text(lang) }
                    </p>
                    <p class="earlier" hidden={layout.hidden == 0}>{ Msg::TooMany.text(lang) }</p>
                    <LadderPaper {stretch} layout={&layout} {now} {lang} {pick} {act} />
                    <div class="menu-place">{ menu }</div>
                </div>
                <div hidden={!as_table}>
                    if as_table {
                        <SegmentTable {stretch} {lang} {act} />
                    } else {
                        <span hidden=true />
                    }
                </div>
            </div>
            <InFlight {newest} {now} {lang} {pick} {act} />
        </div>
    }
}

/// The element that had the focus is gone, and the browser has given it to nobody.
fn is_focus_lost() -> bool {
    let active = || web_sys::window()?.document()?.active_element();
    active().is_none_or(|element| element.tag_name() == "BODY")
}
