//! Elements made by plain calls: `el("p.muted").say(Msg::ShareIntro, lang)`.
//!
//! `html!` unfolds into the construction of every element where it is written, some 440 bytes of code each. Here it is
//! one call for the element and one for each thing that is put on it, a tenth of that, so all static markup of the page
//! is written this way; `html!` is left for components.

use std::cell::RefCell;
use std::rc::Rc;

use web_sys::HtmlInputElement;
use yew::html::{onchange, onclick, onfocus, oninput, onkeydown, onmouseover};
use yew::prelude::*;
use yew::virtual_dom::{AttributeOrProperty, Attributes, Key, Listener, VList, VTag, VText};

use crate::act::Act;
use crate::geometry::Num;
use crate::lang::Lang;
use crate::text::Msg;

/// An element that is being made.
#[must_use]
pub struct El(Box<Parts>);

/// What an element is made of.
struct Parts {
    tag: VTag,
    /// The names of its attributes, in the order of their values.
    names: Vec<&'static str>,
    /// The values; none for an attribute that is absent this time.
    values: Vec<Option<AttributeOrProperty>>,
    listeners: Vec<Option<Rc<dyn Listener>>>,
    children: Vec<Html>,
}

/// An element as its description says: the tag, classes after points, then attributes after blanks. `el("input.code
/// type=text readonly")`. A value that has blanks in it is given by [`El::attr`].
#[inline(never)]
pub fn el(description: &'static str) -> El {
    let mut words = description.split(' ');
    let head = words.next().unwrap_or_default();
    let (tag, classes) = head.split_once('.').unwrap_or((head, ""));
    let (names, values, listeners, children) = (vec![], vec![], vec![], vec![]);
    let mut el = El(Box::new(Parts { tag: VTag::new(tag), names, values, listeners, children }));
    if classes.contains('.') {
        classes.replace('.', " ").set("class", &mut el);
    } else if !classes.is_empty() {
        classes.set("class", &mut el);
    }
    for word in words {
        // Without a value: an attribute that is there or not, like `hidden`.
        let (name, value) = word.split_once('=').unwrap_or((word, word));
        value.set(name, &mut el);
    }
    el
}

/// Holds the place of a part that is absent: what comes and goes must not leave a gap, see `tests/yew_dom.rs`.
#[inline(never)]
pub fn nothing() -> El {
    el("span hidden")
}

/// A drawing of 16 by 16 that adds nothing to the words beside it.
#[inline(never)]
pub fn icon(path: &'static str) -> El {
    el("svg.glyph aria-hidden=true").attr("viewBox", "0 0 16 16").child(el("path").attr("d", path))
}

/// `select` with these words to choose from; `chosen` is the place of one of them, and so is what `choose` hears.
#[inline(never)]
pub fn options(select: El, words: Vec<AttrValue>, chosen: usize, choose: Callback<usize>) -> El {
    let option = |(place, word): (usize, AttrValue)| {
        let option = el("option").nth(place).attr("value", place as u64);
        option.attr("selected", place == chosen).child(word)
    };
    let choose = choose.reform(|place: String| place.parse().unwrap_or(0));
    select.on_change(choose).children(words.into_iter().enumerate().map(option))
}

impl El {
    /// With an attribute.
    pub fn attr(mut self, name: &'static str, value: impl Value) -> Self {
        value.set(name, &mut self);
        self
    }

    /// With a class, besides those it has.
    #[inline(never)]
    pub fn class(mut self, class: &'static str) -> Self {
        let known =
            self.0.names.iter().position(|name| *name == "class").and_then(|i| self.0.values[i].as_mut());
        match known {
            Some(AttributeOrProperty::Attribute(classes)) => *classes = format!("{classes} {class}").into(),
            _ => class.set("class", &mut self),
        }
        self
    }

    /// With a class if something is so.
    #[inline(never)]
    pub fn class_if(self, is_so: bool, class: &'static str) -> Self {
        if is_so { self.class(class) } else { self }
    }

    /// With a key among its siblings.
    #[inline(never)]
    pub fn key(mut self, key: &str) -> Self {
        self.0.tag.key = Some(Key::from(key));
        self
    }

    /// With a number for a key.
    #[inline(never)]
    pub fn nth(self, number: usize) -> Self {
        self.key(&number.to_string())
    }

    /// With a way to find it on the page.
    #[inline(never)]
    pub fn at(mut self, node: &NodeRef) -> Self {
        self.0.tag.node_ref = node.clone();
        self
    }

    /// With a child, or with text.
    pub fn child(mut self, child: impl Child) -> Self {
        child.add(&mut self);
        self
    }

    /// With children.
    pub fn children<C: Child>(self, children: impl IntoIterator<Item = C>) -> Self {
        children.into_iter().fold(self, Self::child)
    }

    /// With a message of the page.
    #[inline(never)]
    pub fn say(self, msg: Msg, lang: Lang) -> Self {
        self.child(msg.text(lang))
    }

    /// With a message as its name, where it has no text.
    #[inline(never)]
    pub fn label(self, msg: Msg, lang: Lang) -> Self {
        self.attr("aria-label", msg.text(lang))
    }

    /// With a message that shows while the mouse rests on it.
    #[inline(never)]
    pub fn title(self, msg: Msg, lang: Lang) -> Self {
        self.attr("title", msg.text(lang))
    }

    /// With a value that the reader can change.
    #[inline(never)]
    pub fn value(mut self, value: AttrValue) -> Self {
        self.0.tag.set_value(Some(value));
        self
    }

    /// With a mark that the reader can set or remove.
    #[inline(never)]
    pub fn checked(mut self, on: bool) -> Self {
        self.0.tag.set_checked(on);
        self
    }

    /// Asks the page for `what` at each click.
    #[inline(never)]
    pub fn asks(self, act: &Callback<Act>, what: Act) -> Self {
        let act = act.clone();
        self.on_click(Callback::from(move |_| act.emit(what.clone())))
    }

    /// Hears clicks.
    #[inline(never)]
    pub fn on_click(self, hear: Callback<MouseEvent>) -> Self {
        self.listen(Rc::new(onclick::Wrapper::new(hear)))
    }

    /// Hears the value that was chosen, or typed to its end.
    #[inline(never)]
    pub fn on_change(self, hear: Callback<String>) -> Self {
        let hear = Callback::from(move |event: Event| hear.emit(field(&event).value()));
        self.listen(Rc::new(onchange::Wrapper::new(hear)))
    }

    /// Hears the value at each letter that is typed.
    #[inline(never)]
    pub fn on_input(self, hear: Callback<String>) -> Self {
        let hear = Callback::from(move |event: InputEvent| hear.emit(field(&event).value()));
        self.listen(Rc::new(oninput::Wrapper::new(hear)))
    }

    /// Hears whether the mark was set or removed.
    #[inline(never)]
    pub fn on_check(self, hear: Callback<bool>) -> Self {
        let hear = Callback::from(move |event: Event| hear.emit(field(&event).checked()));
        self.listen(Rc::new(onchange::Wrapper::new(hear)))
    }

    /// Hears that the focus has come.
    #[inline(never)]
    pub fn on_focus(self, hear: Callback<FocusEvent>) -> Self {
        self.listen(Rc::new(onfocus::Wrapper::new(hear)))
    }

    /// Hears that the mouse has come.
    #[inline(never)]
    pub fn on_mouse_over(self, hear: Callback<MouseEvent>) -> Self {
        self.listen(Rc::new(onmouseover::Wrapper::new(hear)))
    }

    /// Hears keys.
    #[inline(never)]
    pub fn on_key_down(self, hear: Callback<KeyboardEvent>) -> Self {
        self.listen(Rc::new(onkeydown::Wrapper::new(hear)))
    }

    /// Hears something rarer.
    #[inline(never)]
    pub fn listen(mut self, listener: Rc<dyn Listener>) -> Self {
        self.0.listeners.push(Some(listener));
        self
    }
}

/// Where an event comes from. A list has its value under the same name as a field, so it will do as one.
fn field(event: &Event) -> HtmlInputElement {
    event.target_unchecked_into()
}

impl From<El> for Html {
    #[inline(never)]
    fn from(el: El) -> Self {
        let Parts { mut tag, names, values, listeners, children } = *el.0;
        tag.attributes = Attributes::Dynamic { keys: shared(&names), values: values.into() };
        tag.set_listeners(listeners.into());
        if let Some(place) = tag.children_mut() {
            *place = Self::VList(Rc::new(VList::from(children)));
        }
        tag.into()
    }
}

/// The one list of these names. Lists are told apart by their address when an element is drawn again, so there must not
/// be two of the same; and there are only so many as there are kinds of elements in the code. They are in order, since
/// one is looked for with every element that is drawn.
fn shared(names: &[&'static str]) -> &'static [&'static str] {
    thread_local!(static LISTS: RefCell<Vec<&'static [&'static str]>> = const { RefCell::new(vec![]) });
    LISTS.with_borrow_mut(|lists| {
        let place = lists.binary_search_by(|list| (**list).cmp(names)).unwrap_or_else(|place| {
            lists.insert(place, names.to_vec().leak());
            place
        });
        lists[place]
    })
}

/// What an attribute can be set to.
pub trait Value {
    /// Sets it.
    fn set(self, name: &'static str, el: &mut El);
}

impl Value for Option<AttrValue> {
    #[inline(never)]
    fn set(self, name: &'static str, el: &mut El) {
        el.0.names.push(name);
        el.0.values.push(self.map(AttributeOrProperty::Attribute));
    }
}

impl Value for AttrValue {
    #[inline(never)]
    fn set(self, name: &'static str, el: &mut El) {
        Some(self).set(name, el);
    }
}

impl Value for &AttrValue {
    #[inline(never)]
    fn set(self, name: &'static str, el: &mut El) {
        self.clone().set(name, el);
    }
}

impl Value for &'static str {
    #[inline(never)]
    fn set(self, name: &'static str, el: &mut El) {
        AttrValue::Static(self).set(name, el);
    }
}

impl Value for Option<&'static str> {
    #[inline(never)]
    fn set(self, name: &'static str, el: &mut El) {
        self.map(AttrValue::Static).set(name, el);
    }
}

impl Value for String {
    #[inline(never)]
    fn set(self, name: &'static str, el: &mut El) {
        AttrValue::from(self).set(name, el);
    }
}

impl Value for u64 {
    #[inline(never)]
    fn set(self, name: &'static str, el: &mut El) {
        self.to_string().set(name, el);
    }
}

impl Value for Num {
    #[inline(never)]
    fn set(self, name: &'static str, el: &mut El) {
        self.to_string().set(name, el);
    }
}

/// An attribute that is there or not, like `hidden`.
impl Value for bool {
    #[inline(never)]
    fn set(self, name: &'static str, el: &mut El) {
        self.then_some(name).set(name, el);
    }
}

/// What an element can have in it.
pub trait Child {
    /// Adds it after what is there.
    fn add(self, to: &mut El);
}

impl Child for Html {
    #[inline(never)]
    fn add(self, to: &mut El) {
        to.0.children.push(self);
    }
}

impl Child for El {
    #[inline(never)]
    fn add(self, to: &mut El) {
        Html::from(self).add(to);
    }
}

impl Child for AttrValue {
    #[inline(never)]
    fn add(self, to: &mut El) {
        Html::VText(VText::new(self)).add(to);
    }
}

impl Child for &AttrValue {
    #[inline(never)]
    fn add(self, to: &mut El) {
        self.clone().add(to);
    }
}

impl Child for &'static str {
    #[inline(never)]
    fn add(self, to: &mut El) {
        AttrValue::Static(self).add(to);
    }
}

impl Child for String {
    #[inline(never)]
    fn add(self, to: &mut El) {
        AttrValue::from(self).add(to);
    }
}
