//! The panel of one host.

use std::rc::Rc;

use yew::prelude::*;
use yew_autoprops::autoprops;

use super::call_buttons::CallButtons;
use super::host_state::HostState;
use super::last_call::LastCall;
use super::machine::Machine;
use super::socket_table::SocketTable;
use super::tcb_table::TcbTable;
use super::timer_list::TimerList;
use crate::act::Act;
use crate::lang::{Lang, by_host};
use crate::present::host_details::HostDetails;
use crate::text::{Msg, host_initial, host_name};
use tcp::time::Instant;

#[autoprops]
#[component]
pub fn HostPanel(
    /// The host.
    details: &Rc<HostDetails>,
    now: &Instant,
    /// The cable is whole.
    cable_is_up: bool,
    lang: &Lang,
    act: &Callback<Act>,
) -> Html {
    let (now, lang) = (*now, *lang);
    let host = &details.host;
    let id = host.id;
    let heading = format!("host-{id}");
    html! {
        <section class={classes!("panel", "host", by_host(id))} aria-labelledby={heading.clone()}>
            <header>
                <span class="badge" aria-hidden="true">{ host_initial(id, lang) }</span>
                <h2 id={heading}>{ host_name(id, lang) }</h2>
                <span class="code muted">{ &details.address }</span>
            </header>
            <div class="host-body">
                <HostState is_up={host.up} state={details.state} {lang} {act} />
                <div class="calls">
                    <CallButtons host={id} calls={&details.calls} {lang} {act} />
                    <LastCall record={&details.last_call} {lang} />
                </div>
                <TimerList timers={details.timers().to_vec()} {now} {lang} {act} />
                <dl class="data" aria-label={Msg::Data.text(lang)}>
                    for (name, count) in &details.data {
                        <div key={name.in_lang(lang)}>
                            <dt>{ name.text(lang) }</dt>
                            <dd class="code">{ *count }</dd>
                        </div>
                    }
                </dl>
                <TcbTable variables={&details.variables} {lang} />
                <SocketTable {host} shown={details.shown} {lang} {act} />
            </div>
            <Machine host={id} is_up={host.up} program={host.program} {cable_is_up} {lang} {act} />
        </section>
    }
}
