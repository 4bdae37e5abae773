//! The ladder with all that belongs to it: names of the hosts, the drawing, the menu, the list of what is in flight.

use std::rc::Rc;

use web_sys::Element;
use yew::prelude::*;

use super::drag::{Drag, Hand};
use super::in_flight::{InFlightProps, in_flight};
use super::layout::{Layout, Plan, WIDTH};
use super::menu::SegmentMenu;
use super::paper::{PaperProps, paper};
use super::twin::table;
use super::view::{LadderView, Part};
use crate::act::Act;
use crate::el::{El, el, nothing};
use crate::hooks::{Memo, Same, focus, nothing_to_undo, use_effect_on};
use crate::lang::{HostId, Lang, by_host};
use crate::pick::Pick;
use crate::text::{Msg, host_name};
use lab::action::Action;
use tcp::time::Instant;

/// What the panel is made of.
#[derive(Properties, PartialEq)]
pub struct LadderPanelProps {
    /// The run.
    pub view: Same<LadderView>,
    /// The present.
    pub now: Instant,
    /// The language.
    pub lang: Lang,
    /// What is being looked at.
    pub pick: Pick,
    /// As words instead of a figure.
    pub as_table: bool,
    /// Where requests go.
    pub act: Callback<Act>,
}

/// What was made for the latest drawing, each with what it was made from.
#[derive(Default)]
struct Made {
    plan: Memo<Same<LadderView>, Rc<Plan>>,
    layout: Memo<(Same<LadderView>, Instant), Rc<Layout>>,
}

/// The ladder's panel.
#[component]
pub fn LadderPanel(props: &LadderPanelProps) -> Html {
    let LadderPanelProps { view, now, lang, pick, act, .. } = props;
    let (now, lang) = (*now, *lang);
    let made = use_mut_ref(Made::default);
    let plan = made.borrow_mut().plan.of(view.clone(), |view| Rc::new(Plan::new(view)));
    let at = |(view, now): &(Same<LadderView>, Instant)| Rc::new(plan.at(view, *now));
    let layout = made.borrow_mut().layout.of((view.clone(), now), at);
    let scroll = use_node_ref();
    let drag = use_state_eq(|| None::<Drag>);
    {
        // The newest is what one wants to see; the present may lie above the end when timers still run. Of an earlier
        // part it is the middle, where the part seen before ended.
        let y = layout.y(view.part.until.map_or(now, |_| view.part.middle));
        let (scroll, part) = (scroll.clone(), y / layout.height.max(1.0));
        let key = [view.part.page as u64, view.packets.len() as u64, (y as i64 / 24).cast_unsigned()];
        let show = move || {
            if let Some(element) = scroll.cast::<Element>() {
                let (seen, whole) = (f64::from(element.client_height()), f64::from(element.scroll_height()));
                let wanted = part * whole - seen * 0.72;
                element.set_scroll_top(wanted.max(0.0) as i32);
            }
            nothing_to_undo()
        };
        use_effect_on(key, Box::new(show));
    }
    let chosen = layout.arrows.iter().find(|arrow| *pick == Pick::Packet(view.packets[arrow.index].id));
    {
        // With the menu goes the button that had the focus; the keyboard goes on where the menu was.
        let (scroll, is_open) = (scroll.clone(), chosen.is_some());
        let undo = move || {
            if is_open && is_focus_lost() {
                focus(&scroll);
            }
        };
        use_effect_on([u64::from(is_open), 0, 0], Box::new(|| Box::new(undo)));
    }
    let on_jump = act.reform(move |at: Instant| {
        Act::Do(if at > now {
            Action::Play { us: at.since(now) }
        } else {
            Action::Seek { tick: None, at_us: Some(at) }
        })
    });
    let menu = match chosen {
        Some(arrow) => html! {
            <SegmentMenu
                packet={view.packets[arrow.index].clone()}
                {now}
                {lang}
                at={(arrow.anchor.0 / WIDTH * 100.0, (arrow.anchor.1 + 14.0) / layout.height * 100.0)}
                act={act.clone()}
            />
        },
        None => nothing().into(),
    };
    let end = |host: HostId| {
        el("span.end")
            .class(by_host(host))
            .child(el("strong").child(host_name(host, lang)))
            .child(el("span.code").child(host.addr().to_string()))
    };
    let as_table = props.as_table;
    let toggle = el("button.quiet type=button")
        .attr("aria-pressed", if as_table { "true" } else { "false" })
        .asks(act, Act::LadderTable(!as_table))
        .say(Msg::AsTable, lang);
    let title = el("span.ladder-title").child(el("h2").say(Msg::Ladder, lang)).child(toggle);
    let ends = el("div.ends").child(end(HostId::Client)).child(title).child(end(HostId::Server));
    let drawing = paper(&PaperProps {
        view: Rc::clone(view),
        layout: Rc::clone(&layout),
        now,
        lang,
        pick: *pick,
        drag: *drag,
        act: act.clone(),
        on_jump,
    });
    let hand = Hand { drag, act: act.clone() };
    let drawing = hand.on(drawing, &view.packets, &layout);
    let empty = el("p.ladder-empty").attr("hidden", !view.packets.is_empty()).say(Msg::LadderEmpty, lang);
    let earlier = el("p.earlier").attr("hidden", layout.hidden == 0).say(Msg::TooMany, lang);
    let sheet = el("div.ladder-paper")
        .attr("hidden", as_table)
        .child(empty)
        .child(earlier)
        .child(drawing)
        .child(el("div.menu-place").child(menu));
    let twin = if as_table { table(view, lang, act) } else { nothing() };
    let flying =
        in_flight(&InFlightProps { packets: view.flying.clone(), now, lang, pick: *pick, act: act.clone() });
    let scroller = el("div.ladder-scroll role=region tabindex=0").at(&scroll).label(Msg::LadderLong, lang);
    el("div.ladder-panel")
        .child(ends)
        .child(parts(&view.part, lang, act))
        .child(scroller.child(sheet).child(el("div").attr("hidden", !as_table).child(twin)))
        .child(flying)
        .into()
}

/// The way to the parts of a long run that are not drawn.
fn parts(part: &Part, lang: Lang, act: &Callback<Act>) -> El {
    let Part { page, last_page, .. } = *part;
    let button = |msg: Msg, to: Option<usize>, is_there: bool| {
        // A button that goes while it has the focus would take the focus with it.
        el("button.quiet type=button")
            .attr("aria-disabled", if is_there { "false" } else { "true" })
            .asks(act, Act::LadderPage(if is_there { to } else { Some(page) }))
            .say(msg, lang)
    };
    let until = part.until.map_or_else(|| Msg::Now.in_lang(lang).to_owned(), |until| until.to_string());
    el("div.ladder-parts role=group")
        .label(Msg::PartOfRun, lang)
        .attr("hidden", last_page == 0)
        .child(button(Msg::Earlier, Some(page.saturating_sub(1)), page > 0))
        .child(el("span.code role=status").child(format!("{} – {until}", part.from)))
        .child(button(Msg::Later, Some(page + 1), page < last_page))
        .child(button(Msg::ToPresent, None, page < last_page))
}

/// The element that had the focus is gone, and the browser has given it to nobody.
fn is_focus_lost() -> bool {
    let active = || web_sys::window()?.document()?.active_element();
    active().is_none_or(|element| element.tag_name() == "BODY")
}
