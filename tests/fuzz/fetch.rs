//! Categories, base addresses and redirects of `fetch`, against the rules written a second time.

use inkfield::data::fetch::address::{self, Reach};
use inkfield::data::fetch::{Kind, categories, find, nearest};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use url::{Host, Url};

/// Parts of addresses and names, for the mutations.
pub const TOKENS: &[&[u8]] = &[
    b"https://",
    b"http://",
    b"//",
    b"/../",
    b"%2e%2e/",
    b"%2F",
    b"\\",
    b"@",
    b":80",
    b":443",
    b"?",
    b"#",
    b"\0",
    b"localhost",
    b"LOCALHOST.",
    b"127.0.0.1",
    b"0x7f.1",
    b"2130706433",
    b"0177.0.0.1",
    b"10.0.0.1",
    b"169.254.169.254",
    b"192.168.0.1",
    b"[::1]",
    b"[::ffff:127.0.0.1]",
    b"[::ffff:a00:1]",
    b"[fe80::1]",
    b"[fec0::1]",
    b"[64:ff9b::7f00:1]",
    b"[2002:7f00:1::]",
    b"[::127.0.0.1]",
    b"example.org",
    b"xn--",
    "\u{3002}".as_bytes(),
    "\u{ff0f}".as_bytes(),
    b"file:",
    b"data:,",
    b"octopus",
    b"the-eiffel_tower",
    b"alarm clock",
    b"..",
];

/// One input: an address, a base address, a name, and places that a server might redirect to, with zero bytes between.
pub fn run(bytes: &[u8]) {
    check_ips(bytes);
    let text = String::from_utf8_lossy(bytes);
    let mut parts = text.split('\0').skip(1);
    let base = parts.next().unwrap_or_default();
    let name = parts.next().unwrap_or_default();
    check_name(name);
    match address::parse_base(base) {
        Ok(base) => {
            check_base(&base);
            let start = check_files(&base, find(name).unwrap_or("hot air balloon"));
            let mut at = start.clone();
            for place in parts.take(5) {
                match address::follow(&start, &at, place) {
                    Ok((to, reach)) => {
                        check_hop(&start, &at, &to, reach);
                        at = to;
                    }
                    Err(error) => super::check_message(&error.to_string()),
                }
            }
        }
        Err(error) => super::check_message(&error.to_string()),
    }
}

fn check_name(name: &str) {
    // The nearest of 345 names takes a hundred times as long as the rest.
    if find(name).is_none() && !name.len().is_multiple_of(8) {
        return;
    }
    let near = nearest(name, 3);
    assert!(near.len() <= 3 && near.iter().all(|near| categories().any(|known| known == *near)));
    if let Some(found) = find(name) {
        assert!(categories().any(|known| known == found));
        assert_eq!(nearest(name, 1), [found]);
    }
}

fn check_base(base: &Url) {
    assert!(base.scheme() == "https" || (base.scheme() == "http" && is_here(base)), "{base}");
    assert!(base.username().is_empty() && base.password().is_none(), "{base}");
    assert!(base.query().is_none() && base.fragment().is_none() && base.has_host(), "{base}");
}

/// The files' addresses lie below the base, on its host; the last of them.
fn check_files(base: &Url, category: &str) -> Url {
    let mut last = base.clone();
    for kind in [Kind::Bitmaps, Kind::Simplified, Kind::Raw] {
        last = address::file_url(base, category, kind).expect("a base has folders");
        assert_eq!(
            (last.scheme(), last.host(), last.port(), last.query(), last.fragment()),
            (base.scheme(), base.host(), base.port(), None, None)
        );
        let below = last.path().strip_prefix(base.path().trim_end_matches('/'));
        let mut below = below.expect("below the base").split('/').filter(|piece| !piece.is_empty());
        let pieces: Vec<&str> = below.by_ref().collect();
        assert_eq!(pieces.len(), 2, "{last} below {base}");
        assert_eq!(pieces[1].replace("%20", " ").rsplit_once('.').map(|(stem, _)| stem), Some(category));
        assert_eq!(Url::parse(last.as_str()).as_ref(), Ok(&last), "it is read as it was written");
    }
    last
}

fn check_hop(start: &Url, from: &Url, to: &Url, reach: Reach) {
    assert!(to.scheme() == "https" || (to.scheme() == "http" && is_here(to) && from.scheme() == "http"), "{to}");
    assert!(to.username().is_empty() && to.password().is_none() && to.fragment().is_none(), "{to}");
    let same = to.host() == start.host() && to.port_or_known_default() == start.port_or_known_default();
    match reach {
        Reach::Named => assert!(same || (is_here(start) && is_here(to)), "{to}"),
        Reach::Public => {
            assert!(!is_here(to), "{to}");
            match to.host() {
                Some(Host::Ipv4(ip)) => assert!(!is_inside(ip.into()), "{to}"),
                Some(Host::Ipv6(ip)) => assert!(!is_inside(ip.into()), "{to}"),
                other => assert!(other.is_some()),
            }
        }
    }
}

/// Whether the host is this machine.
fn is_here(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let number = host.trim_matches(['[', ']']).parse::<IpAddr>();
    number.map_or_else(|_| ["localhost", "localhost."].contains(&host), |ip| ip.is_loopback())
}

fn check_ips(bytes: &[u8]) {
    if let Some(four) = bytes.first_chunk::<4>() {
        let ip = Ipv4Addr::from(*four);
        assert_eq!(address::is_public(ip.into()), !is_inside(ip.into()), "{ip}");
        assert_eq!(address::is_public(ip.to_ipv6_mapped().into()), !is_inside(ip.into()), "{ip} mapped");
    }
    if let Some(sixteen) = bytes.first_chunk::<16>() {
        let ip = Ipv6Addr::from(*sixteen);
        assert_eq!(address::is_public(ip.into()), !is_inside(ip.into()), "{ip}");
    }
}

/// Networks of no public host: the "globally reachable: false" of IANA's special-purpose registries, multicast, what is
/// reserved, and of IPv6 all that is not `2000::/3`; of those that hold an IPv4 address, that one counts.
fn is_inside(ip: IpAddr) -> bool {
    const FOUR: &str = "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 \
                        192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/3";
    const SIX: &str = "2001::/23 2001:db8::/32 3fff::/20";
    match ip {
        IpAddr::V4(ip) => FOUR.split(' ').any(|network| {
            let (start, length) = network.split_once('/').unwrap();
            let start = u32::from(start.parse::<Ipv4Addr>().unwrap());
            (u32::from(ip) ^ start) >> (32 - length.parse::<u32>().unwrap()) == 0
        }),
        IpAddr::V6(ip) => {
            let inner = |shift: u32| is_inside(Ipv4Addr::from((u128::from(ip) >> shift) as u32).into());
            let within = |start: &str, length: u32| {
                (u128::from(ip) ^ u128::from(start.parse::<Ipv6Addr>().unwrap())) >> (128 - length) == 0
            };
            if within("::ffff:0:0", 96) || within("64:ff9b::", 96) {
                return inner(0);
            }
            if within("2002::", 16) {
                return inner(80);
            }
            let known = |network: &str| network.split_once('/').is_some_and(|(a, b)| within(a, b.parse().unwrap()));
            !within("2000::", 3) || SIX.split(' ').any(known)
        }
    }
}

/// Bases, names and redirects of every kind.
pub fn seeds() -> Vec<Vec<u8>> {
    let mut seeds = Vec::new();
    let ip = "\u{7f}\0\0\u{1}";
    for base in [
        "https://storage.googleapis.com/quickdraw_dataset/full",
        "http://127.0.0.1:8000/x/",
        "http://[::1]/",
        "http://localhost.",
        "https://u:p@x.org/?a#b",
        "ftp://x",
    ] {
        for (name, place) in [
            ("octopus", "/numpy_bitmap/octopus.npy"),
            ("T_SHIRT", "https://cdn.example.net/a"),
            ("ocotpus", "http://127.0.0.1/a\0https://10.0.0.1/"),
            ("the great wall", "//[::ffff:169.254.169.254]/latest\0../../x"),
            ("", "https://[64:ff9b::a00:1]/\0https://0x7f000001/\0https://LOCALHOST./"),
        ] {
            seeds.push(format!("{ip}\0{base}\0{name}\0{place}").into());
        }
    }
    for ip in ["2002:a00:1::", "64:ff9b::7f00:1", "::ffff:10.0.0.1", "2a00:1450::1", "fec0::1", "2001:db8::1"] {
        seeds.push(ip.parse::<Ipv6Addr>().unwrap().octets().into());
    }
    seeds
}
