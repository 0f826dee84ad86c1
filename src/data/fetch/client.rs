//! HTTP requests with time limits and with redirects followed by our own rules.

use std::io;
use std::time::Duration;

use ureq::http::{HeaderMap, Response, Uri};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Body, config::Config};
use url::Url;

use super::address::{self, Reach};
use super::error::{FetchError, quoted};

/// Redirects that are followed for one request.
const MAX_REDIRECTS: usize = 5;

/// Makes requests on behalf of one base address.
#[derive(Debug)]
pub(super) struct Client {
    named: Agent,
    public: Agent,
    timeout: Duration,
}

/// The request's method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
    Head,
    Get,
}

impl Client {
    /// A client that waits at most `timeout` for each step: look-up, connection, answer, next bytes.
    pub(super) fn new(base: &Url, timeout: Duration) -> Self {
        let mut config = Config::builder()
            .user_agent(concat!("inkfield/", env!("CARGO_PKG_VERSION")))
            // Redirects and statuses are judged here, not there.
            .max_redirects(0)
            .http_status_as_error(false)
            .timeout_resolve(Some(timeout))
            .timeout_connect(Some(timeout))
            .timeout_send_request(Some(timeout))
            .timeout_recv_response(Some(timeout))
            .timeout_per_read(Some(timeout))
            .timeout_per_write(Some(timeout));
        if address::is_loopback(base) {
            // A proxy's loopback is another machine's.
            config = config.proxy(None);
        }
        let config = config.build();
        let public = Agent::with_parts(config.clone(), DefaultConnector::default(), PublicResolver::default());
        Self { named: config.new_agent(), public, timeout }
    }

    /// Sends the request and follows redirects; the answer's status is for the caller to judge.
    pub(super) fn request(
        &self,
        method: Method,
        start: &Url,
        headers: &[(&str, &str)],
    ) -> Result<Response<Body>, FetchError> {
        let mut seen: Vec<Url> = Vec::new();
        let mut at = (start.clone(), Reach::Named);
        loop {
            let (url, reach) = &at;
            let response = self.send(method, url, *reach, headers)?;
            if !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
                return Ok(response);
            }
            let refuse = |why, url: &Url| FetchError::Redirect { why, url: quoted(url.as_str()) };
            let location = header(response.headers(), "location").ok_or_else(|| refuse("names no place", url))?;
            let next = address::follow(start, url, location)?;
            seen.push(at.0);
            if seen.contains(&next.0) {
                return Err(refuse("leads round in a circle", &next.0));
            }
            if seen.len() > MAX_REDIRECTS {
                return Err(refuse("is the sixth in a row", &next.0));
            }
            at = next;
        }
    }

    fn send(
        &self,
        method: Method,
        url: &Url,
        reach: Reach,
        headers: &[(&str, &str)],
    ) -> Result<Response<Body>, FetchError> {
        let agent = match reach {
            Reach::Named => &self.named,
            Reach::Public => &self.public,
        };
        let mut request = match method {
            Method::Head => agent.head(url.as_str()),
            Method::Get => agent.get(url.as_str()),
        };
        // Lengths and ranges count the file's own bytes only when nothing is compressed on the way.
        request = request.header("Accept-Encoding", "identity");
        for &(name, value) in headers {
            request = request.header(name, value);
        }
        request.call().map_err(|error| self.explain(error, url))
    }

    /// The fault behind a failed read of a response's body.
    pub(super) fn explain_read(&self, error: io::Error, url: &Url) -> FetchError {
        self.explain(ureq::Error::from(error), url)
    }

    fn explain(&self, error: ureq::Error, url: &Url) -> FetchError {
        let connection = |what, passing| FetchError::Connection { what, passing, url: url.to_string() };
        match error {
            ureq::Error::Timeout(_) => {
                FetchError::Stalled { seconds: self.timeout.as_secs_f64(), url: url.to_string() }
            }
            ureq::Error::HostNotFound => connection("the host is not found; check the network".to_owned(), true),
            ureq::Error::Io(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
                connection("the connection ended early".to_owned(), true)
            }
            ureq::Error::Io(error) => connection(format!("the connection failed ({error})"), true),
            ureq::Error::Other(error) if error.is::<PrivateAddress>() => {
                FetchError::Redirect { why: "leads into a private network", url: quoted(url.as_str()) }
            }
            error => connection(format!("the server could not be understood ({error})"), false),
        }
    }
}

/// A header as text; none when it is missing or no text.
pub(super) fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

#[derive(Debug, thiserror::Error)]
#[error("a private address")]
struct PrivateAddress;

/// Looks names up, and refuses those that lead to an address inside some private network: a redirect must not turn the
/// user's machine into a way in.
#[derive(Debug, Default)]
pub(super) struct PublicResolver(DefaultResolver);

impl Resolver for PublicResolver {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.0.resolve(uri, config, timeout)?;
        // The user's own proxy may well stand in a private network.
        let is_proxy = config.proxy().is_some_and(|proxy| Some(proxy.host()) == uri.host());
        if !is_proxy && found.iter().any(|address| !address::is_public(address.ip())) {
            return Err(ureq::Error::Other(Box::new(PrivateAddress)));
        }
        Ok(found)
    }
}
