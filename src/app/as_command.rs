//! "Copy as command": the line that draws the present picture without a window.

use super::opened_as::OpenedAs;
use super::state::App;
use crate::data::runs::{Run, rows_of, runs_of};
use crate::likeness::code::embedding::Metric;
use crate::likeness::comparison::{ComparedBy, Comparison};
use crate::scene::camera::Viewport;
use crate::scene::layout::{Kept, SortedFrom};
use crate::scene::palette::{Colormap, Theme};
use crate::scene::rows::appearance::Appearance;
use crate::scene::rows::{ScalePalette, Spread};
use crate::scene::snapshot::Snapshot;
use crate::scene::{Contrast, Settings};
use std::path::PathBuf;

/// The picture that the command writes.
const OUT: &str = "picture.png";

/// The words of `inkfield render` that draw what a snapshot shows of what is open; `is_fitted` where the camera shows everything,
/// `select` is the condition that what is selected is true of.
pub(super) fn render_words(
    opened: &OpenedAs,
    snapshot: &Snapshot,
    viewport: &Viewport,
    is_fitted: bool,
    select: Option<String>,
) -> Vec<String> {
    let usual = Settings::default();
    let mut words: Vec<String> = ["inkfield", "render"].map(str::to_owned).to_vec();
    words.extend(opened.words());
    let mut option = |name: &str, value: Option<String>| {
        // A value that begins as an option does stands behind an equals sign.
        words.extend(value.into_iter().flat_map(|value| {
            if value.starts_with('-') { vec![format!("{name}={value}")] } else { vec![name.to_owned(), value] }
        }));
    };
    let unless = |is_usual: bool, value: String| (!is_usual).then_some(value);
    let params = &snapshot.layout_params;
    option("--size", Some(format!("{}x{}", viewport.width_px, viewport.height_px)));
    option("--scale", unless(viewport.scale == 1.0, viewport.scale.to_string()));
    option("--layout", unless(snapshot.layout == usual.layout, snapshot.layout.to_string()));
    option("--by", params.by.clone());
    option("--sort", params.sort.clone());
    let log = match (params.log.x, params.log.y) {
        (false, false) => None,
        (true, false) => Some("x"),
        (false, true) => Some("y"),
        (true, true) => Some("x,y"),
    };
    option("--log", log.map(str::to_owned));
    let from_root = |path: &PathBuf| std::path::absolute(path).unwrap_or_else(|_| path.clone());
    let path = |path: &Option<PathBuf>| path.as_ref().map(|path| from_root(path).to_string_lossy().into_owned());
    option("--positions", path(&params.positions));
    option("--only-place", path(&params.only_place));
    option("--aspect", params.aspect.given().map(|ratio| format!("{ratio}:1")));
    option("--columns", params.columns.map(|columns| columns.to_string()));
    option("--layout-seed", unless(params.seed == 0, params.seed.to_string()));
    let Comparison { by, embedding, metric } = params.comparison.in_force();
    option("--measure", unless(by == ComparedBy::default() || embedding.is_some(), by.to_string()));
    let embedding = embedding.map(|path| std::path::absolute(&path).unwrap_or(path));
    option("--embedding", embedding.map(|path| path.to_string_lossy().into_owned()));
    option("--metric", unless(metric == Metric::default(), metric.to_string()));
    option("--perplexity", params.perplexity.map(|perplexity| perplexity.to_string()));
    option("--sorted-within", params.sorted_within.clone());
    option("--sorted-from", unless(params.sorted_from == SortedFrom::default(), params.sorted_from.to_string()));
    option("--keep-cells", kept_words(&params.kept));
    let [x, y] = snapshot.center;
    option("--center", unless(is_fitted, format!("{x},{y}")));
    option("--zoom", unless(is_fitted || snapshot.zoom == 1.0, snapshot.zoom.to_string()));
    option("--point-size", snapshot.point_size.map(|side| side.to_string()));
    option("--opacity", unless(snapshot.opacity == usual.opacity, snapshot.opacity.to_string()));
    option("--contrast", unless(snapshot.contrast == Contrast::Far, "true".to_owned()));
    option("--theme", unless(snapshot.theme == Theme::Paper, snapshot.theme.to_string()));
    option("--colormap", unless(snapshot.colormap == Colormap::Ink, snapshot.colormap.to_string()));
    let Appearance { color_by, filter, fades, caption, palette, spread, range, clusters } = &snapshot.appearance;
    option("--color-by", color_by.clone());
    option("--palette", unless(*palette == ScalePalette::default(), palette.to_string()));
    option("--color-scale", unless(*spread == Spread::default(), spread.to_string()));
    option("--color-range", range.as_ref().filter(|_| color_by.is_some()).map(ToString::to_string));
    option("--caption", caption.clone());
    option("--select", select);
    option("--where", filter.as_ref().map(ToString::to_string));
    option("--out", Some(OUT.to_owned()));
    words.extend(clusters.map(|resolution| format!("--clusters={resolution}")));
    let is_filtered = filter.is_some();
    let flags = [
        ("--fade", *fades && is_filtered),
        ("--rearrange", params.only.is_some() && is_filtered),
        ("--ink", snapshot.strokes),
    ];
    for (flag, is_set) in flags {
        if is_set {
            words.push(flag.to_owned());
        }
    }
    words
}

/// The most comparisons, and bytes, that a condition for the command line is made of.
const MOST_COMPARISONS: usize = 900;
const MOST_BYTES: usize = 100_000;

/// The condition that is true of just the selected rows; `None` where there are none, and where it would be too long.
fn condition_of(snapshot: &Snapshot) -> Option<String> {
    let runs = runs_of(snapshot.selection.rows());
    let (long, short): (Vec<Run>, Vec<Run>) = runs.into_iter().partition(|[start, end]| end - start > 2);
    let between = long.iter().map(|[start, end]| format!("@row between {start} and {}", end - 1));
    let single: Vec<String> = rows_of(&short).map(|row| row.to_string()).collect();
    let single = (!single.is_empty()).then(|| format!("@row in ({})", single.join(",")));
    let condition = between.chain(single).collect::<Vec<_>>().join(" or ");
    let fits = !condition.is_empty() && long.len() * 2 < MOST_COMPARISONS && condition.len() < MOST_BYTES;
    fits.then_some(condition)
}

/// The rows that stay in their cells; `None` where there are none, and where they would be too long.
fn kept_words(kept: &Kept) -> Option<String> {
    Some(kept.to_string()).filter(|words| !words.is_empty() && words.len() < MOST_BYTES)
}

/// Words as one line for a POSIX shell.
pub(super) fn shell_line(words: &[String]) -> String {
    words.iter().map(|word| shell_word(word)).collect::<Vec<_>>().join(" ")
}

/// A word as a POSIX shell takes it: in single quotation marks unless every character is plain.
fn shell_word(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "_./:,=+@%-".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

impl App {
    /// Puts the command that draws the present picture on the clipboard.
    pub(super) fn copy_command(&mut self) {
        let (Some(now), Some(session)) = (self.now(), &self.session) else { return };
        let Some(opened) = &session.opened else {
            self.complain(
                "no command opens these drawings again: they came through a pipe, or a name among them is no text",
            );
            return;
        };
        let snapshot = session.as_asked(now);
        let bounds = session.scene.placed().layout.bounds;
        let is_fitted = snapshot.zoom == 1.0 && snapshot.center == bounds.middle().to_array();
        // A faded drawing that is selected is none that a condition selects.
        let is_shown = |row: u32| session.scene.lasting_style(row).is_picked();
        let can_be_said = !snapshot.appearance.fades || snapshot.selection.rows().all(is_shown);
        let select = condition_of(&snapshot).filter(|_| can_be_said);
        let kept = &snapshot.layout_params.kept;
        let lacks_kept = !kept.is_empty() && kept_words(kept).is_none();
        let is_whole = (select.is_some() || snapshot.selection.is_empty()) && !lacks_kept;
        let line = shell_line(&render_words(opened, &snapshot, &session.scene.viewport(), is_fitted, select));
        if let Some(shell) = &mut self.shell {
            shell.gui.copy(line);
        }
        self.tell(if is_whole {
            "copied the command that draws this picture".to_owned()
        } else {
            let what = if lacks_kept { "what stays in its cells" } else { "what is selected" };
            format!(
                "copied the command that draws this picture, without {what}: save the session (Ctrl+S) and draw it by \
                 --session"
            )
        });
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic, reason = "a failed test panics")]
    use super::*;
    use crate::cli::{Cli, Command};
    use crate::scene::Scene;
    use crate::scene::layout::{Aspect, LAYOUTS, LayoutParams, LogAxes, Ratio};
    use crate::scene::rows::filter::Filter;
    use crate::scene::selection::Selection;
    use clap::Parser;

    fn plain() -> Snapshot {
        Scene::new(100, 100, Settings::default(), viewport(), None).unwrap().snapshot()
    }

    fn viewport() -> Viewport {
        Viewport::new(613, 407, 1.5)
    }

    /// What the command line makes of the words, as a shell gives them to it.
    fn settings_of(snapshot: &Snapshot, is_fitted: bool) -> (Settings, Viewport) {
        let opened = OpenedAs::of(&["demo:100:1".into()], &crate::data::dataset::OpenOptions::default()).unwrap();
        let line = shell_line(&render_words(&opened, snapshot, &viewport(), is_fitted, None));
        let output = std::process::Command::new("sh").args(["-c", &format!("printf '%s\\0' {line}")]).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        let words: Vec<&str> = text.strip_suffix('\0').unwrap().split('\0').collect();
        match Cli::try_parse_from(&words).map(|cli| cli.command) {
            Ok(Some(Command::Render(args))) => (args.view.settings(), args.view.viewport()),
            other => panic!("{words:?}: {other:?}"),
        }
    }

    #[cfg(unix)]
    #[test]
    fn the_command_line_reads_back_what_was_chosen() {
        let appearance = Appearance {
            color_by: Some("a 'quoted' \"name\"\n$HOME `x`".to_owned()),
            filter: Some("-1 < row and word ~ \"^it's\" or x != '!'".parse().unwrap()),
            fades: true,
            caption: Some("--by".to_owned()),
            palette: ScalePalette::Cividis,
            spread: Spread::Quantile,
            range: Some("-1.5, 2017-03-01 10:00:00 UTC".parse().unwrap()),
            clusters: Some("2.5".parse().unwrap()),
        };
        let only = appearance.filter.as_ref().map(ToString::to_string);
        for kind in LAYOUTS {
            let snapshot = Snapshot {
                layout: *kind,
                layout_params: LayoutParams {
                    by: Some("\"a,b\",c".to_owned()),
                    columns: Some(7),
                    seed: u64::MAX,
                    sort: Some("-x:desc".to_owned()),
                    aspect: Aspect::Given(Ratio::new(326.0 / 76.0)),
                    log: LogAxes { x: true, y: true },
                    positions: Some("/places with blanks/ü.npy".into()),
                    perplexity: Some(12),
                    comparison: Comparison {
                        by: ComparedBy::File,
                        embedding: Some("/a model's/é.npy".into()),
                        metric: Metric::Euclid,
                    },
                    only: only.clone(),
                    sorted_within: Some("-a 'b".to_owned()),
                    sorted_from: SortedFrom::Map,
                    only_place: Some("/a map.csv".into()),
                    kept: vec![(9, 3), (7, u32::MAX)].try_into().unwrap(),
                    slice: None,
                },
                center: [-3.5e-7, 1.0 / 3.0],
                zoom: 0.1 * 173.0,
                point_size: Some(0.1 + 0.2),
                opacity: 0.7,
                contrast: Contrast::True,
                theme: Theme::Night,
                colormap: Colormap::Gray,
                appearance: appearance.clone(),
                ..plain()
            };
            let (read, size) = settings_of(&snapshot, false);
            assert_eq!(read, snapshot.settings());
            assert_eq!(size, viewport());
        }
        // What is usual is left out.
        let (read, _) = settings_of(&plain(), true);
        assert_eq!(read, Settings::default());
    }

    #[test]
    fn so_many_that_stay_in_their_cells_that_no_command_line_holds_them_are_left_out() {
        let kept = |count: u32| Kept::try_from((0..count).map(|row| (row, row)).collect::<Vec<_>>()).unwrap();
        assert_eq!(kept_words(&kept(0)), None);
        assert_eq!(kept_words(&kept(2)).as_deref(), Some("0:0,1:1"));
        assert!(kept_words(&kept(2000)).is_some());
        assert_eq!(kept_words(&kept(20_000)), None);
        for wrong in ["", "7", "7:", "7:1,", "-1:2", "1:2;3:4"] {
            assert!(wrong.parse::<Kept>().unwrap_err().contains("7:120,9:3"), "{wrong}");
        }
    }

    #[test]
    fn a_condition_says_which_rows_are_selected() {
        let of = |selection: &Selection| condition_of(&Snapshot { selection: selection.clone(), ..plain() });
        for step in [1, 2, 3, 7, 50] {
            let selection = Selection::where_true(2000, |row| row % 100 < step || row % 61 == 5);
            let condition = of(&selection).unwrap();
            let kept = condition.parse::<Filter>().unwrap().kept(None, 2000).unwrap().rows;
            assert_eq!(Selection::where_true(2000, |row| kept[row as usize]), selection, "{condition}");
        }
        assert_eq!(of(&Selection::default()), None);
        let scattered = Selection::where_true(100_000, |row| row % 7 < 4);
        assert_eq!(of(&scattered), None, "too long for a command line");
    }
}
