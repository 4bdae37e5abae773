//! Renders the components to still pages, natively: the tests' eyes, and with `GALLERY=dir` the designer's.

use std::rc::Rc;

use yew::html::BaseComponent;
use yew::prelude::*;

use super::act::Wires;
use super::fixtures;
use super::lang::{Lang, Notation};
use super::look::{Controls, Tab, Theme, View};
use super::page::{Looks, Page, PageProps, PageView};
use super::pick::Pick;

/// The HTML of a component.
pub(super) async fn render<C>(props: C::Properties) -> String
where
    C: BaseComponent,
    C::Properties: 'static,
{
    yew::LocalServerRenderer::<C>::with_props(props).hydratable(false).render().await
}

/// The HTML of a page.
pub(super) async fn render_page(view: PageView, lang: Lang, change: impl FnOnce(&mut Looks)) -> String {
    let mut looks = Looks {
        lang,
        notation: Notation::Symbolic,
        theme: Theme::Light,
        tab: Tab::Ladder,
        narrow: false,
        pick: Pick::Latest,
        playing: false,
        speed: 1_000,
        diagram_table: false,
        ladder_table: false,
        view: View::Both,
        controls: Controls::Full,
        notices: Rc::default(),
    };
    change(&mut looks);
    let wires = Rc::new(Wires::new(&Callback::noop()));
    let view = Rc::new(view);
    let explain = Rc::new(fixtures::explain(lang));
    let dialog = html! { <span /> };
    render::<Page>(PageProps {
        view,
        explain,
        now: fixtures::NOW,
        looks,
        wires,
        on_key: Callback::noop(),
        dialog,
    })
    .await
}

fn write(name: &str, lang: Lang, body: &str) {
    let Ok(dir) = std::env::var("GALLERY") else { return };
    let css = concat!(env!("CARGO_MANIFEST_DIR"), "/www/style.css");
    std::fs::create_dir_all(&dir).expect("the gallery's folder can be made");
    for theme in Theme::ALL.map(Theme::name) {
        let html = format!(
            "<!doctype html><html lang={} data-theme={theme}><meta charset=utf-8><meta name=viewport content='width=device-width'><link rel=stylesheet href='file://{css}'><body>{body}",
            lang.code()
        );
        std::fs::write(format!("{dir}/{name}-{}-{theme}.html", lang.code()), html)
            .expect("the page can be written");
    }
}

#[tokio::test(flavor = "current_thread")]
async fn the_whole_page() {
    for lang in Lang::ALL {
        write("page", lang, &render_page(fixtures::page(lang), lang, |_| {}).await);
        let asking = PageView { question: Some(Rc::new(fixtures::question(lang))), ..fixtures::page(lang) };
        write("question", lang, &render_page(asking, lang, |looks| looks.pick = Pick::Packet(5)).await);
        for tab in Tab::ALL {
            let narrow =
                render_page(fixtures::page(lang), lang, |looks| (looks.narrow, looks.tab) = (true, tab))
                    .await;
            write(tab.name(), lang, &narrow);
        }
    }
}
