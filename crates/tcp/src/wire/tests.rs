//! Comparisons with another implementation, and properties.

use bytes::{Bytes, BytesMut};
use etherparse::{Ipv4HeaderSlice, PacketBuilder, TcpHeaderSlice, TcpOptionElement};
use proptest::prelude::*;

use super::checksum::{sum, tcp_sum};
use super::encode::MAX_PACKET;
use super::*;
use crate::{Control, Endpoint, IcmpKind, Options, Segment, SeqNumber, Timestamps};

fn segment() -> Segment {
    Segment {
        source: Endpoint::new(Ipv4Addr::new(192, 0, 2, 1), 40_001),
        destination: Endpoint::new(Ipv4Addr::new(198, 51, 100, 7), 80),
        seq: SeqNumber(0xFFFF_FFFE),
        ack: SeqNumber(7),
        control: Control::SYN | Control::ACK,
        window: 65_535,
        urgent: 0,
        ttl: 64,
        options: Options { mss: Some(1_460), ..Options::default() },
        text: Bytes::new(),
    }
}

/// A SYN with these options.
fn with_options(options: &[u8]) -> Bytes {
    with_options_on(segment(), options)
}

/// Puts `options` after the TCP header of `segment`, and corrects lengths and checksums.
fn with_options_on(segment: Segment, options: &[u8]) -> Bytes {
    assert!(options.len().is_multiple_of(4));
    let plain = encode(&Segment { options: Options::default(), ..segment });
    let (headers, text) = plain.split_at(IP_HEADER + TCP_HEADER);
    let mut packet = BytesMut::from(headers);
    packet.extend_from_slice(options);
    packet.extend_from_slice(text);
    packet[IP_HEADER + 12] = ((TCP_HEADER + options.len()) as u8 / 4) << 4;
    reseal(&mut packet, IP_HEADER);
    packet.freeze()
}

fn reseal(packet: &mut BytesMut, ip_header: usize) {
    let total = packet.len() as u16;
    packet[2..4].copy_from_slice(&total.to_be_bytes());
    packet[10..12].fill(0);
    let checksum = !sum(&packet[..ip_header]);
    packet[10..12].copy_from_slice(&checksum.to_be_bytes());
    if packet.len() >= ip_header + TCP_HEADER {
        packet[ip_header + 16..ip_header + 18].fill(0);
        let (ip, tcp) = packet.split_at(ip_header);
        let checksum = !tcp_sum(ip, tcp);
        packet[ip_header + 16..ip_header + 18].copy_from_slice(&checksum.to_be_bytes());
    }
}

/// Options that fit into one header.
fn any_options() -> impl Strategy<Value = Options> {
    let blocks = prop::collection::vec((any::<u32>(), any::<u32>()), 0..=4);
    let times = any::<Option<(u32, u32)>>();
    (any::<Option<u16>>(), any::<Option<u8>>(), any::<bool>(), times, blocks).prop_map(
        |(mss, window_scale, sack_permitted, times, blocks)| {
            let four = |is_there: bool| if is_there { 4 } else { 0 };
            let taken = four(mss.is_some())
                + four(window_scale.is_some())
                + four(sack_permitted)
                + 3 * four(times.is_some());
            let blocks = blocks.into_iter().take((40 - 4 - taken) / 8);
            Options {
                mss,
                window_scale,
                sack_permitted,
                sack: blocks.map(|(first, after)| (SeqNumber(first), SeqNumber(after))).collect(),
                timestamps: times.map(|(value, echo)| Timestamps { value, echo }),
            }
        },
    )
}

fn any_segment() -> impl Strategy<Value = Segment> {
    let ends = (any::<[u8; 4]>(), any::<u16>(), any::<[u8; 4]>(), any::<u16>());
    let numbers = (any::<u32>(), any::<u32>(), any::<u8>(), any::<u16>(), any::<u16>());
    let text = prop::collection::vec(any::<u8>(), 0..40);
    (ends, numbers, any_options(), text).prop_map(|(ends, numbers, options, text)| Segment {
        source: Endpoint::new(ends.0.into(), ends.1),
        destination: Endpoint::new(ends.2.into(), ends.3),
        seq: SeqNumber(numbers.0),
        ack: SeqNumber(numbers.1),
        control: Control::from_bits_retain(numbers.2),
        window: numbers.3,
        urgent: numbers.4,
        ttl: 64,
        options,
        text: text.into(),
    })
}

/// The options in the header of `segment` as it is sent.
fn options_sent(segment: &Segment) -> Bytes {
    let packet = encode(segment);
    let header = usize::from(packet[IP_HEADER + 12] >> 4) * 4;
    packet.slice(IP_HEADER + TCP_HEADER..IP_HEADER + header)
}

/// The octets after the end of a list of options; None if an option has no length or an impossible one.
fn behind_the_end(options: &[u8]) -> Option<&[u8]> {
    match options {
        [] => Some(&[]),
        [0, rest @ ..] => Some(rest),
        [1, rest @ ..] => behind_the_end(rest),
        [_, length @ 2..=255, ..] => behind_the_end(options.get(usize::from(*length)..)?),
        _ => None,
    }
}

proptest! {
    #[test]
    fn must_68_every_option_sent_has_a_length(segment in any_segment()) {
        prop_assert!(behind_the_end(&options_sent(&segment)).is_some());
    }

    #[test]
    fn must_69_octets_after_the_end_of_the_list_are_zero(segment in any_segment()) {
        let options = options_sent(&segment);
        prop_assert!(options.len().is_multiple_of(4));
        prop_assert_eq!(behind_the_end(&options).unwrap_or_default().iter().max().unwrap_or(&0), &0);
    }

    #[test]
    fn decoding_undoes_encoding(segment in any_segment()) {
        prop_assert_eq!(decode(&encode(&segment)), Ok(segment));
    }

    #[test]
    fn another_parser_reads_the_same(segment in any_segment()) {
        let packet = encode(&segment);
        let ip = Ipv4HeaderSlice::from_slice(&packet).unwrap();
        prop_assert_eq!(ip.source_addr(), segment.source.addr);
        prop_assert_eq!(ip.destination_addr(), segment.destination.addr);
        prop_assert_eq!(ip.header_checksum(), ip.to_header().calc_header_checksum());
        prop_assert_eq!((ip.ttl(), ip.dont_fragment(), ip.identification()), (64, true, 0));
        prop_assert_eq!(usize::from(ip.total_len()), packet.len());
        let tcp = TcpHeaderSlice::from_slice(&packet[20..]).unwrap();
        prop_assert_eq!((tcp.source_port(), tcp.destination_port()), (segment.source.port, segment.destination.port));
        prop_assert_eq!((tcp.sequence_number(), tcp.acknowledgment_number()), (segment.seq.0, segment.ack.0));
        prop_assert_eq!((tcp.window_size(), tcp.urgent_pointer()), (segment.window, segment.urgent));
        let bits = [tcp.fin(), tcp.syn(), tcp.rst(), tcp.psh(), tcp.ack(), tcp.urg(), tcp.ece(), tcp.cwr()];
        let control = bits.iter().enumerate().fold(0, |bits, (i, &bit)| bits | u8::from(bit) << i);
        prop_assert_eq!(control, segment.control.bits());
        let checksum = tcp.calc_checksum_ipv4_raw(
            segment.source.addr.octets(), segment.destination.addr.octets(), &segment.text,
        );
        prop_assert_eq!(tcp.checksum(), checksum.unwrap());
        let read: Vec<_> = tcp.options_iterator().map(Result::unwrap).collect();
        let mss = segment.options.mss.map(TcpOptionElement::MaximumSegmentSize);
        let scale = segment.options.window_scale.map(TcpOptionElement::WindowScale);
        let permitted = segment.options.sack_permitted.then_some(TcpOptionElement::SelectiveAcknowledgementPermitted);
        let times = segment.options.timestamps.map(|times| TcpOptionElement::Timestamp(times.value, times.echo));
        let mut blocks = segment.options.sack.iter().map(|(first, after)| (first.0, after.0));
        let sack = blocks.next().map(|first| {
            TcpOptionElement::SelectiveAcknowledgement(first, [blocks.next(), blocks.next(), blocks.next()])
        });
        let sent: Vec<_> = read.into_iter().filter(|option| *option != TcpOptionElement::Noop).collect();
        prop_assert_eq!(sent, mss.into_iter().chain(scale).chain(permitted).chain(times).chain(sack).collect::<Vec<_>>());
    }

    #[test]
    fn packets_of_another_writer_are_read(
        seq: u32, ack: u32, window: u16, mss: Option<u16>, text in prop::collection::vec(any::<u8>(), 0..40)
    ) {
        let mut builder = PacketBuilder::ipv4([10, 0, 0, 1], [10, 0, 0, 2], 9).tcp(5, 6, seq, window).ack(ack).psh();
        if let Some(mss) = mss {
            builder = builder.options(&[TcpOptionElement::Noop, TcpOptionElement::MaximumSegmentSize(mss)]).unwrap();
        }
        let mut packet = Vec::new();
        builder.write(&mut packet, &text).unwrap();
        let segment = decode(&packet.into()).unwrap();
        prop_assert_eq!((segment.source.port, segment.destination.port), (5, 6));
        prop_assert_eq!((segment.seq.0, segment.ack.0, segment.window), (seq, ack, window));
        prop_assert_eq!(segment.control, Control::ACK | Control::PSH);
        prop_assert_eq!(segment.options.mss, mss);
        prop_assert_eq!(&segment.text[..], &text[..]);
    }

    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..80), sealed: bool) {
        let mut packet = BytesMut::from(&bytes[..]);
        if sealed && packet.len() >= IP_HEADER {
            // Good IP checksums, so that the TCP checks are reached.
            packet[0] = 0x45;
            packet[6..8].fill(0);
            packet[9] = PROTOCOL_TCP;
            reseal(&mut packet, IP_HEADER);
        }
        let packet = packet.freeze();
        let _ = decode(&packet);
        check_fields(&packet);
    }

    #[test]
    fn any_options_survive(mut options in prop::collection::vec(any::<u8>(), 0..40)) {
        options.truncate(options.len() / 4 * 4);
        let packet = with_options(&options);
        prop_assert!(decode(&packet).is_ok());
        check_fields(&packet);
    }
}

/// The fields cover the packet without gap or overlap.
#[track_caller]
fn check_fields(packet: &[u8]) {
    let mut at = 0;
    for field in fields(packet) {
        assert_eq!(field.bits.0, at, "{field:?}");
        at += field.bits.1;
    }
    assert!(at as usize <= packet.len() * 8);
    assert!(packet.len() < IP_HEADER || at as usize == packet.len() * 8);
}

#[test]
fn every_flipped_bit_is_found() {
    for length in [0, 1, 2, 7] {
        let text = (0..length).collect::<Vec<u8>>().into();
        let packet = encode(&Segment { text, ..segment() });
        for bit in 0..packet.len() * 8 {
            let mut flipped = BytesMut::from(&packet[..]);
            flipped[bit / 8] ^= 0x80 >> (bit % 8);
            assert!(decode(&flipped.freeze()).is_err(), "bit {bit} of a packet with {length} octets of text");
        }
    }
}

#[test]
fn must_2_the_sum_with_the_pseudo_header_is_right() {
    for length in [0, 1, 2, 3, 8, 9, 1_459, 1_460] {
        let text = (0..length).map(|i| i as u8).collect::<Vec<_>>().into();
        let packet = encode(&Segment { text, ..segment() });
        let (ip, tcp) = packet.split_at(IP_HEADER);
        // Addresses, a zero, the protocol, the length; then the segment, padded with a zero if its length is odd.
        let mut summed = [&ip[12..20], &[0, PROTOCOL_TCP], &(tcp.len() as u16).to_be_bytes(), tcp].concat();
        summed.resize(summed.len().next_multiple_of(2), 0);
        let words = summed.chunks(2).map(|word| u16::from_be_bytes([word[0], word[1]]));
        // One's complement: the carry is added at the right.
        let total = words.fold(0u16, |total, word| {
            let (sum, carried) = total.overflowing_add(word);
            sum + u16::from(carried)
        });
        assert_eq!(total, 0xFFFF, "{length} octets of text");
    }
}

#[test]
fn must_3_a_wrong_checksum_reports_found_and_expected() {
    let packet = encode(&segment());
    let right = u16_at(&packet, IP_HEADER + 16);
    let mut wrong = BytesMut::from(&packet[..]);
    wrong[IP_HEADER + 16] ^= 1;
    let found = right ^ 0x100;
    assert_eq!(decode(&wrong.freeze()), Err(WireError::BadTcpChecksum { found, expected: right }));
}

#[test]
fn must_4_end_of_list_no_operation_and_mss_are_understood() {
    let mss = |bytes| decode(&with_options(bytes)).unwrap().options.mss;
    assert_eq!(mss(&[2, 4, 5, 180]), Some(1_460));
    assert_eq!(mss(&[1, 1, 2, 4, 5, 180, 1, 0]), Some(1_460));
    assert_eq!(mss(&[2, 4, 5, 180, 0, 0, 0, 0]), Some(1_460));
    assert_eq!(mss(&[1, 1, 1, 1]), None);
    assert_eq!(mss(&[1, 0, 2, 4, 5, 180, 0, 0]), None, "the list ended before it");
}

#[test]
fn must_5_options_may_come_with_any_segment() {
    let controls =
        [Control::SYN, Control::ACK, Control::PSH | Control::ACK, Control::FIN | Control::ACK, Control::RST];
    for control in controls {
        let plain =
            Segment { control, text: Bytes::from_static(b"hello"), options: Options::default(), ..segment() };
        let packet = with_options_on(plain.clone(), &[1, 200, 6, 2, 4, 5, 180, 0]);
        assert_eq!(decode(&packet), Ok(plain), "{control}");
    }
}

#[test]
fn must_6_unknown_options_are_skipped() {
    for kind in [6, 7, 9, 18, 27, 69, 200, 253, 255] {
        for length in 2..=8 {
            let mut options = vec![kind, length];
            options.resize(usize::from(length), 2);
            options.extend([2, 4, 5, 180]);
            options.resize(options.len().next_multiple_of(4), 0);
            assert_eq!(decode(&with_options(&options)), Ok(segment()), "kind {kind}, {length} octets");
        }
    }
}

#[test]
fn must_7_illegal_option_lengths_are_handled() {
    let mss = |bytes| decode(&with_options(bytes)).unwrap().options.mss;
    assert_eq!(mss(&[2, 4, 5, 180]), Some(1_460));
    assert_eq!(mss(&[9, 0, 2, 4, 5, 180, 0, 0]), None, "length 0 would never end");
    assert_eq!(mss(&[9, 1, 2, 4, 5, 180, 0, 0]), None, "length 1 is shorter than its own header");
    assert_eq!(mss(&[9, 40, 2, 4, 5, 180, 0, 0]), None, "past the header");
    assert_eq!(mss(&[2, 3, 5, 2, 4, 5, 180, 0]), Some(1_460), "an MSS of the wrong length is not an MSS");
    assert_eq!(mss(&[1, 1, 1, 2]), None, "no length at all");
}

#[test]
fn must_64_options_may_come_in_any_order() {
    let mss = |bytes| decode(&with_options(bytes)).unwrap().options;
    let both = Options { mss: Some(536), window_scale: Some(7), ..Options::default() };
    assert_eq!(mss(&[1, 2, 4, 2, 24, 3, 3, 7]), both);
    assert_eq!(mss(&[1, 1, 1, 3, 3, 7, 2, 4, 2, 24, 0, 0]), both);
    assert_eq!(mss(&[200, 6, 1, 2, 3, 4, 2, 4, 2, 24, 3, 3, 7, 0, 0, 0]), both, "unknown ones are skipped");
    assert_eq!(
        mss(&[0, 0, 0, 0, 2, 4, 2, 24]),
        Options::default(),
        "nothing counts after the end of the list"
    );
}

#[test]
fn must_50_ip_options_are_skipped() {
    let plain = encode(&segment());
    let mut packet = BytesMut::from(&plain[..IP_HEADER]);
    packet.extend_from_slice(&[1, 1, 1, 0]);
    packet.extend_from_slice(&plain[IP_HEADER..]);
    packet[0] = 0x46;
    reseal(&mut packet, 24);
    let packet = packet.freeze();
    assert_eq!(decode(&packet), Ok(segment()));
    check_fields(&packet);
}

#[test]
fn each_reason_to_drop_a_packet_has_its_error() {
    let change = |at: usize, value: u8| {
        let mut packet = BytesMut::from(&encode(&segment())[..]);
        packet[at] = value;
        reseal(&mut packet, IP_HEADER);
        decode(&packet.freeze())
    };
    assert_eq!(change(0, 0x65), Err(WireError::NotIpv4));
    assert_eq!(change(0, 0x44), Err(WireError::BadIpHeaderLength));
    assert_eq!(change(6, 0x20), Err(WireError::Fragment));
    assert_eq!(change(7, 0x01), Err(WireError::Fragment));
    assert_eq!(change(9, 17), Err(WireError::NotTcp));
    assert_eq!(change(IP_HEADER + 12, 0x40), Err(WireError::BadDataOffset));
    assert_eq!(change(IP_HEADER + 12, 0xF0), Err(WireError::BadDataOffset));
    assert_eq!(change(8, 1), Ok(Segment { ttl: 1, ..segment() }), "the TTL is for routers");
    assert_eq!(decode(&Bytes::from_static(&[0x45; 19])), Err(WireError::Truncated));
    let mut packet = BytesMut::from(&encode(&segment())[..30]);
    reseal(&mut packet, IP_HEADER);
    assert_eq!(decode(&packet.freeze()), Err(WireError::Truncated));
    let cut = encode(&segment());
    assert_eq!(decode(&cut.slice(..cut.len() - 1)), Err(WireError::BadTotalLength));
}

#[test]
fn text_shares_the_packets_memory_and_is_cut_at_the_limit() {
    let packet = encode(&Segment { text: Bytes::from_static(b"hello"), ..segment() });
    let text = decode(&packet).unwrap().text;
    assert_eq!(text.as_ptr(), packet[packet.len() - 5..].as_ptr());
    let packet = encode(&Segment { text: vec![0; 70_000].into(), ..segment() });
    assert_eq!(packet.len(), MAX_PACKET);
    assert!(decode(&packet).is_ok());
}

#[test]
fn fields_of_a_known_packet() {
    let packet = encode(&Segment { text: Bytes::from_static(b"hello"), ..segment() });
    let fields = fields(&packet);
    let find = |name| fields.iter().find(|field| field.name == name).unwrap();
    assert_eq!(find("Source Port").value, 40_001);
    assert_eq!(find("Source Port").bits, (160, 16));
    assert_eq!((find("SYN").value, find("FIN").value), (1, 0));
    assert_eq!(find("Maximum Segment Size").value, 1_460);
    assert_eq!((find("Text").value, find("Text").layer), (5, Layer::Text));
    assert_eq!(find("Destination Address").value, u64::from(u32::from(Ipv4Addr::new(198, 51, 100, 7))));
}

#[test]
fn an_icmp_report_is_read_back_and_by_another_parser() {
    let packet = encode(&segment());
    let router = Ipv4Addr::new(203, 0, 113, 1);
    for &kind in IcmpKind::ALL {
        let bytes = encode_icmp(router, kind, &packet).expect("it is TCP");
        let icmp = decode_icmp(&bytes).expect("it is sound");
        assert_eq!(
            (icmp.destination, icmp.local, icmp.remote),
            (segment().source.addr, segment().source, segment().destination)
        );
        assert_eq!((icmp.report.kind, icmp.report.seq), (kind, segment().seq));
        let sliced = etherparse::SlicedPacket::from_ip(&bytes).unwrap();
        let Some(etherparse::TransportSlice::Icmpv4(other)) = sliced.transport else { panic!("no ICMP") };
        assert_eq!((other.type_u8(), other.code_u8()), kind.to_wire());
        assert_eq!(
            other.header().checksum,
            etherparse::Icmpv4Header::with_checksum(other.icmp_type(), other.payload()).checksum
        );
    }
}

#[test]
fn a_damaged_or_foreign_icmp_report_is_none() {
    let packet = encode(&segment());
    let report = encode_icmp(Ipv4Addr::LOCALHOST, IcmpKind::HostUnreachable, &packet).expect("it is TCP");
    for bit in 0..report.len() * 8 {
        let mut damaged = report.to_vec();
        damaged[bit / 8] ^= 1 << (bit % 8);
        let is_source = (12..16).contains(&(bit / 8));
        assert!(decode_icmp(&damaged).is_none() || is_source, "bit {bit}");
    }
    for length in 0..report.len() {
        assert!(decode_icmp(&report[..length]).is_none());
    }
    assert!(decode_icmp(&packet).is_none());
    assert!(
        encode_icmp(Ipv4Addr::LOCALHOST, IcmpKind::HostUnreachable, &report).is_none(),
        "no report about a report"
    );
}

#[test]
fn receive_and_decode_agree_and_do_not_copy_the_text() {
    for text in ["", "a", "hello"] {
        let segment = Segment { text: Bytes::from_static(text.as_bytes()), ..segment() };
        let packet = encode(&segment);
        assert_eq!(decode(&packet).as_ref(), Ok(&segment));
        let from = packet.as_ptr_range();
        let Ok(Arrived::Segment(arrived)) = receive(packet) else { panic!("a segment") };
        assert_eq!(arrived, segment);
        // The text is not copied, and an acknowledgement does not keep its packet in memory.
        assert_eq!(from.contains(&arrived.text.as_ptr()), !text.is_empty());
    }
    let report = encode_icmp(Ipv4Addr::LOCALHOST, IcmpKind::HostUnreachable, &encode(&segment())).unwrap();
    assert_eq!(receive(report.clone()), Ok(Arrived::Icmp(decode_icmp(&report).unwrap())));
    assert_eq!(decode(&report), Err(WireError::NotTcp));
    assert_eq!(receive(report.slice(..report.len() - 1)), Err(WireError::BadTotalLength));
    let mut of_udp = BytesMut::from(&report[..]);
    of_udp[9] = 17;
    reseal(&mut of_udp, IP_HEADER);
    assert_eq!(receive(of_udp.freeze()), Err(WireError::NotTcp));
}
