//! Renders the components to still pages, natively: the tests' eyes, and with `GALLERY=dir` the designer's.

use std::rc::Rc;

use yew::prelude::*;
use yew::html::BaseComponent;

use super::diagram::{DiagramTable, StateDiagram, Taken};
use super::lang::{HostId, Lang};
use super::pick::Pick;
use crate::tcp::State;

/// The HTML of a component.
pub(super) async fn render<C>(props: C::Properties) -> String
where
    C: BaseComponent,
    C::Properties: 'static,
{
    yew::LocalServerRenderer::<C>::with_props(props).hydratable(false).render().await
}

fn page(name: &str, lang: Lang, theme: &str, body: &str) {
    let Ok(dir) = std::env::var("GALLERY") else { return };
    let css = concat!(env!("CARGO_MANIFEST_DIR"), "/www/style.css");
    let html = format!(
        "<!doctype html><html lang={} data-theme={theme}><meta charset=utf-8><meta name=viewport content='width=device-width'><link rel=stylesheet href='file://{css}'><body>{body}",
        lang.code()
    );
    std::fs::create_dir_all(&dir).unwrap();
    std::fs::write(format!("{dir}/{name}-{}-{theme}.html", lang.code()), html).unwrap();
}

#[tokio::test(flavor = "current_thread")]
async fn diagram() {
    let taken = Rc::new(vec![
        ("closed--syn-sent", Taken { by: [true, false], latest: None }),
        ("closed--listen", Taken { by: [false, true], latest: None }),
        ("listen--syn-received", Taken { by: [false, true], latest: Some(HostId::Server) }),
        ("established--fin-wait-1", Taken { by: [true, true], latest: None }),
    ]);
    for lang in Lang::ALL {
        let props = super::diagram::StateDiagramProps {
            lang,
            here: [Some(State::SynSent), Some(State::SynReceived)],
            taken: Rc::clone(&taken),
            what_if: false,
            pick: Pick::Latest,
            on_pick: Callback::noop(),
        };
        let svg = render::<StateDiagram>(props).await;
        page("diagram", lang, "light", &format!("<div class=panel>{svg}</div>"));
    }
}

#[tokio::test(flavor = "current_thread")]
async fn ladder() {
    for lang in Lang::ALL {
        let props = super::ladder::LadderPanelProps {
            view: Rc::new(super::fixtures::ladder(lang)),
            now: crate::time::Instant::from_millis(1_260),
            lang,
            pick: Pick::Packet(4),
            as_table: false,
            on_table: Callback::noop(),
            on_pick: Callback::noop(),
            on_action: Callback::noop(),
            on_inside: Callback::noop(),
        };
        let html = render::<super::ladder::LadderPanel>(props).await;
        page("ladder", lang, "light", &format!("<div class=panel>{html}</div>"));
    }
}
