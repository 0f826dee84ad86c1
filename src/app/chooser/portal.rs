//! `org.freedesktop.portal.FileChooser`, version 1 or newer.

use super::{ALL, Chosen, KINDS, Question, endings};
use futures_lite::{StreamExt, future};
use std::collections::HashMap;
use std::path::PathBuf;
use zbus::zvariant::{OwnedObjectPath, OwnedValue, Value};

const NAME: &str = "org.freedesktop.portal.Desktop";
const PATH: &str = "/org/freedesktop/portal/desktop";
const TOKEN: &str = "inkfield";

/// Code and results of a response.
type Response = (u32, HashMap<String, OwnedValue>);

pub async fn ask(question: &Question, taken: impl Fn()) -> zbus::Result<Chosen> {
    let Ok(connection) = zbus::Connection::session().await else {
        return Ok(Chosen::Failed("the session bus does not answer".to_owned()));
    };
    let chooser = zbus::Proxy::new(&connection, NAME, PATH, "org.freedesktop.portal.FileChooser").await?;
    // Listened to before the question, so that no answer falls between.
    let sender = connection.unique_name().map(|name| name.trim_start_matches(':').replace('.', "_"));
    let expected = format!("{PATH}/request/{}/{TOKEN}", sender.unwrap_or_default());
    let mut responses = responses(&connection, &expected).await?;
    let mut owners = chooser.receive_owner_changed().await?;
    let of = |name: &str, endings: &mut dyn Iterator<Item = &'static str>| {
        (name.to_owned(), endings.map(|ending| (0_u32, format!("*{ending}"))).collect::<Vec<_>>())
    };
    let mut options = HashMap::from([("handle_token", Value::from(TOKEN))]);
    let method = match question {
        Question::Open => {
            options.insert("multiple", Value::from(true));
            let filters = vec![of(KINDS, &mut endings()), of(ALL, &mut [""].into_iter())];
            options.insert("filters", Value::from(filters));
            "OpenFile"
        }
        Question::Save { name } => {
            options.insert("current_name", Value::from(name.as_str()));
            "SaveFile"
        }
    };
    let handle: OwnedObjectPath = chooser.call(method, &("", question.title(), options)).await?;
    taken();
    if handle.as_str() != expected {
        // Portals older than 0.9 choose the path themselves.
        responses = self::responses(&connection, handle.as_str()).await?;
    }
    let answered = async {
        match responses.next().await {
            Some(message) => message.body().deserialize::<Response>().map(|response| chosen(&response)),
            None => Ok(gone()),
        }
    };
    let left = async {
        while let Some(owner) = owners.next().await {
            if owner.is_none() {
                return Ok(gone());
            }
        }
        Ok(gone())
    };
    future::or(answered, left).await
}

async fn responses(connection: &zbus::Connection, path: &str) -> zbus::Result<zbus::proxy::SignalStream<'static>> {
    let request = zbus::Proxy::new(connection, NAME, path.to_owned(), "org.freedesktop.portal.Request").await?;
    request.receive_signal("Response").await
}

fn gone() -> Chosen {
    Chosen::Failed("the desktop portal has ended".to_owned())
}

/// What a response says.
fn chosen((code, results): &Response) -> Chosen {
    if *code > 1 {
        return Chosen::Failed("the desktop portal gave up".to_owned());
    }
    let uris = results.get("uris").and_then(|uris| Vec::<String>::try_from(uris.try_clone().ok()?).ok());
    let uris = uris.filter(|uris| *code == 0 && !uris.is_empty());
    let Some(uris) = uris else { return Chosen::Closed };
    let paths: Option<Vec<PathBuf>> = uris.iter().map(|uri| url::Url::parse(uri).ok()?.to_file_path().ok()).collect();
    paths.map_or_else(|| Chosen::Failed("what was chosen is not on this machine".to_owned()), Chosen::Files)
}

/// Why nobody was asked, in words.
pub fn reason(error: &zbus::Error) -> String {
    match error {
        zbus::Error::MethodError(name, said, _) => match (name.rsplit('.').next(), said) {
            (Some("ServiceUnknown" | "NameHasNoOwner"), _) => "no desktop portal is running".to_owned(),
            (Some("UnknownMethod" | "UnknownInterface" | "UnknownObject"), _) => {
                "the desktop portal has no dialog for files".to_owned()
            }
            (_, Some(said)) => crate::words::shown_text(said.trim_end_matches('.'), 120),
            (name, None) => name.unwrap_or_default().to_owned(),
        },
        other => crate::words::shown_text(&other.to_string(), 120),
    }
}

#[cfg(test)]
mod tests {
    use super::{Chosen, chosen};
    use std::collections::HashMap;
    use std::path::PathBuf;
    use zbus::zvariant::Value;

    #[test]
    fn a_response_is_files_or_says_why_there_are_none() {
        let of = |code: u32, uris: &[&str]| {
            let value = Value::from(uris.to_vec()).try_to_owned().map(|value| ("uris".to_owned(), value));
            chosen(&(code, value.into_iter().collect()))
        };
        assert_eq!(of(0, &["file:///a%20b/%C3%A9.npy"]), Chosen::Files(vec![PathBuf::from("/a b/é.npy")]));
        assert_eq!([of(0, &[]), of(1, &[]), of(1, &["file:///a"])], [Chosen::Closed, Chosen::Closed, Chosen::Closed]);
        assert!(matches!(of(2, &[]), Chosen::Failed(_)));
        assert!(matches!(of(0, &["file:///a.npy", "sftp://there/b.npy"]), Chosen::Failed(_)));
        assert_eq!(chosen(&(0, HashMap::new())), Chosen::Closed);
    }
}
