//! Answers that are not the file: lengths, pages, redirects, silence, statuses.

use std::time::Instant;

use super::*;

#[test]
fn faults_29_a_length_that_is_not_kept_gives_no_file() {
    let dir = TempDir::new().unwrap();
    let body = npy(1000);
    // Less than announced, each time.
    let short = body.clone();
    let server = on_get(Site::new("v1").with(NPY, &body), move |_, _, _| {
        Reply::whole(&short).header("ETag", "\"v1\"").cut_after(900)
    });
    let error = fetch_from(&server, dir.path()).unwrap_err();
    assert!(error.to_string().contains("900 of 1000 bytes"), "{error}");
    assert!(!dir.path().join("octopus.npy").exists());

    // Less than listed, and the answer itself states no length: only the count can tell.
    let dir = TempDir::new().unwrap();
    let server = on_get(Site::new("v1").with(NPY, &body), |n, _, good| {
        good.without("Content-Length").cut_after(if n == 0 { 900 } else { 0 })
    });
    let error = fetch_from(&server, dir.path()).unwrap_err();
    assert!(error.to_string().contains("900 of 1000 bytes"), "{error}");
    assert!(!dir.path().join("octopus.npy").exists());

    // Another length than listed.
    let dir = TempDir::new().unwrap();
    let server = on_get(Site::new("v1").with(NPY, &body), |_, _, _| Reply::whole(&npy(900)));
    let error = fetch_from(&server, dir.path()).unwrap_err();
    assert!(matches!(error, FetchError::Changed { listed: 1000, now: 900, .. }), "{error:?}");
    assert!(names(dir.path()).is_empty());
}

#[test]
fn faults_29_a_page_with_status_200_is_no_data() {
    let html = b"<!DOCTYPE html><html><title>Sign in</title></html>";
    let xml = b"<?xml version='1.0'?><Error><Code>NoSuchKey</Code></Error>";
    let cases: [(&[u8], &str, &str); 5] = [
        (html, "text/html; charset=utf-8", "a web page (HTML)"),
        (html, "application/octet-stream", "a web page (HTML)"),
        (xml, "application/xml", "an XML document"),
        (xml, "binary/octet-stream", "an XML document"),
        (b"", "application/octet-stream", "an empty file"),
    ];
    for (body, content_type, what) in cases {
        let dir = TempDir::new().unwrap();
        let server = Server::start(move |_| Reply::whole(body).header("Content-Type", content_type));
        let error = fetch_from(&server, dir.path()).unwrap_err();
        assert!(matches!(error, FetchError::Content { .. }), "{error:?}");
        assert!(error.to_string().contains(what), "{error}");
        assert!(names(dir.path()).is_empty(), "{:?}", names(dir.path()));
    }
}

#[test]
fn faults_29_redirects_are_followed_within_limits() {
    let (dir, body) = (TempDir::new().unwrap(), npy(5000));
    let site = Site::new("v1").with("/moved/b.npy", &body);
    let server = Server::start(move |request| match request.path.as_str() {
        NPY => Reply::redirect("/moved/a.npy"),
        "/moved/a.npy" => Reply::redirect("b.npy"),
        _ => site.reply(request),
    });
    let paths = fetch_from(&server, dir.path()).unwrap();
    assert_eq!(fs::read(&paths[0]).unwrap(), body);

    let round = Server::start(|request| Reply::redirect(if request.path == NPY { "/a" } else { NPY }));
    let error = fetch_from(&round, dir.path()).unwrap_err();
    assert!(error.to_string().contains("in a circle"), "{error}");
    assert_eq!(round.requests().len(), 2);

    let endless = Server::start(|request| Reply::redirect(&format!("{}x", request.path)));
    let error = fetch_from(&endless, dir.path()).unwrap_err();
    assert!(matches!(error, FetchError::Redirect { .. }), "{error:?}");
    assert_eq!(endless.requests().len(), 6, "the request and five redirects");
}

#[test]
fn faults_29_redirects_out_of_bounds_are_refused() {
    let targets = [
        ("http://example.com/x.npy", "unencrypted"),
        ("file:///etc/passwd", "other than https"),
        ("ftp://example.com/x.npy", "other than https"),
        ("https://192.168.0.1/x.npy", "private network"),
        ("https://10.1.2.3/x.npy", "private network"),
        ("https://169.254.169.254/latest", "private network"),
        ("https://[fd00::1]/x.npy", "private network"),
        ("https://[::ffff:10.0.0.1]/x.npy", "private network"),
        ("https://167837953/x.npy", "private network"), // 10.1.1.1 as one number
        ("https://user:secret@example.com/x.npy", "password"),
    ];
    for (target, why) in targets {
        let dir = TempDir::new().unwrap();
        let server = Server::start(move |_| Reply::redirect(target));
        let error = fetch_from(&server, dir.path()).unwrap_err();
        assert!(matches!(error, FetchError::Redirect { .. }), "{target}: {error:?}");
        assert!(error.to_string().contains(why), "{target}: {error}");
        assert_eq!(server.requests().len(), 1);
    }
}

#[test]
fn faults_29_a_stalled_server_is_given_up_and_what_came_is_kept() {
    let (dir, body) = (TempDir::new().unwrap(), npy(100_000));
    let server = on_get(Site::new("v1").with(NPY, &body), |n, _, good| {
        if n == 0 { good.cut_after(60_000).stall() } else { Reply::silence() }
    });
    let options = FetchOptions { timeout: Duration::from_millis(700), ..options(&server, dir.path()) };
    let began = Instant::now();
    let error = fetch_with(&options).unwrap_err();
    assert!(matches!(error, FetchError::Unfinished { got: 60_000, .. }), "{error:?}");
    assert!(words(&error).contains("sent nothing for 0.7 s"), "{}", words(&error));
    assert_eq!(fs::read(dir.path().join("octopus.npy.part")).unwrap(), body[..60_000]);
    // The server itself would have held the line for 20 s.
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
    assert_eq!(server.gets().len(), 2, "once more after progress, then no longer");
}

#[test]
fn faults_29_refusals_by_status() {
    let dir = TempDir::new().unwrap();
    let error = fetch_from(&Server::of(Site::new("v1")), dir.path()).unwrap_err();
    assert!(matches!(error, FetchError::Missing { status: 404, .. }), "{error:?}");

    let denied = Server::start(|_| Reply::status(403));
    let error = fetch_from(&denied, dir.path()).unwrap_err();
    assert!(error.to_string().contains("403 (not permitted)"), "{error}");
    assert_eq!(denied.requests().len(), 1, "a refusal does not pass by asking again");

    let body = npy(3000);
    let busy = on_get(Site::new("v1").with(NPY, &body), |n, _, good| if n < 3 { Reply::status(503) } else { good });
    let paths = fetch_from(&busy, dir.path()).unwrap();
    assert_eq!(fs::read(&paths[0]).unwrap(), body);
}
