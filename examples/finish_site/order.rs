//! The order of the functions in the module. It means nothing to whoever runs it, but what is alike is compressed best
//! where it stands together: functions made from one generic, or those that draw similar parts of the page.
//!
//! `wasm-opt` moves functions, and all that refers to them, into the order of their names. So all that is to be done here
//! is to give them names: their places.

use std::ops::Range;

use wasm_encoder::{NameMap, NameSection, Section};
use wasmparser::{BinaryReaderError, Parser, Payload, TypeRef};

/// Functions are alike by the runs of this many octets that both have: about the length of an instruction.
const LENGTH: usize = 4;
/// A run that more functions have tells nothing.
const COMMON: usize = 600;
/// Keeps the smallest functions, which are like anything, from coming first.
const SMALL: usize = 60;

/// `module` with a name for each function: its place among those that are like it.
pub(crate) fn with_names(module: &[u8]) -> Result<Vec<u8>, BinaryReaderError> {
    let (imported, bodies) = functions(module)?;
    let mut places = vec![0; bodies.len()];
    for (place, function) in arrange(&bodies).into_iter().enumerate() {
        places[function] = place;
    }
    let mut list = NameMap::new();
    for (function, place) in (imported..).zip(places) {
        list.append(function, &format!("{place:05}"));
    }
    let mut names = NameSection::new();
    names.functions(&list);
    let mut named = module.to_vec();
    names.append_to(&mut named);
    Ok(named)
}

/// How many functions are imported, and the code of the others.
fn functions(module: &[u8]) -> Result<(u32, Vec<&[u8]>), BinaryReaderError> {
    let (mut imported, mut bodies) = (0, vec![]);
    for payload in Parser::new(0).parse_all(module) {
        match payload? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionEntry(body) => bodies.push(body.as_bytes()),
            _ => {}
        }
    }
    Ok((imported, bodies))
}

/// The functions in an order in which each is followed by the one most like it of those that are left.
fn arrange(bodies: &[&[u8]]) -> Vec<usize> {
    let (runs, groups) = runs(bodies);
    let mut by_size: Vec<_> = (0..bodies.len()).collect();
    by_size.sort_by_key(|i| usize::MAX - bodies[*i].len());
    let mut is_left = vec![true; bodies.len()];
    let mut shared = vec![0_usize; bodies.len()];
    let mut order: Vec<usize> = Vec::with_capacity(bodies.len());
    while let Some(largest) = by_size.iter().copied().find(|i| is_left[*i]) {
        let mut candidates = vec![];
        for group in order.last().map_or(&[][..], |last| &groups[*last]) {
            for (_, other) in &runs[group.clone()] {
                if is_left[*other] {
                    if shared[*other] == 0 {
                        candidates.push(*other);
                    }
                    shared[*other] += 1;
                }
            }
        }
        // Of two that are alike in the same measure, the larger.
        let likeness = |i: usize| shared[i] as f64 / ((bodies[i].len() + SMALL) as f64).powf(0.8);
        let next = candidates.iter().copied().max_by(|a, b| likeness(*a).total_cmp(&likeness(*b)));
        let next = next.unwrap_or(largest);
        candidates.into_iter().for_each(|i| shared[i] = 0);
        is_left[next] = false;
        order.push(next);
    }
    order
}

/// A few octets of code, and a function that has them.
type Run<'a> = (&'a [u8], usize);

/// The runs that several functions have, each with those that have it, and for each function where its own stand there.
fn runs<'a>(bodies: &[&'a [u8]]) -> (Vec<Run<'a>>, Vec<Vec<Range<usize>>>) {
    let of = |(i, body): (usize, &&'a [u8])| body.windows(LENGTH).map(move |run| (run, i));
    let mut runs: Vec<_> = bodies.iter().enumerate().flat_map(of).collect();
    runs.sort_unstable();
    runs.dedup();
    let mut groups = vec![vec![]; bodies.len()];
    let mut start = 0;
    for group in runs.chunk_by(|a, b| a.0 == b.0) {
        let range = start..start + group.len();
        start = range.end;
        if (2..=COMMON).contains(&group.len()) {
            group.iter().for_each(|(_, i)| groups[*i].push(range.clone()));
        }
    }
    (runs, groups)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn like_stands_beside_like() {
        let bodies: [&[u8]; 5] = [
            b"the first of its kind",
            b"0123456789ABCDEF",
            b"the second of its kind",
            b"0123456789ABC",
            b"?",
        ];
        assert_eq!(arrange(&bodies), [2, 0, 1, 3, 4]);
    }

    #[test]
    fn functions_are_named_after_the_imports() {
        // Two imports, one of them a memory; two functions.
        let module = b"\0asm\x01\0\0\0\x02\x0e\x02\x01m\x01f\0\0\x01m\x01g\x02\0\x01\x03\x03\x02\0\0\x0a\x08\x02\x02\0\x0b\x03\0\x01\x0b";
        let named = with_names(module).expect("it can be read");
        assert_eq!(named[..module.len()], module[..]);
        assert_eq!(named[module.len()..], *b"\0\x16\x04name\x01\x0f\x02\x01\x0500001\x02\x0500000");
    }

    #[test]
    fn what_is_cut_off_is_refused() {
        assert!(with_names(b"\0asm\x01\0\0\0\x0a\x07\x02").is_err());
        assert!(with_names(b"").is_err());
    }
}
