//! Brings the files of a plan: attempts, what each answer means for the bytes that are already here, and checks.

use std::fs;
use std::io::Read;
use std::path::PathBuf;

use ureq::Body;
use ureq::http::Response;
use url::Url;

use super::attempts::Attempts;
use super::client::{Client, Method, header};
use super::content::HEAD_BYTES;
use super::error::FetchError;
use super::part::{Part, Version};
use super::plan::{Plan, PlannedFile, Present, check_type, refusal};
use crate::data::Cancel;

const BLOCK_BYTES: usize = 64 * 1024;

/// How far one file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Index into [`Plan::files`].
    pub file: usize,
    /// Bytes of it that are here; smaller than before when the server makes us begin anew.
    pub bytes_done: u64,
    /// Its length in bytes; none when the server does not say.
    pub bytes_total: Option<u64>,
}

/// Downloads what `plan` lacks and returns every file's path, those that were already there included.
///
/// `progress` is called after each block. A download that stops keeps what has arrived; the same plan made again goes
/// on from there. The final name appears when the file is whole and on the disk.
pub fn run(plan: &Plan, progress: &mut dyn FnMut(Progress), cancel: &Cancel) -> Result<Vec<PathBuf>, FetchError> {
    let dir = &plan.options.dir;
    fs::create_dir_all(dir).map_err(FetchError::io("make the folder", dir))?;
    let mut paths = Vec::with_capacity(plan.files.len());
    for (index, file) in plan.files.iter().enumerate() {
        let mut tell = |bytes_done, bytes_total| {
            progress(Progress { file: index, bytes_done, bytes_total });
        };
        if file.present == Present::Whole {
            tell(file.bytes.unwrap_or(0), file.bytes);
        } else {
            download(plan, file, &mut tell, cancel)?;
        }
        paths.push(file.path.clone());
    }
    Ok(paths)
}

type Tell<'a> = dyn FnMut(u64, Option<u64>) + 'a;

fn download(plan: &Plan, file: &PlannedFile, tell: &mut Tell<'_>, cancel: &Cancel) -> Result<(), FetchError> {
    let mut part = Part::open(&file.path, &file.version)?;
    let mut attempts = Attempts::new(&plan.options, part.len());
    loop {
        let before = part.len();
        let Err(error) = attempt(&plan.client, file, &mut part, tell, cancel) else {
            part.finish()?;
            return Ok(());
        };
        let dead = matches!(error, FetchError::Stalled { .. }) && part.len() <= before;
        if dead || !attempts.may_go_on(&error, part.len(), cancel) {
            return Err(give_up(error, part));
        }
    }
}

/// Says what is kept of a download that stopped; bytes that no later run could go on from are removed.
fn give_up(error: FetchError, part: Part) -> FetchError {
    let outdated = matches!(error, FetchError::Changed { .. });
    if outdated || part.len() == 0 || part.version().validator().is_none() {
        part.discard();
        return error;
    }
    let (got, total, path) = (part.len(), part.version().bytes, part.path());
    FetchError::Unfinished { got, total, source: Box::new(error), path }
}

/// One request for what is missing.
fn attempt(
    client: &Client,
    file: &PlannedFile,
    part: &mut Part,
    tell: &mut Tell<'_>,
    cancel: &Cancel,
) -> Result<(), FetchError> {
    if cancel.is_cancelled() {
        return Err(FetchError::Cancelled);
    }
    let url = Url::parse(&file.url).map_err(|_| broken("the address is broken", file))?;
    let have = part.len();
    if have > 0 && Some(have) == part.version().bytes {
        return Ok(());
    }
    let validator = part.version().validator().map(str::to_owned);
    let response = match validator {
        Some(validator) if have > 0 => {
            let range = format!("bytes={have}-");
            client.request(Method::Get, &url, &[("Range", &range), ("If-Range", &validator)])?
        }
        _ => client.request(Method::Get, &url, &[])?,
    };
    let total = match response.status().as_u16() {
        200 => whole_length(&response, file)?,
        206 if have > 0 => match rest_length(&response, part) {
            Some(total) => Some(total),
            None => return start_over("the server sent another range than asked for", file, part),
        },
        416 if have > 0 => {
            return start_over("the server does not have the range asked for", file, part);
        }
        status => return Err(refusal(status, &url)),
    };
    check_type(response.headers(), &url, file.kind)?;
    if let (Some(listed), Some(now)) = (file.bytes, total)
        && listed != now
    {
        return Err(FetchError::Changed { listed, now, url: file.url.clone() });
    }
    if response.status().as_u16() == 200 {
        // Either the first answer, or one that ignores the range: the file begins anew.
        part.restart(Version::of(&file.url, response.headers(), total))?;
    }
    receive(client, response, file, part, tell, cancel)
}

/// The length of a whole file by its answer; none when it comes in chunks and nobody has said.
fn whole_length(response: &Response<Body>, file: &PlannedFile) -> Result<Option<u64>, FetchError> {
    let chunked = header(response.headers(), "transfer-encoding")
        .is_some_and(|text| text.to_ascii_lowercase().contains("chunked"));
    match response.body().content_length() {
        Some(length) if !chunked => Ok(Some(length)),
        _ if chunked || file.bytes.is_some() => Ok(file.bytes),
        _ => Err(FetchError::NoLength { url: file.url.clone() }),
    }
}

/// The length of the whole file by an answer that goes on where `part` ends; none when it does not.
fn rest_length(response: &Response<Body>, part: &Part) -> Option<u64> {
    let headers = response.headers();
    let (first, rest) = header(headers, "content-range")?.strip_prefix("bytes ")?.split_once('-')?;
    let (last, total) = rest.split_once('/')?;
    let (first, last, total): (u64, u64, u64) = (first.parse().ok()?, last.parse().ok()?, total.parse().ok()?);
    let noted = part.version();
    let continues = first == part.len() && last.checked_add(1) == Some(total) && first <= last;
    // A server that forgets If-Range may still tell by its tag that the file has changed.
    let same = Version::of(&noted.url, headers, Some(total));
    let changed = same.etag.is_some() && noted.etag.is_some() && same.etag != noted.etag;
    let length = response.body().content_length().is_none_or(|length| length == total - first);
    (continues && !changed && length && noted.bytes.is_none_or(|bytes| bytes == total)).then_some(total)
}

/// Drops what has arrived: the next attempt asks for the whole file.
fn start_over(what: &str, file: &PlannedFile, part: &mut Part) -> Result<(), FetchError> {
    part.restart(file.version.clone())?;
    Err(FetchError::Connection { what: what.to_owned(), passing: true, url: file.url.clone() })
}

/// Writes the body to the part, after a look at its first bytes.
fn receive(
    client: &Client,
    response: Response<Body>,
    file: &PlannedFile,
    part: &mut Part,
    tell: &mut Tell<'_>,
    cancel: &Cancel,
) -> Result<(), FetchError> {
    let url = Url::parse(&file.url).map_err(|_| broken("the address is broken", file))?;
    let total = part.version().bytes;
    let mut body = response.into_body().into_reader();
    let mut block = vec![0; BLOCK_BYTES];
    let mut filled = 0;
    tell(part.len(), total);
    loop {
        if cancel.is_cancelled() {
            return Err(FetchError::Cancelled);
        }
        let free = block.get_mut(filled..).unwrap_or_default();
        let read = body.read(free).map_err(|error| client.explain_read(error, &url))?;
        filled += read;
        let at_start = part.len() == 0;
        if at_start && filled < HEAD_BYTES && read > 0 {
            continue;
        }
        let bytes = block.get(..filled).unwrap_or_default();
        if at_start && let Some(what) = file.kind.refuse_bytes(bytes.get(..HEAD_BYTES).unwrap_or(bytes)) {
            return Err(FetchError::Content { what, wanted: file.kind, url: file.url.clone() });
        }
        if total.is_some_and(|total| part.len() + filled as u64 > total) {
            return start_over("the server sent more bytes than it announced", file, part);
        }
        part.append(bytes)?;
        filled = 0;
        tell(part.len(), total);
        if read == 0 {
            break;
        }
    }
    match total {
        Some(total) if part.len() != total => Err(broken("the connection ended early", file)),
        _ => Ok(()),
    }
}

fn broken(what: &str, file: &PlannedFile) -> FetchError {
    FetchError::Connection { what: what.to_owned(), passing: true, url: file.url.clone() }
}
