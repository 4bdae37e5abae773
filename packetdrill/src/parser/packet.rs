//! Packets: `(ttl 5) 1 > 2 S. 0:0(0) ack 1 win 5 urg 1 <mss 1460>`, and ICMP.

use super::{Parsed, Parser};
use crate::error::ScriptError;
use crate::icmp_messages;
use crate::lexer::TokenKind;
use crate::script::{Body, IcmpSpec, IpInfo, Numbering, Packet, Segment, TcpOption, Tos, flag};

/// Protocols and encapsulations of the language that this runner does not support.
const OTHER_PROTOCOLS: [&str; 13] =
    ["udp", "sctp", "raw", "gre", "GREv0", "mpls", "ipv4", "ipv6", "icmpv6", "eth", "esp", "psp", "udplite"];
/// TCP options of the language that this runner does not support.
const OTHER_OPTIONS: [&str; 20] = [
    "md5",
    "AccECN",
    "ECN",
    "accecn",
    "exp",
    "gen",
    "mp_capable",
    "mp_join_syn",
    "mp_join_syn_ack",
    "mp_join_ack",
    "dss",
    "add_address",
    "remove_address",
    "mp_prio",
    "mp_fail",
    "mp_fastclose",
    "FOEXP",
    "e1b",
    "e0b",
    "ceb",
];

impl Parser {
    pub(super) fn packet(&mut self, is_inbound: bool) -> Parsed<Packet> {
        // Older scripts have the quoted segment before the name of the message.
        let is_quoted =
            matches!((self.peek(), self.peek_second()), (TokenKind::Sign('['), TokenKind::Integer(_)));
        let quoted = if is_quoted { self.quoted()? } else { None };
        let ip = self.ip_info()?;
        let ports = self.ports()?;
        let body = match self.peek() {
            TokenKind::Word(word) if word == "icmp" => {
                if !is_inbound {
                    return Err(self.unsupported("ICMP that must come out is not supported"));
                }
                self.next();
                let message = self.icmp()?;
                Body::Icmp(IcmpSpec { quoted: quoted.or(message.quoted), ..message })
            }
            TokenKind::Word(word) if OTHER_PROTOCOLS.contains(&word.as_str()) => {
                return Err(self.unsupported(format!("packets of `{word}` are not supported")));
            }
            _ => Body::Tcp(self.segment(is_inbound)?),
        };
        Ok(Packet { ip, ports, body })
    }

    fn ip_info(&mut self) -> Parsed<IpInfo> {
        let mut info = IpInfo::default();
        let close = if self.accept('(') {
            ')'
        } else if self.accept('[') {
            ']'
        } else {
            return Ok(info);
        };
        loop {
            let TokenKind::Word(word) = self.peek().clone() else {
                return Err(self.error("a field of the IP header is needed here"));
            };
            let place = self.unsupported(format!("`{word}` of the IP header is not supported"));
            self.next();
            match word.as_str() {
                "noecn" => info.tos = Some(Tos::Ecn(0)),
                "ect1" => info.tos = Some(Tos::Ecn(1)),
                "ect0" => info.tos = Some(Tos::Ecn(2)),
                "ce" => info.tos = Some(Tos::Ecn(3)),
                "ect01" => info.tos = Some(Tos::Ect01),
                "tos" => info.tos = Some(Tos::Octet(self.integer("an octet")?)),
                "ttl" => info.ttl = Some(self.integer("an octet")?),
                _ => return Err(place),
            }
            if !self.accept(',') {
                break;
            }
        }
        self.expect(close)?;
        Ok(info)
    }

    fn ports(&mut self) -> Parsed<Option<(u16, u16)>> {
        if !matches!((self.peek(), self.peek_second()), (TokenKind::Integer(_), TokenKind::Sign('>'))) {
            return Ok(None);
        }
        let source = self.integer("a port")?;
        self.expect('>')?;
        Ok(Some((source, self.integer("a port")?)))
    }

    fn segment(&mut self, is_inbound: bool) -> Parsed<Segment> {
        let flags = self.flags()?;
        let (seq, length, numbering) = self.range()?;
        let mut segment = Segment {
            flags,
            seq,
            numbering,
            length,
            ack: None,
            window: None,
            urgent: None,
            options: Some(Vec::new()),
        };
        if self.accept_word("ack") {
            segment.ack = Some(self.seq()?);
            if *self.peek() == TokenKind::Sign('!') {
                return Err(self.unsupported("an absolute acknowledgement number is not supported"));
            }
        }
        if self.accept_word("win") {
            segment.window = Some(self.integer("a window of 16 bits")?);
        } else if is_inbound {
            return Err(self.error("a segment that goes in needs `win`"));
        }
        if self.accept_word("urg") {
            segment.urgent = Some(self.integer("an urgent pointer of 16 bits")?);
        }
        if self.accept('<') {
            segment.options = self.options(is_inbound)?;
        }
        if is_inbound && numbering == Numbering::Ignored {
            return Err(self.error_before("a segment that goes in needs a sequence number"));
        }
        Ok(segment)
    }

    /// One or more flags, or `-` for none; `.` is ACK.
    fn flags(&mut self) -> Parsed<u8> {
        if self.accept('-') {
            return Ok(0);
        }
        let is_range = *self.peek_second() == TokenKind::Sign(':');
        if matches!(self.peek(), TokenKind::Integer(_) | TokenKind::Decimal(_)) && !is_range {
            return Err(self.unsupported("the AccECN field is not supported"));
        }
        let mut flags = None;
        loop {
            let text = match self.peek() {
                TokenKind::Word(word) => word.clone(),
                TokenKind::Sign('.') => ".".to_owned(),
                _ => break,
            };
            for letter in text.chars() {
                let bit = flag::LETTERS.iter().find(|(known, _)| *known == letter).map(|(_, bit)| *bit);
                let Some(bit) = bit else {
                    if letter == 'A' || ('0'..='7').contains(&letter) {
                        return Err(self.unsupported("the AccECN field is not supported"));
                    }
                    return Err(self.error(format!("`{text}` are no TCP flags")));
                };
                flags = Some(flags.unwrap_or(0) | bit);
            }
            self.next();
        }
        flags.ok_or_else(|| self.error("TCP flags are needed here"))
    }

    /// `a:b(n)`, `a:b(n)!` or `...(n)`.
    fn range(&mut self) -> Parsed<(u32, u32, Numbering)> {
        if *self.peek() == TokenKind::Ellipsis {
            self.next();
            return Ok((0, self.length()?, Numbering::Ignored));
        }
        let start = self.seq()?;
        self.expect(':')?;
        let end = self.seq()?;
        let length = self.length()?;
        if start.wrapping_add(length) != end {
            return Err(self.error_before(format!("{start} and {length} octets do not end at {end}")));
        }
        let numbering = if self.accept('!') { Numbering::Absolute } else { Numbering::Usual };
        Ok((start, length, numbering))
    }

    fn length(&mut self) -> Parsed<u32> {
        self.expect('(')?;
        // Longer than any IPv4 packet: a mistake.
        let length: u16 = self.integer("the length of the text")?;
        self.expect(')')?;
        Ok(u32::from(length))
    }

    /// The options up to `>`; None for `<...>`.
    fn options(&mut self, is_inbound: bool) -> Parsed<Option<Vec<TcpOption>>> {
        if *self.peek() == TokenKind::Ellipsis {
            if is_inbound {
                return Err(self.error("a segment that goes in needs its options"));
            }
            self.next();
            self.expect('>')?;
            return Ok(None);
        }
        // Another notation for `...`.
        if !is_inbound && self.accept_word("nocheck") {
            self.expect('>')?;
            return Ok(None);
        }
        let mut options = Vec::new();
        loop {
            options.push(self.tcp_option(is_inbound)?);
            if !self.accept(',') {
                break;
            }
        }
        self.expect('>')?;
        Ok(Some(options))
    }

    fn tcp_option(&mut self, is_inbound: bool) -> Parsed<TcpOption> {
        let TokenKind::Word(word) = self.peek().clone() else {
            return Err(self.error(format!("{} is no TCP option", self.peek().describe())));
        };
        if OTHER_OPTIONS.contains(&word.as_str()) {
            return Err(self.unsupported(format!("the TCP option `{word}` is not supported")));
        }
        self.next();
        Ok(match word.as_str() {
            "nop" => TcpOption::Nop,
            "eol" => TcpOption::End,
            "sackOK" => TcpOption::SackPermitted,
            "mss" => TcpOption::Mss(self.integer("a segment size")?),
            "wscale" => TcpOption::WindowScale(self.integer("a shift")?),
            "sack" => TcpOption::Sack(self.sack_blocks()?),
            "TS" => self.timestamps(is_inbound)?,
            "FO" => TcpOption::FastOpen(self.cookie()?),
            _ => return Err(self.error_before(format!("`{word}` is no TCP option"))),
        })
    }

    fn sack_blocks(&mut self) -> Parsed<Vec<(u32, u32)>> {
        let mut blocks = Vec::new();
        while matches!(self.peek(), TokenKind::Integer(_)) {
            let left = self.seq()?;
            self.expect(':')?;
            blocks.push((left, self.seq()?));
        }
        Ok(blocks)
    }

    fn timestamps(&mut self, is_inbound: bool) -> Parsed<TcpOption> {
        if !self.accept_word("val") {
            return Err(self.error("`val` is needed here"));
        }
        let val = if *self.peek() == TokenKind::Ellipsis && !is_inbound {
            self.next();
            None
        } else {
            Some(self.seq()?)
        };
        if !self.accept_word("ecr") {
            return Err(self.error("`ecr` is needed here"));
        }
        Ok(TcpOption::Timestamps { val, ecr: self.seq()? })
    }

    /// Hexadecimal digits, two for each octet. No digits: a request for a cookie.
    fn cookie(&mut self) -> Parsed<Vec<u8>> {
        if !matches!(self.peek(), TokenKind::Word(_) | TokenKind::Integer(_)) {
            return Ok(Vec::new());
        }
        // Digits alone are read as a number, but leading zeros count here.
        let digits = self.tokens[self.at].text.clone();
        // A name that is not defined.
        if digits.contains('_') {
            return Err(self.unsupported(format!("the cookie {digits} is defined nowhere")));
        }
        self.next();
        let octets: Option<Vec<u8>> = digits
            .as_bytes()
            .chunks(2)
            .map(|pair| u8::from_str_radix(core::str::from_utf8(pair).ok()?, 16).ok())
            .collect();
        octets
            .filter(|_| digits.len().is_multiple_of(2))
            .ok_or_else(|| self.error_before("a cookie is written in hexadecimal octets"))
    }

    fn icmp(&mut self) -> Parsed<IcmpSpec> {
        let TokenKind::Word(word) = self.next() else {
            return Err(self.error_before("a type of ICMP message is needed here"));
        };
        let kind = icmp_messages::kind_named(&word)
            .ok_or_else(|| self.unknown_of_icmp(format!("`{word}` is no type of ICMP message")))?;
        let mut spec = IcmpSpec { kind, code: 0, mtu: None, quoted: None };
        if let TokenKind::Word(word) = self.peek().clone()
            && word != "mtu"
        {
            self.next();
            spec.code = icmp_messages::code_named(kind, &word)
                .ok_or_else(|| self.unknown_of_icmp(format!("`{word}` is no code of this ICMP message")))?;
        }
        if self.accept_word("mtu") {
            spec.mtu = Some(self.integer("an MTU")?);
        }
        spec.quoted = self.quoted()?;
        Ok(spec)
    }

    /// The error for a message that IPv4 does not have, but IPv6 may have.
    fn unknown_of_icmp(&self, message: String) -> ScriptError {
        let error = self.error_before(message);
        if self.is_for_ipv6 {
            let message = format!("{}, of version 4", error.message);
            return ScriptError::unsupported(error.line, error.column, message);
        }
        error
    }

    /// `[0:0(0)]`: number and length of the quoted segment, if present.
    fn quoted(&mut self) -> Parsed<Option<(u32, u32)>> {
        if !self.accept('[') {
            return Ok(None);
        }
        if matches!(self.peek(), TokenKind::Word(word) if word == "udp") {
            return Err(self.unsupported("messages about UDP are not supported"));
        }
        let (seq, length, _) = self.range()?;
        self.expect(']')?;
        Ok(Some((seq, length)))
    }
}
