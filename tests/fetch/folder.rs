//! What ends up in the folder, under which names, and what is never touched.

use super::*;

#[test]
fn whole_files_get_their_names_and_sizes_come_first() {
    let (dir, bitmaps, records) = (TempDir::new().unwrap(), npy(200_000), ndjson());
    let site = Site::new("v1").with(NPY, &bitmaps).with("/simplified/octopus.ndjson", &records);
    let server = Server::of(site);
    let into = dir.path().join("new/folder");
    let options = FetchOptions { records: Records::Simplified, ..options(&server, &into) };
    let plan = fetch::plan(&options).unwrap();
    let sizes: Vec<_> = plan.files.iter().map(|file| (file.bytes, file.present)).collect();
    assert_eq!(sizes, [(Some(200_000), Present::No), (Some(720 + 40), Present::No)]);
    assert!(server.gets().is_empty(), "a plan only asks for sizes");
    assert!(!into.exists(), "a plan writes nothing");

    let mut last: Vec<Option<Progress>> = vec![None; 2];
    let paths = fetch::run(&plan, &mut |now| last[now.file] = Some(now), &Cancel::new()).unwrap();
    assert_eq!(paths, [into.join("octopus.npy"), into.join("octopus.simplified.ndjson")]);
    assert_eq!(fs::read(&paths[0]).unwrap(), bitmaps);
    assert_eq!(fs::read(&paths[1]).unwrap(), records);
    assert_eq!(names(&into), ["octopus.npy", "octopus.simplified.ndjson"], "no part is left");
    for (file, total) in [(0, 200_000), (1, 760)] {
        assert_eq!(last[file], Some(Progress { file, bytes_done: total, bytes_total: Some(total) }));
    }
}

#[test]
fn the_listing_names_sizes_folder_and_licence() {
    let dir = TempDir::new().unwrap();
    let server = Server::of(Site::new("v1").with(NPY, &npy(1_234_567)).with("/raw/octopus.ndjson", &ndjson()));
    let options = FetchOptions { records: Records::Raw, ..options(&server, dir.path()) };
    let text = fetch::plan(&options).unwrap().to_string();
    for part in
        ["octopus.npy", "1.2 MB", "octopus.raw.ndjson", "760 bytes", "The Quick, Draw! Dataset, Google, CC BY 4.0"]
    {
        assert!(text.contains(part), "{part} is missing in:\n{text}");
    }
    assert!(text.contains(&dir.path().display().to_string()), "{text}");
}

#[test]
fn faults_29_what_is_there_is_kept_and_never_overwritten() {
    let (dir, body) = (TempDir::new().unwrap(), npy(4000));
    let server = Server::of(Site::new("v1").with(NPY, &body));
    let path = dir.path().join("octopus.npy");
    fs::write(&path, &body).unwrap();
    let plan = fetch::plan(&options(&server, dir.path())).unwrap();
    assert_eq!(plan.files[0].present, Present::Whole);
    assert!(plan.to_string().contains("already here, kept"), "{plan}");
    let paths = fetch::run(&plan, &mut |_| {}, &Cancel::new()).unwrap();
    assert_eq!(paths[0], path);
    assert!(server.gets().is_empty());

    fs::write(&path, b"mine").unwrap();
    let error = fetch_from(&server, dir.path()).unwrap_err();
    assert!(matches!(error, FetchError::Exists { have: 4, published: 4000, .. }), "{error:?}");
    assert!(error.is_wrong_input());
    assert!(error.to_string().ends_with(&path.display().to_string()), "{error}");
    assert_eq!(fs::read(&path).unwrap(), b"mine");
}

#[test]
fn a_file_that_appears_meanwhile_is_not_overwritten() {
    let dir = TempDir::new().unwrap();
    let server = Server::of(Site::new("v1").with(NPY, &npy(4000)));
    let path = dir.path().join("octopus.npy");
    let plan = fetch::plan(&options(&server, dir.path())).unwrap();
    fs::write(&path, b"mine").unwrap();
    let error = fetch::run(&plan, &mut |_| {}, &Cancel::new()).unwrap_err();
    assert!(matches!(error, FetchError::Exists { have: 4, published: 4000, .. }), "{error:?}");
    assert_eq!(fs::read(&path).unwrap(), b"mine");

    // What was downloaded is not lost: once the other file is away, nothing is asked for again.
    fs::remove_file(&path).unwrap();
    fetch_from(&server, dir.path()).unwrap();
    assert_eq!(fs::read(&path).unwrap(), npy(4000));
    assert_eq!(server.gets().len(), 1);
}

#[test]
fn a_category_of_two_words() {
    let (dir, body) = (TempDir::new().unwrap(), npy(500));
    let server = Server::of(Site::new("v1").with("/numpy_bitmap/alarm%20clock.npy", &body));
    let typed = ["Alarm-Clock", "alarm_clock", "alarm clock"].map(str::to_owned).to_vec();
    let plan = fetch::plan(&FetchOptions { categories: typed, ..options(&server, dir.path()) }).unwrap();
    let paths = fetch::run(&plan, &mut |_| {}, &Cancel::new()).unwrap();
    assert_eq!(paths, [dir.path().join("alarm clock.npy")], "named three times, fetched once");
    assert_eq!(fs::read(&paths[0]).unwrap(), body);
    if cfg!(unix) {
        assert_eq!(plan.open_command(), format!("inkfield '{}'", paths[0].display()));
    }
}

#[test]
fn faults_29_hostile_names_reach_neither_server_nor_disk() {
    let dir = TempDir::new().unwrap();
    let server = Server::start(|_| Reply::whole(&npy(100)));
    let inside = dir.path().join("inside");
    let long = "x".repeat(1_000_000);
    let hostile = [
        "../octopus",
        "/etc/passwd",
        "..",
        "",
        " ",
        "octopus\0",
        "%2e%2e",
        "%2e%2e%2foctopus",
        "octopus/../../x",
        "C:\\x",
        "octopus.npy",
        "octo\npus",
        "\u{202e}supotco",
        "octopus?x=1",
        "octopus#",
        "-",
        long.as_str(),
    ];
    for name in hostile {
        let options = FetchOptions { categories: vec![name.to_owned()], ..options(&server, &inside) };
        let error = fetch_with(&options).unwrap_err();
        assert!(matches!(error, FetchError::UnknownCategory { .. }), "{error:?}");
        let text = error.to_string();
        assert!(text.contains("inkfield fetch --list") && text.len() < 400, "{text}");
        assert!(!text.contains(['\0', '\n', '\u{202e}']), "{text:?}");
    }
    assert!(server.requests().is_empty());
    assert!(names(dir.path()).is_empty());
}

#[cfg(unix)]
#[test]
fn faults_29_links_in_the_folder_lead_nowhere() {
    let (dir, outside) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let server = Server::of(Site::new("v1").with(NPY, &npy(500)));
    for name in ["octopus.npy.part", "octopus.npy.part.json", "octopus.npy"] {
        let link = dir.path().join(name);
        std::os::unix::fs::symlink(outside.path().join("target"), &link).unwrap();
        let error = fetch_from(&server, dir.path()).unwrap_err();
        assert!(matches!(error, FetchError::NotAFile { what: "a link", .. }), "{error:?}");
        fs::remove_file(link).unwrap();
    }
    assert!(names(outside.path()).is_empty());
}

#[test]
fn two_downloads_of_one_file_do_not_mix() {
    let dir = TempDir::new().unwrap();
    let server = Server::of(Site::new("v1").with(NPY, &npy(500)));
    let part = fs::File::create(dir.path().join("octopus.npy.part")).unwrap();
    part.lock().unwrap();
    let error = fetch_from(&server, dir.path()).unwrap_err();
    assert!(matches!(error, FetchError::Busy { .. }), "{error:?}");
    drop(part);
    fetch_from(&server, dir.path()).unwrap();
}

#[test]
fn a_folder_that_cannot_be_made_is_named() {
    let dir = TempDir::new().unwrap();
    let server = Server::of(Site::new("v1").with(NPY, &npy(500)));
    let file = dir.path().join("file");
    fs::write(&file, b"").unwrap();
    let error = fetch_from(&server, &file).unwrap_err();
    assert!(matches!(error, FetchError::Io { .. }), "{error:?}");
    assert!(error.to_string().contains(&file.display().to_string()), "{error}");
}
