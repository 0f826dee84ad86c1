//! All drawings of a record file as bitmaps, on all cores.

use super::raster::Rasterizer;
use crate::data::Cancel;
use crate::data::ndjson::{DrawingReader, Oddity, RecordError, RecordFile, Walked};
use crate::words::counted;
use rayon::prelude::*;

/// Bytes of bitmaps that are made at a time.
const AT_ONCE: usize = 8 << 20;
/// Records that one thread renders in one go.
const ROWS_AT_ONCE: usize = 16;
/// What a record's strokes are called, as it stands in its line.
const KEY: &[u8] = b"\"drawing\"";
/// Records that are named of those that could not be rendered.
const SHOWN: usize = 5;

/// What became of the records of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rendered {
    /// Rows: lines up to the last that is not blank.
    pub rows: u32,
    /// Rows whose record has no strokes, or that have none: left blank.
    pub without: u32,
    /// Rows whose record, or its strokes, cannot be read: left blank.
    pub broken: u32,
    /// The first of those.
    pub first_broken: Vec<Oddity>,
}

impl Rendered {
    /// What is to be said of drawings that are blank.
    pub fn notes(&self) -> impl Iterator<Item = String> {
        let of = |rows: u32, what: &str| {
            let records = counted(rows.into(), "record", "records");
            (rows > 0).then(|| format!("{records} of {} {what}: left blank", self.rows))
        };
        let shown: Vec<String> =
            self.first_broken.iter().map(|odd| format!("line {} {}", odd.line, odd.what)).collect();
        let broken = of(self.broken, "could not be rendered").map(|text| format!("{text} ({})", shown.join("; ")));
        [of(self.without, "without strokes"), broken].into_iter().flatten()
    }
}

/// Hears bitmaps, one after the other, and how many bytes of records have been read.
pub type OnBitmaps<'a, E> = &'a mut dyn FnMut(&[u8], u64) -> Result<(), E>;

/// Renders the strokes of every record to `side` × `side` bytes, 0 paper, 255 ink, and hands them on in the file's order with how many
/// bytes of the file have been read. A row without strokes is blank. Holds some 16 MiB, or one line where that is more.
///
/// Fails where the file cannot be read, changes meanwhile or is given up, and where `on` does.
pub fn render_records<E: From<RecordError>>(
    records: &RecordFile,
    side: u32,
    cancel: &Cancel,
    on: OnBitmaps<'_, E>,
) -> Result<Rendered, E> {
    let bytes = side as usize * side as usize;
    let mut bitmaps = Vec::new();
    let mut rendered = Rendered::default();
    records.walk(cancel, &mut |lines, done| {
        for lines in lines.chunks((AT_ONCE / bytes).max(1)) {
            bitmaps.resize(lines.len() * bytes, 0);
            let rows = bitmaps.par_chunks_exact_mut(bytes).zip(lines).with_min_len(ROWS_AT_ONCE);
            let made: Vec<Became> =
                rows.map_init(|| Renderer::new(side), |renderer, (out, line)| renderer.row(line, out)).collect();
            for (line, became) in lines.iter().zip(made) {
                match became {
                    Became::Drawn => {}
                    Became::Nothing => rendered.without += 1,
                    Became::Broken(what) => {
                        rendered.broken += 1;
                        if rendered.first_broken.len() < SHOWN {
                            rendered.first_broken.push(Oddity { line: line.number, what });
                        }
                    }
                }
            }
            rendered.rows += lines.len() as u32;
            on(&bitmaps, done)?;
        }
        Ok::<(), E>(())
    })?;
    Ok(rendered)
}

/// Whether a record of a file holds strokes, be they such as cannot be read: rendering says what is wrong with those. All of the file is
/// looked at where none does.
///
/// Fails where the file cannot be read, and where no record holds any and a line is too long to be looked into.
pub fn hold_strokes(records: &RecordFile) -> Result<bool, RecordError> {
    /// What ends the walk at the first that does.
    enum End {
        Found,
        Failed(RecordError),
    }
    impl From<RecordError> for End {
        fn from(error: RecordError) -> Self {
            Self::Failed(error)
        }
    }
    let (mut reader, mut is_long) = (DrawingReader::default(), false);
    let walked = records.walk(&Cancel::new(), &mut |lines, _| {
        let mut holds = |text: &[u8]| match reader.read(text) {
            Ok(strokes) => strokes.is_some(),
            Err(_) => memchr::memmem::find(text, KEY).is_some(),
        };
        is_long |= lines.iter().any(|line| line.text.is_none());
        let is_found = lines.iter().filter_map(|line| line.text).any(&mut holds);
        if is_found { Err(End::Found) } else { Ok(()) }
    });
    match walked {
        Ok(()) if is_long => Err(RecordError::NotRecords {
            path: records.path().to_path_buf(),
            what: "text with a line longer than 16 MiB, which is not looked into, and without strokes in any other",
            advice: "write each record on a line of its own".into(),
        }),
        Ok(()) => Ok(false),
        Err(End::Found) => Ok(true),
        Err(End::Failed(error)) => Err(error),
    }
}

/// What became of a row.
enum Became {
    Drawn,
    Nothing,
    /// A clause behind "line 7".
    Broken(String),
}

/// Reads and renders records, one after the other.
pub(in crate::data) struct Renderer {
    reader: DrawingReader,
    rasterizer: Rasterizer,
}

impl Renderer {
    pub(in crate::data) fn new(side: u32) -> Self {
        Self { reader: DrawingReader::default(), rasterizer: Rasterizer::new(side) }
    }

    /// Renders the strokes of a record; whether it has some, and what is wrong with them.
    pub(in crate::data) fn record(&mut self, line: &[u8], out: &mut [u8]) -> Result<bool, String> {
        let Some(drawing) = self.reader.read(line)? else { return Ok(false) };
        self.rasterizer.render(drawing, out).map_err(|fault| fault.to_string())?;
        Ok(true)
    }

    fn row(&mut self, line: &Walked<'_>, out: &mut [u8]) -> Became {
        let rendered = match line.text {
            Some([]) => Ok(false),
            Some(text) => self.record(text, out),
            None => Err("is longer than 16 MiB".to_owned()),
        };
        if !matches!(rendered, Ok(true)) {
            out.fill(0);
        }
        match rendered {
            Ok(true) => Became::Drawn,
            Ok(false) => Became::Nothing,
            Err(what) => Became::Broken(what),
        }
    }
}
