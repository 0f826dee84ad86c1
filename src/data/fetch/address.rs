//! Addresses: where a published file lies, and which redirects are followed.

use std::net::{IpAddr, Ipv4Addr};

use url::{Host, Url};

use super::content::Kind;
use super::error::{FetchError, quoted};

/// Reads the base address: https, or http on this machine; no password, query or fragment.
pub(super) fn parse_base(text: &str) -> Result<Url, FetchError> {
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
pub(super) fn file_url(base: &Url, category: &str, kind: Kind) -> Result<Url, FetchError> {
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
pub(super) enum Reach {
    /// The user named this host: any address will do.
    Named,
    /// A redirect named it: public addresses only.
    Public,
}

/// Decides on one redirect from `from` to `location`, in a download that began at `start`.
pub(super) fn follow(start: &Url, from: &Url, location: &str) -> Result<(Url, Reach), FetchError> {
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
pub(super) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => is_local_name(name),
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

fn is_local_name(name: &str) -> bool {
    name.trim_end_matches('.').eq_ignore_ascii_case("localhost")
}

/// Whether an address is one of the public internet.
pub(super) fn is_public(ip: IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(ip) => {
            let [a, b, ..] = ip.octets();
            let shared = a == 100 && (64..128).contains(&b); // RFC 6598
            let special = ip.is_unspecified() || ip.is_broadcast() || ip.is_multicast() || a == 0 || a >= 240;
            !(ip.is_loopback() || ip.is_private() || ip.is_link_local() || shared || special)
        }
        IpAddr::V6(ip) => {
            // NAT64 (RFC 6052) and 6to4 (RFC 3056) carry an IPv4 address inside.
            let s = ip.segments();
            let inner = match s {
                [0x64, 0xff9b, 0, 0, 0, 0, high, low] | [0x2002, high, low, ..] => Some((high, low)),
                _ => None,
            };
            let inner_ok = inner
                .is_none_or(|(high, low)| is_public(Ipv4Addr::from((u32::from(high) << 16) | u32::from(low)).into()));
            let local = ip.is_loopback() || ip.is_unique_local() || ip.is_unicast_link_local();
            inner_ok && !(local || ip.is_unspecified() || ip.is_multicast())
        }
    }
}
