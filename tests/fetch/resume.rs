//! Cut connections: the download goes on, or begins anew where bytes of two versions would mix.

use super::*;

#[test]
fn faults_29_a_cut_download_goes_on_where_it_stopped() {
    let (dir, body) = (TempDir::new().unwrap(), npy(200_000));
    let server =
        on_get(Site::new("v1").with(NPY, &body), |n, _, good| if n == 0 { good.cut_after(70_000) } else { good });
    let paths = fetch_from(&server, dir.path()).unwrap();
    assert_eq!(fs::read(&paths[0]).unwrap(), body);
    let gets = server.gets();
    assert_eq!(gets.len(), 2);
    assert_eq!(gets[1].headers["range"], "bytes=70000-");
    assert_eq!(gets[1].headers["if-range"], "\"v1\"");
}

#[test]
fn faults_29_a_download_that_failed_is_resumed_by_the_next_run() {
    let (dir, body) = (TempDir::new().unwrap(), npy(200_000));
    let site = Site::new("v1").with(NPY, &body);
    let cutting = on_get(site.clone(), |n, _, good| good.cut_after(if n == 0 { 50_000 } else { 0 }));
    let error = fetch_from(&cutting, dir.path()).unwrap_err();
    assert!(matches!(error, FetchError::Unfinished { got: 50_000, total: Some(200_000), .. }), "{error:?}");
    assert!(words(&error).contains("ended early"), "{}", words(&error));
    assert_eq!(names(dir.path()), ["octopus.npy.part", "octopus.npy.part.json"]);
    assert_eq!(cutting.gets().len(), 4, "a first attempt and three more");

    // The note names the address, so the next run must find the same one: the same port answers well now.
    let note = dir.path().join("octopus.npy.part.json");
    let server = Server::of(site);
    let moved = fs::read_to_string(&note).unwrap().replace(&cutting.url(), &server.url());
    fs::write(&note, moved).unwrap();
    let plan = fetch::plan(&options(&server, dir.path())).unwrap();
    assert_eq!(plan.files[0].present, Present::Part(50_000));
    fetch::run(&plan, &mut |_| {}, &Cancel::new()).unwrap();
    assert_eq!(server.gets()[0].headers["range"], "bytes=50000-");
    assert_eq!(fs::read(dir.path().join("octopus.npy")).unwrap(), body);
    assert_eq!(names(dir.path()), ["octopus.npy"]);
}

#[test]
fn faults_29_a_file_that_changed_on_the_server_begins_anew() {
    let (dir, old, new) = (TempDir::new().unwrap(), npy(100_000), npy(100_000).into_iter().rev().collect::<Vec<_>>());
    let new = [b"\x93NUMPY".as_slice(), &new[6..]].concat();
    let (before, after) = (Site::new("v1").with(NPY, &old), Site::new("v2").with(NPY, &new));
    // The file is exchanged between the first answer, which is cut, and the second attempt.
    let server =
        on_get(before, move |n, request, good| if n == 0 { good.cut_after(40_000) } else { after.reply(request) });
    let paths = fetch_from(&server, dir.path()).unwrap();
    assert_eq!(fs::read(&paths[0]).unwrap(), new, "no byte of the old version is left");
}

#[test]
fn a_server_that_ignores_ranges_begins_anew() {
    let (dir, body) = (TempDir::new().unwrap(), npy(200_000));
    let whole = body.clone();
    let server = on_get(Site::new("v1").with(NPY, &body), move |n, _, good| match n {
        0 => good.cut_after(70_000),
        _ => Reply::whole(&whole).header("ETag", "\"v1\""),
    });
    let paths = fetch_from(&server, dir.path()).unwrap();
    assert!(server.gets()[1].headers.contains_key("range"));
    assert_eq!(fs::read(&paths[0]).unwrap(), body);
}

#[test]
fn faults_29_a_wrong_or_refused_range_begins_anew() {
    let body = npy(90_000);
    let wrong = body[20_000..].to_vec();
    let refusals = [
        Reply::status(416).header("Content-Range", "bytes */90000"),
        Reply::whole(&wrong).header("ETag", "\"v1\"").header("Content-Range", "bytes 20000-89999/90000").partial(),
        Reply::whole(&wrong).header("ETag", "\"v1\"").partial(),
    ];
    for refusal in refusals {
        let dir = TempDir::new().unwrap();
        let shown = format!("{:?}", refusal.clone().cut_after(0));
        let server = on_get(Site::new("v1").with(NPY, &body), move |n, _, good| match n {
            0 => good.cut_after(30_000),
            1 => refusal.clone(),
            _ => good,
        });
        let paths = fetch_from(&server, dir.path()).unwrap();
        assert!(!server.gets()[2].headers.contains_key("range"), "{shown}");
        assert_eq!(fs::read(&paths[0]).unwrap(), body, "{shown}");
    }
}

#[test]
fn a_server_without_head_or_tags_still_serves() {
    let (dir, body) = (TempDir::new().unwrap(), npy(80_000));
    let whole = body.clone();
    let count = AtomicUsize::new(0);
    let server = Server::start(move |request| match request.method.as_str() {
        "HEAD" => Reply::status(405),
        _ if count.fetch_add(1, Ordering::SeqCst) == 0 => Reply::whole(&whole).cut_after(30_000),
        _ => Reply::whole(&whole),
    });
    let plan = fetch::plan(&options(&server, dir.path())).unwrap();
    assert_eq!(plan.files[0].bytes, None);
    let paths = fetch::run(&plan, &mut |_| {}, &Cancel::new()).unwrap();
    assert!(!server.gets()[1].headers.contains_key("range"), "without a tag nothing can be joined");
    assert_eq!(fs::read(&paths[0]).unwrap(), body);
}

#[test]
fn a_cancelled_download_keeps_what_came() {
    let (dir, body) = (TempDir::new().unwrap(), npy(2_000_000));
    let server = Server::of(Site::new("v1").with(NPY, &body));
    let plan: Plan = fetch::plan(&options(&server, dir.path())).unwrap();
    let cancel = Cancel::new();
    let stop = &mut |now: Progress| {
        if now.bytes_done > 0 {
            cancel.cancel();
        }
    };
    let error = fetch::run(&plan, stop, &cancel).unwrap_err();
    assert!(error.is_cancelled(), "{error:?}");
    let kept = fs::metadata(dir.path().join("octopus.npy.part")).unwrap().len();
    assert!(kept > 0 && kept < 2_000_000, "{kept}");
    fetch_from(&server, dir.path()).unwrap();
    assert_eq!(server.gets()[1].headers["range"], format!("bytes={kept}-"));
    assert_eq!(fs::read(dir.path().join("octopus.npy")).unwrap(), body);
}

#[test]
fn a_part_of_another_version_is_dropped_whole() {
    let (dir, body) = (TempDir::new().unwrap(), npy(30_000));
    let server = Server::of(Site::new("v2").with(NPY, &body));
    let url = format!("{}{NPY}", server.url());
    let notes = [
        format!(r#"{{"url":"{url}","etag":"\"v1\"","last_modified":null,"bytes":90000}}"#),
        format!(r#"{{"url":"{url}","etag":"\"v2\"","last_modified":null,"bytes":90000}}"#),
        r#"{"url":"https://elsewhere.example/x","etag":"\"v2\"","last_modified":null,"bytes":30000}"#.to_owned(),
        format!(r#"{{"url":"{url}","etag":null,"last_modified":null,"bytes":30000}}"#),
        "not json".to_owned(),
    ];
    for note in notes {
        for have in [20_000, 50_000] {
            fs::write(dir.path().join("octopus.npy.part"), vec![7; have]).unwrap();
            fs::write(dir.path().join("octopus.npy.part.json"), &note).unwrap();
            let paths = fetch_from(&server, dir.path()).unwrap();
            assert_eq!(fs::read(&paths[0]).unwrap(), body, "{note}");
            fs::remove_file(&paths[0]).unwrap();
        }
    }
    assert!(server.gets().iter().all(|get| !get.headers.contains_key("range")));
}
