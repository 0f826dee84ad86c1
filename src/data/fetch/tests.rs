//! Names, addresses, first bytes and words; what needs a server is in `tests/fetch.rs`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::net::IpAddr;

use ureq::unversioned::resolver::Resolver as _;
use url::Url;

use super::address::{self, Reach};
use super::client::PublicResolver;
use super::content::Kind;
use super::{FetchError, FetchOptions, categories, nearest, plan};

#[test]
fn the_list_holds_the_345_published_names() {
    let names: Vec<&str> = categories().collect();
    assert_eq!(names.len(), 345);
    let folded: Vec<String> = names.iter().map(|name| name.to_lowercase()).collect();
    assert!(folded.is_sorted_by(|a, b| a < b), "sorted and distinct");
    // 2,791 bytes is the published list's length with one line end each.
    assert_eq!(names.iter().map(|name| name.len() + 1).sum::<usize>(), 2791);
    for name in ["octopus", "snowman", "The Eiffel Tower", "t-shirt", "teddy-bear", "alarm clock", "zigzag"] {
        assert!(names.contains(&name), "{name}");
    }
    // Every name is also a file name: nothing in it can lead out of a folder.
    let safe = |c: char| c.is_ascii_alphabetic() || c == ' ' || c == '-';
    assert!(names.iter().all(|name| name.chars().all(safe)));
}

#[test]
fn case_dashes_and_underscores_are_forgiven() {
    for (typed, meant) in [
        ("Octopus", "octopus"),
        ("alarm-clock", "alarm clock"),
        ("T_SHIRT", "t-shirt"),
        ("teddy  bear", "teddy-bear"),
        (" the mona lisa ", "The Mona Lisa"),
    ] {
        assert_eq!(super::categories::find(typed), Some(meant));
    }
    assert!(categories().all(|name| super::categories::find(name) == Some(name)));
    assert_eq!(super::categories::find("all"), None);
}

#[test]
fn a_typo_gets_the_nearest_names() {
    for (typed, meant) in [
        ("ocotpus", "octopus"),
        ("octopuss", "octopus"),
        ("sno man", "snowman"),
        ("tshirt", "t-shirt"),
        ("eiffel", "The Eiffel Tower"),
        ("eifel-tower", "The Eiffel Tower"),
        ("great wall", "The Great Wall of China"),
        ("giraff", "giraffe"),
    ] {
        assert_eq!(nearest(typed, 3).first(), Some(&meant), "{typed}: {:?}", nearest(typed, 3));
    }
    assert!(nearest("qqqqqqqq", 3).is_empty());
    let options = FetchOptions { categories: vec!["ocotpus".into()], ..FetchOptions::default() };
    let error = plan(&options).unwrap_err();
    assert!(error.is_wrong_input());
    assert_eq!(
        error.to_string(),
        "there is no category \"ocotpus\" (did you mean \"octopus\"?); `inkfield fetch --list` shows all 345"
    );
    assert!(matches!(plan(&FetchOptions::default()), Err(FetchError::NoCategory)));
}

#[test]
fn base_addresses() {
    for good in ["https://storage.googleapis.com/x", "http://127.0.0.1:8000", "http://localhost/x/", "http://[::1]:80"]
    {
        address::parse_base(good).unwrap();
    }
    for bad in [
        "",
        "octopus",
        "http://example.com",
        "ftp://x",
        "file:///tmp",
        "https://u:p@x.org",
        "https://x.org/?a",
        "https://x.org/#a",
        "http://127.0.0.1.example.com",
    ] {
        let error = address::parse_base(bad).unwrap_err();
        assert!(error.is_wrong_input(), "{bad}");
    }
}

#[test]
fn files_lie_where_they_are_published() {
    for base in ["https://h/full", "https://h/full/"] {
        let base = address::parse_base(base).unwrap();
        let url = |category, kind| address::file_url(&base, category, kind).unwrap().to_string();
        assert_eq!(url("hot air balloon", Kind::Bitmaps), "https://h/full/numpy_bitmap/hot%20air%20balloon.npy");
        assert_eq!(url("octopus", Kind::Raw), "https://h/full/raw/octopus.ndjson");
        assert_eq!(url("octopus", Kind::Simplified), "https://h/full/simplified/octopus.ndjson");
    }
}

#[test]
fn redirect_rules() {
    let url = |text| Url::parse(text).unwrap();
    let public = url("https://data.example.org/a");
    let follow = |from: &Url, to| address::follow(&public, from, to).map(|(url, reach)| (url.to_string(), reach));
    assert_eq!(follow(&public, "b").unwrap(), ("https://data.example.org/b".to_owned(), Reach::Named));
    assert_eq!(follow(&public, "https://cdn.example.net/b").unwrap().1, Reach::Public);
    for refused in [
        "http://data.example.org/a",
        "http://127.0.0.1/a",
        "https://localhost/a",
        "https://localhost./a",
        "https://[::1]/a",
        "https://0/a",
        "data:,x",
        "https://",
    ] {
        assert!(follow(&public, refused).is_err(), "{refused}");
    }
    let local = url("http://127.0.0.1:1/a");
    assert_eq!(address::follow(&local, &local, "http://localhost:2/b").unwrap().1, Reach::Named);
    let hop = url("https://cdn.example.net/b");
    assert!(address::follow(&local, &hop, "http://127.0.0.1:1/a").is_err(), "never from https to http");
}

#[test]
fn private_addresses_are_told_from_public_ones() {
    let public = |text: &str| address::is_public(text.parse::<IpAddr>().unwrap());
    for ip in
        ["8.8.8.8", "142.250.0.1", "100.63.0.1", "172.32.0.1", "2a00:1450::1", "64:ff9b::808:808", "2002:808:808::1"]
    {
        assert!(public(ip), "{ip}");
    }
    for ip in [
        "127.0.0.1",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.1.1",
        "100.64.0.1",
        "0.0.0.0",
        "0.1.2.3",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fd00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:a00:1::",
        "192.0.0.1",
        "198.18.0.1",
        "203.0.113.1",
        "240.0.0.1",
        "::127.0.0.1",
        "::ffff:0:127.0.0.1",
        "64:ff9b:1::7f00:1",
        "2001:0:a00:1::",
        "2001:db8::1",
        "3fff::1",
        "fec0::1",
    ] {
        assert!(!public(ip), "{ip}");
    }
}

#[test]
fn first_bytes() {
    assert_eq!(Kind::Bitmaps.refuse_bytes(b"\x93NUMPY\x01\x00"), None);
    assert_eq!(Kind::Raw.refuse_bytes(b"{\"word\":"), None);
    for (kind, head, what) in [
        (Kind::Bitmaps, b"{\"word\":".as_slice(), "begins with"),
        (Kind::Raw, b"\x93NUMPY", "begins with"),
        (Kind::Raw, b"\n <HTML>", "web page"),
        (Kind::Bitmaps, b"version https://git-lfs.github.com/spec/v1", "git-LFS"),
        (Kind::Simplified, b"\x1f\x8b\x08", "gzip"),
        (Kind::Simplified, b"[{\"word\"", "begins with"),
    ] {
        let found = kind.refuse_bytes(head).unwrap();
        assert!(found.contains(what), "{found}");
    }
}

#[test]
fn a_name_that_leads_into_a_private_network_is_not_resolved() {
    // Numbers need no name server.
    let resolve = |uri: &'static str| {
        let (config, wait) = (ureq::config::Config::default(), ureq::unversioned::transport::NextTimeout::default());
        PublicResolver::default().resolve(&uri.parse().unwrap(), &config, wait).is_ok()
    };
    assert!(resolve("https://8.8.8.8/x"));
    assert!(!resolve("https://127.0.0.1/x"));
    assert!(!resolve("https://10.0.0.1:8443/x"));
    assert!(!resolve("https://localhost/x"));
}

#[test]
fn a_full_disk_has_its_own_words_and_the_path_comes_last() {
    let path = std::path::Path::new("dir/octopus.npy.part");
    let full = FetchError::io("write", path)(std::io::ErrorKind::StorageFull.into());
    assert!(matches!(full, FetchError::DiskFull { .. }), "{full:?}");
    let denied = FetchError::io("write", path)(std::io::ErrorKind::PermissionDenied.into());
    for error in [full, denied] {
        assert!(error.to_string().ends_with(": dir/octopus.npy.part"), "{error}");
        assert!(!error.is_wrong_input(), "the environment is to blame");
    }
}
