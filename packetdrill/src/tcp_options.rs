//! TCP options as bytes, both ways.

use crate::script::TcpOption;

const END: u8 = 0;
const NOP: u8 = 1;
const MSS: u8 = 2;
const WINDOW_SCALE: u8 = 3;
const SACK_PERMITTED: u8 = 4;
const SACK: u8 = 5;
const TIMESTAMPS: u8 = 8;
const FAST_OPEN: u8 = 34;

/// The bytes of `options`, not padded.
pub(crate) fn encode(options: &[TcpOption]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for option in options {
        let (kind, data) = match option {
            TcpOption::End => {
                bytes.push(END);
                continue;
            }
            TcpOption::Nop => {
                bytes.push(NOP);
                continue;
            }
            TcpOption::Mss(mss) => (MSS, mss.to_be_bytes().to_vec()),
            TcpOption::WindowScale(shift) => (WINDOW_SCALE, vec![*shift]),
            TcpOption::SackPermitted => (SACK_PERMITTED, Vec::new()),
            TcpOption::Sack(blocks) => {
                let edges = blocks.iter().flat_map(|(left, right)| [*left, *right]);
                (SACK, edges.flat_map(u32::to_be_bytes).collect())
            }
            TcpOption::Timestamps { val, ecr } => {
                (TIMESTAMPS, [val.unwrap_or(0), *ecr].into_iter().flat_map(u32::to_be_bytes).collect())
            }
            TcpOption::FastOpen(cookie) => (FAST_OPEN, cookie.clone()),
            TcpOption::Other { kind, data } => (*kind, data.clone()),
        };
        bytes.extend([kind, data.len() as u8 + 2]);
        bytes.extend(data);
    }
    bytes
}

/// All options in `bytes`, padding included.
pub(crate) fn decode(mut bytes: &[u8]) -> Result<Vec<TcpOption>, String> {
    let mut options = Vec::new();
    while let [kind, rest @ ..] = bytes {
        match (*kind, rest) {
            (END, _) => {
                options.push(TcpOption::End);
                bytes = rest;
            }
            (NOP, _) => {
                options.push(TcpOption::Nop);
                bytes = rest;
            }
            (kind, [length, ..]) if (2..=bytes.len()).contains(&usize::from(*length)) => {
                let (option, rest) = bytes.split_at(usize::from(*length));
                options.push(option_of(kind, &option[2..]));
                bytes = rest;
            }
            _ => return Err(format!("a TCP option {kind} with an impossible length")),
        }
    }
    Ok(options)
}

fn option_of(kind: u8, data: &[u8]) -> TcpOption {
    let word = |at: usize| u32::from_be_bytes([data[at], data[at + 1], data[at + 2], data[at + 3]]);
    match (kind, data) {
        (MSS, [high, low]) => TcpOption::Mss(u16::from_be_bytes([*high, *low])),
        (WINDOW_SCALE, [shift]) => TcpOption::WindowScale(*shift),
        (SACK_PERMITTED, []) => TcpOption::SackPermitted,
        (SACK, data) if data.len().is_multiple_of(8) => {
            TcpOption::Sack((0..data.len()).step_by(8).map(|at| (word(at), word(at + 4))).collect())
        }
        (TIMESTAMPS, data) if data.len() == 8 => TcpOption::Timestamps { val: Some(word(0)), ecr: word(4) },
        (FAST_OPEN, cookie) => TcpOption::FastOpen(cookie.to_vec()),
        (kind, data) => TcpOption::Other { kind, data: data.to_vec() },
    }
}
