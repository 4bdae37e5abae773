//! Parts of the page that are drawn anew only when what they are made of has changed.
//!
//! One component serves for all of them: with one each, the module would be some 2 KB larger for every part.

use std::any::Any;
use std::rc::Rc;

use yew::prelude::*;
use yew::virtual_dom::Key;

use crate::el::El;

/// A part of the page: what it is made of, and how it is drawn from that alone.
pub trait Part: PartialEq + 'static {
    /// Draws it.
    fn draw(&self) -> El;
}

/// The part as the page has it.
pub fn kept(part: impl Part) -> Html {
    let part: Rc<dyn AnyPart> = Rc::new(part);
    html! { <Kept {part} /> }
}

/// The part as one of a list.
pub fn kept_as(key: impl Into<Key>, part: impl Part) -> Html {
    let (key, part): (_, Rc<dyn AnyPart>) = (key.into(), Rc::new(part));
    html! { <Kept {key} {part} /> }
}

/// A part of any kind.
trait AnyPart {
    fn draw(&self) -> El;
    fn equals(&self, other: &dyn AnyPart) -> bool;
    fn as_any(&self) -> &dyn Any;
}

impl<P: Part> AnyPart for P {
    fn draw(&self) -> El {
        Part::draw(self)
    }

    fn equals(&self, other: &dyn AnyPart) -> bool {
        other.as_any().downcast_ref::<P>().is_some_and(|other| self == other)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

#[derive(Properties)]
struct KeptProps {
    part: Rc<dyn AnyPart>,
}

impl PartialEq for KeptProps {
    fn eq(&self, other: &Self) -> bool {
        self.part.equals(&*other.part)
    }
}

/// Yew draws a component again only if its properties are not equal to those it had.
#[component]
fn Kept(props: &KeptProps) -> Html {
    props.part.draw().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::el::el;

    #[derive(PartialEq)]
    struct Word(&'static str);

    impl Part for Word {
        fn draw(&self) -> El {
            el("p").child(self.0)
        }
    }

    #[derive(PartialEq)]
    struct Count(u64);

    impl Part for Count {
        fn draw(&self) -> El {
            el("p").child(self.0.to_string())
        }
    }

    #[test]
    fn parts_are_the_same_if_they_are_of_one_kind_and_made_of_the_same() {
        let props = |part: Rc<dyn AnyPart>| KeptProps { part };
        let word = |word: &'static str| props(Rc::new(Word(word)));
        assert!(word("SYN") == word("SYN"));
        assert!(word("SYN") != word("ACK"));
        assert!(word("1") != props(Rc::new(Count(1))));
    }
}
