//! The places in the sources at which the module can panic. It carries a file, a line and a column for each of some
//! hundreds, which tell a visitor nothing and cannot be compressed well. So they are taken out. Each place is known by
//! its address, which a panic tells (`src/embed/panic.rs`), and a list beside the module says what stood there.

use std::fmt::Write;
use std::ops::Range;

use wasmparser::{BinaryReaderError, DataKind, Operator, Parser, Payload};

/// A place as the compiler lays it out (`core::panic::Location`): address and length of the file's name, line, column.
const PLACE_BYTES: usize = 16;
/// No file has more lines, and no line more columns.
const MOST_LINES: u32 = 100_000;
const MOST_COLUMNS: u32 = 1_000;

/// Takes the places out of `module`, and returns the list of them.
pub(crate) fn take(module: &mut [u8]) -> Result<String, BinaryReaderError> {
    let memory = memory(module)?;
    let mut list = String::new();
    let mut names = vec![];
    for (address, octets) in &memory {
        let first = octets.start + address.next_multiple_of(4) as usize - *address as usize;
        for at in (first..octets.end).step_by(4).filter(|at| at + PLACE_BYTES <= octets.end) {
            let [name, length, line, column] = [0, 4, 8, 12].map(|offset| word(module, at + offset));
            let Some(name) = file_name(module, &memory, name, length) else { continue };
            if !(1..MOST_LINES).contains(&line) || !(1..MOST_COLUMNS).contains(&column) {
                continue;
            }
            let place = *address as usize + at - octets.start;
            let file = String::from_utf8_lossy(&module[name.clone()]);
            let _ = writeln!(list, "{place} {file}:{line}:{column}");
            module[at..at + PLACE_BYTES].fill(0);
            names.push(name);
        }
    }
    names.into_iter().for_each(|name| module[name].fill(0));
    Ok(list)
}

/// What the memory holds at the beginning: addresses, and where their octets stand in the module.
fn memory(module: &[u8]) -> Result<Vec<(u32, Range<usize>)>, BinaryReaderError> {
    let mut memory = vec![];
    for payload in Parser::new(0).parse_all(module) {
        let Payload::DataSection(section) = payload? else { continue };
        for data in section {
            let data = data?;
            let DataKind::Active { offset_expr, .. } = data.kind else { continue };
            if let Operator::I32Const { value } = offset_expr.get_operators_reader().read()? {
                let end = data.range.end as usize;
                memory.push((value.cast_unsigned(), end - data.data.len()..end));
            }
        }
    }
    Ok(memory)
}

fn word(module: &[u8], at: usize) -> u32 {
    let octets = module[at..].first_chunk().expect("the place was found in whole");
    u32::from_le_bytes(*octets)
}

/// Where the name of a file of Rust stands that has this address and length, if one does.
fn file_name(
    module: &[u8],
    memory: &[(u32, Range<usize>)],
    address: u32,
    length: u32,
) -> Option<Range<usize>> {
    memory.iter().find_map(|(first, octets)| {
        let start = octets.start.checked_add(address.checked_sub(*first)? as usize)?;
        let end = start.checked_add(length as usize)?;
        let is_name = |text: &[u8]| text.ends_with(b".rs") && text.iter().all(u8::is_ascii_graphic);
        (end <= octets.end && is_name(&module[start..end])).then_some(start..end)
    })
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{ConstExpr, DataSection, MemorySection, MemoryType, Module};

    use super::*;

    const FIRST: u32 = 1024;

    fn module_of(data: &[u8]) -> Vec<u8> {
        let mut memories = MemorySection::new();
        memories.memory(MemoryType {
            minimum: 1,
            maximum: None,
            memory64: false,
            shared: false,
            page_size_log2: None,
        });
        let mut section = DataSection::new();
        section.active(0, &ConstExpr::i32_const(FIRST as i32), data.iter().copied());
        let mut module = Module::new();
        module.section(&memories).section(&section);
        module.finish()
    }

    fn words(words: &[u32]) -> Vec<u8> {
        words.iter().flat_map(|word| word.to_le_bytes()).collect()
    }

    #[test]
    fn places_are_taken_out_and_nothing_else_is_touched() {
        let (name, other) = ("src/lab/mod.rs  ", "no file.rs! ");
        let table = FIRST + (name.len() + other.len()) as u32;
        let before = [
            name.as_bytes(),
            other.as_bytes(),
            &words(&[7, FIRST, 14, 12, 5, FIRST, 14, 0, 5, FIRST + 16, 10, 3, 3, table, 14, 1, 1]),
            &words(&[FIRST, 14, 99, 1]),
        ];
        let after = [
            &[0; 14],
            b"  ".as_slice(),
            other.as_bytes(),
            &words(&[7, 0, 0, 0, 0, FIRST, 14, 0, 5, FIRST + 16, 10, 3, 3, table, 14, 1, 1]),
            &words(&[0; 4]),
        ];
        let mut module = module_of(&before.concat());
        let list = take(&mut module).expect("a module");
        assert_eq!(list, "1056 src/lab/mod.rs:12:5\n1120 src/lab/mod.rs:99:1\n");
        assert_eq!(module, module_of(&after.concat()));
    }
}
