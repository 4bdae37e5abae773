//! The order of the functions in the module. It means nothing to whoever runs it, but what is alike is compressed best
//! where it stands together: functions made from one generic, or those that draw similar parts of the page.
//!
//! `wasm-opt` moves functions, and all that refers to them, into the order of their names. So all that is to be done here
//! is to give them names: their places.

use std::ops::Range;

/// Functions are alike by the runs of this many octets that both have: about the length of an instruction.
const LENGTH: usize = 4;
/// A run that more functions have tells nothing.
const COMMON: usize = 600;
/// Keeps the smallest functions, which are like anything, from coming first.
const SMALL: usize = 20;
/// Sections of a module.
const CUSTOM: u8 = 0;
const IMPORTS: u8 = 2;
const CODE: u8 = 10;

/// `module` with a name for each function: its place among those that are like it.
pub(crate) fn with_names(module: &[u8]) -> Result<Vec<u8>, String> {
    let (imported, bodies) = functions(module).ok_or("the module cannot be read")?;
    let mut names = vec![1];
    let mut list = Vec::new();
    put_number(&mut list, bodies.len());
    let mut places = vec![0; bodies.len()];
    for (place, function) in arrange(&bodies).into_iter().enumerate() {
        places[function] = place;
    }
    for (function, place) in places.iter().enumerate() {
        put_number(&mut list, imported + function);
        put(&mut list, format!("{place:05}").as_bytes());
    }
    put(&mut names, &list);
    let mut section = Vec::new();
    put(&mut section, b"name");
    section.extend(names);
    let mut named = module.to_vec();
    named.push(CUSTOM);
    put(&mut named, &section);
    Ok(named)
}

/// How many functions are imported, and the code of the others.
fn functions(module: &[u8]) -> Option<(usize, Vec<&[u8]>)> {
    let mut rest = Reader(module.get(8..)?);
    let (mut imported, mut bodies) = (0, vec![]);
    while !rest.0.is_empty() {
        let kind = rest.byte()?;
        let mut section = Reader(rest.block()?);
        match kind {
            IMPORTS => imported = section.imported_functions()?,
            CODE => bodies = (0..section.number()?).map(|_| section.block()).collect::<Option<_>>()?,
            _ => {}
        }
    }
    Some((imported, bodies))
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
        let likeness = |i: usize| shared[i] as f64 / ((bodies[i].len() + SMALL) as f64).powf(0.9);
        let next = candidates.iter().copied().max_by(|a, b| likeness(*a).total_cmp(&likeness(*b)));
        let next = next.unwrap_or(largest);
        candidates.into_iter().for_each(|i| shared[i] = 0);
        is_left[next] = false;
        order.push(next);
    }
    order
}

/// Some octets, and a function that has them.
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

/// What is left of a section.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    /// A number in LEB128.
    fn number(&mut self) -> Option<usize> {
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7f).checked_shl(shift)?;
            shift += 7;
            if byte < 0x80 {
                return Some(number);
            }
        }
    }

    /// What a length stands before.
    fn block(&mut self) -> Option<&'a [u8]> {
        let length = self.number()?;
        let (block, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(block)
    }

    /// How many of the imports are functions.
    fn imported_functions(&mut self) -> Option<usize> {
        let mut functions = 0;
        for _ in 0..self.number()? {
            let (_module, _name) = (self.block()?, self.block()?);
            match self.byte()? {
                0 => {
                    self.number()?;
                    functions += 1;
                }
                // A table, a memory: what it holds, whether it has a limit, how much at least and at most.
                kind @ (1 | 2) => {
                    if kind == 1 {
                        self.byte()?;
                    }
                    let has_limit = self.byte()? & 1 == 1;
                    self.number()?;
                    if has_limit {
                        self.number()?;
                    }
                }
                // A global: its type, and whether it changes.
                3 => {
                    self.byte()?;
                    self.byte()?;
                }
                _ => return None,
            }
        }
        Some(functions)
    }
}

fn put_number(to: &mut Vec<u8>, mut number: usize) {
    while number > 0x7f {
        to.push(number as u8 | 0x80);
        number >>= 7;
    }
    to.push(number as u8);
}

/// Adds a block with its length before it.
fn put(to: &mut Vec<u8>, block: &[u8]) {
    put_number(to, block.len());
    to.extend(block);
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
        let module = b"\0asm\x01\0\0\0\x02\x0e\x02\x01m\x01f\0\0\x01m\x01g\x02\0\x01\x0a\x08\x02\x02\0\x0b\x03\0\x01\x0b";
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
