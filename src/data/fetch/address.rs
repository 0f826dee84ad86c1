//! Addresses: where a published file lies, and which redirects are followed.

use std::net::{IpAddr, Ipv4Addr};

use url::{Host, Url};

use super::content::Kind;
use super::error::{FetchError, quoted};

/// Reads the base address: https, or http on this machine; no password, query or fragment.
pub fn parse_base(text: &str) -> Result<Url, FetchError> {
    let refuse = |why| FetchError::BaseUrl { why, url: quoted(text) };
    let url = Url::parse(text).map_err(|_| refuse("is no address such as https://host/folder"))?;
    match url.scheme() {
        "https" => {}
        "http" if is_loopback(&url) => {}
        "http" => {
            return Err(refuse("is not encrypted; use https (http is for this machine alone)"));
        }
        _ => return Err(refuse("must begin with https://")),
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(refuse("must not hold a user name or password"));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(refuse("must be a folder, without `?` or `#`"));
    }
    Ok(url)
}

/// The address of one file below the base; a space becomes `%20`.
pub fn file_url(base: &Url, category: &str, kind: Kind) -> Result<Url, FetchError> {
    let (folder, extension) = kind.remote();
    let mut url = base.clone();
    match url.path_segments_mut() {
        Ok(mut segments) => {
            segments.pop_if_empty().push(folder).push(&format!("{category}{extension}"));
        }
        Err(()) => {
            return Err(FetchError::BaseUrl { why: "cannot have folders below it", url: quoted(base.as_str()) });
        }
    }
    Ok(url)
}

/// How the host of a request may be looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// The user named this host: any address will do.
    Named,
    /// A redirect named it: public addresses only.
    Public,
}

/// Decides on one redirect from `from` to `location`, in a download that began at `start`.
pub fn follow(start: &Url, from: &Url, location: &str) -> Result<(Url, Reach), FetchError> {
    let refuse = |why, url: &str| FetchError::Redirect { why, url: quoted(url) };
    let mut to = from.join(location).map_err(|_| refuse("leads to no valid address", location))?;
    to.set_fragment(None);
    match to.scheme() {
        "https" => {}
        "http" if from.scheme() == "https" => return Err(refuse("leaves encryption", to.as_str())),
        "http" if is_loopback(&to) => {}
        "http" => return Err(refuse("leads to an unencrypted address", to.as_str())),
        _ => return Err(refuse("leads to something other than https", to.as_str())),
    }
    if !to.username().is_empty() || to.password().is_some() {
        return Err(refuse("holds a user name or password", to.as_str()));
    }
    let same_host = to.host() == start.host() && to.port_or_known_default() == start.port_or_known_default();
    if same_host || (is_loopback(start) && is_loopback(&to)) {
        return Ok((to, Reach::Named));
    }
    let private = match to.host() {
        Some(Host::Domain(name)) => is_local_name(name),
        Some(Host::Ipv4(ip)) => !is_public(ip.into()),
        Some(Host::Ipv6(ip)) => !is_public(ip.into()),
        None => true,
    };
    if private {
        return Err(refuse("leads into a private network", to.as_str()));
    }
    Ok((to, Reach::Public))
}

/// Whether the host is this machine, by name or number.
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => is_local_name(name),
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

fn is_local_name(name: &str) -> bool {
    name.strip_suffix('.').unwrap_or(name).eq_ignore_ascii_case("localhost")
}

/// Whether an address is one of the public internet: of IANA's special-purpose registries only what is globally
/// reachable.
pub fn is_public(ip: IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(ip) => !matches!(
            ip.octets(),
            [0 | 10 | 127 | 224..=255, ..]
                | [100, 64..=127, ..]
                | [169, 254, ..]
                | [172, 16..=31, ..]
                | [192, 168, ..]
                | [192, 0, 0 | 2, _]
                | [198, 18 | 19, ..]
                | [198, 51, 100, _]
                | [203, 0, 113, _]
        ),
        IpAddr::V6(ip) => {
            let inner_is_public =
                |high: u16, low: u16| is_public(Ipv4Addr::from((u32::from(high) << 16) | u32::from(low)).into());
            match ip.segments() {
                // NAT64 (RFC 6052) and 6to4 (RFC 3056) carry an IPv4 address inside.
                [0x64, 0xff9b, 0, 0, 0, 0, high, low] | [0x2002, high, low, ..] => inner_is_public(high, low),
                // Tunnels (Teredo, too), benchmarks, documentation.
                [0x2001, 0..=0x1ff | 0xdb8, ..] | [0x3fff, 0..=0xfff, ..] => false,
                // The rest of global unicast, RFC 4291.
                [first, ..] => first >> 13 == 1,
            }
        }
    }
}
