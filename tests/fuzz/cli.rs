//! The command line up to where files are opened: what is accepted lies in the ranges that the help names.

use clap::Parser;
use inkfield::cli::{Cli, Command, ViewArgs};
use inkfield::data::dataset::OpenOptions;
use inkfield::data::demo::Demo;
use std::ffi::OsString;

/// Commands, options and values, for the mutations.
pub const TOKENS: &[&[u8]] = &[
    b"\0",
    b"demo\0",
    b"fetch\0",
    b"info\0",
    b"rasterize\0--out\0a.npy\0",
    b"check\0--sample\0",
    b"--raster\0",
    b"table\0",
    b"render\0--out\0a.png\0",
    b"locate\0--row\0",
    b"pick\0--at\0",
    b"doctor\0",
    b"bench\0",
    b"--rows\0",
    b"--shape\0",
    b"--cell\0",
    b"--sprite\0",
    b"--size\0",
    b"--scale\0",
    b"--layout\0",
    b"--by\0",
    b"--sort\0",
    b"--sorted-within\0",
    b"--sorted-from\0map\0",
    b"--log\0",
    b"--positions\0",
    b"--only-place\0",
    b"--keep-cells\0",
    b"3:7,1:0",
    b"--aspect\0",
    b"--color-by\0row\0--color-range\0",
    b"--palette\0",
    b"--color-scale\0",
    b"quantile",
    b"16:10",
    b"fit",
    b"x,y",
    b"--columns\0",
    b"--layout-seed\0",
    b"--center\0",
    b"--zoom\0",
    b"--where\0",
    b"row < 3\0",
    b"--rearrange\0",
    b"--point-size\0",
    b"--opacity\0",
    b"--radius\0",
    b"--count\0",
    b"--scenario\0",
    b"--sizes\0",
    b"--json\0",
    b"--strict\0",
    b"--session\0",
    b"--help",
    b"--",
    b"=",
    b"-5:",
    b"0:30",
    b"9223372036854775808",
    b"-9223372036854775808:",
    b"NaN",
    b"inf",
    b"-1e308,1e308",
    b"1e-400",
    b"28x28",
    "1×1".as_bytes(),
    b"demo:150152:1",
    b"similar",
    b"--image",
    b"demo:60000001",
    b"index",
    b"groups",
    b"night",
    b"viridis",
    b"\xff",
];

/// One input: arguments with zero bytes between.
pub fn run(bytes: &[u8]) {
    let words = std::iter::once("inkfield".into()).chain(bytes.split(|&byte| byte == 0).take(32).map(word));
    let parsed = match Cli::try_parse_from(words) {
        Ok(parsed) => parsed,
        Err(error) => {
            assert!([0, 2].contains(&error.exit_code()));
            assert!(!error.render().to_string().is_empty());
            return;
        }
    };
    match parsed.command {
        None => {
            check_view(&parsed.window.view);
            check_files(&parsed.window.open.files);
            check_open(&parsed.window.open.options());
            let options = parsed.window.options();
            check_open(&options.open);
            assert!(options.scale.is_none_or(|scale| (0.25..=16.0).contains(&scale)));
        }
        Some(Command::Demo(args)) => {
            check_view(&args.view);
            let demo = Demo::parse(&format!("demo:{}:{}", args.count, args.seed)).expect("a demo").expect("in range");
            assert_eq!((demo.rows(), demo.seed()), (args.count, args.seed));
        }
        Some(Command::Render(args)) => {
            check_view(&args.view);
            check_open(&args.open.options());
            check_files(&args.open.files);
        }
        Some(Command::Export(args)) => {
            check_view(&args.view);
            check_open(&args.open.options());
            check_files(&args.open.files);
        }
        Some(Command::Locate(args)) => {
            check_view(&args.view);
            assert!(!args.row.is_empty());
        }
        Some(Command::Convert(args)) => check_inputs(&args.open.options(), &args.open.files),
        Some(Command::Rasterize(args)) => assert!((28..=256).contains(&args.raster)),
        Some(Command::Check(args)) => {
            assert!(args.sample != Some(0));
            check_inputs(&args.open.options(), &args.open.files);
        }
        Some(Command::Clusters(args)) => check_inputs(&args.open.options(), &args.open.files),
        Some(Command::Audit(args)) => check_inputs(&args.open.options(), &args.open.files),
        Some(Command::Differ(args)) => check_inputs(&args.open.options(), &args.open.files),
        Some(Command::Arrange(args)) => {
            check_view(&args.view);
            check_inputs(&args.open.options(), &args.open.files);
        }
        Some(Command::Pick(args)) => {
            check_view(&args.view);
            assert!(!args.at.is_empty() && (0.0..=500.0).contains(&args.radius));
        }
        Some(Command::Similar(args)) => {
            check_open(&args.open.options());
            check_files(&args.open.files);
        }
        Some(Command::Info(args)) => check_open(&args.open.options()),
        Some(Command::Table(args)) => check_open(&args.open.options()),
        Some(Command::Fetch(args)) => assert!(args.list || !args.categories.is_empty()),
        Some(Command::Doctor(_) | Command::Bench(_) | Command::Cache(_)) => {}
    }
}

#[cfg(unix)]
fn word(bytes: &[u8]) -> OsString {
    std::os::unix::ffi::OsStringExt::from_vec(bytes.to_vec())
}

#[cfg(not(unix))]
fn word(bytes: &[u8]) -> OsString {
    String::from_utf8_lossy(bytes).into_owned().into()
}

fn check_view(view: &ViewArgs) {
    let settings = view.settings();
    assert!((0.5..=1e9).contains(&settings.zoom) && (0.0..=1.0).contains(&settings.opacity));
    assert!(settings.center.is_none_or(|center| center.x.is_finite() && center.y.is_finite()));
    assert!(settings.point_size.is_none_or(|side| (0.0..=10_000.0).contains(&side)));
    assert!(settings.layout_params.columns.is_none_or(|columns| columns > 0));
    assert!(view.size.is_none_or(|size| size.iter().all(|side| (1..=16_384).contains(side))));
    assert!(view.scale.is_none_or(|scale| (0.25..=16.0).contains(&scale)));
    let _ = view.viewport();
}

fn check_inputs(options: &OpenOptions, files: &[OsString]) {
    check_open(options);
    check_files(files);
}

fn check_open(options: &OpenOptions) {
    assert!(options.shape.is_none_or(|(height, width)| (1..=16_384).contains(&height.min(width))));
    assert!(options.cell.is_none_or(|side| (28..=256).contains(&side)));
    let Some(slice) = options.rows else { return };
    for rows in [0, 1, 30, u32::MAX - 1, u32::MAX] {
        let range = slice.of(rows);
        assert!(range.start <= range.end && range.end <= rows, "{slice} of {rows}");
        let again: inkfield::data::dataset::RowSlice = slice.to_string().parse().expect("as it was written");
        assert_eq!(again, slice);
    }
}

fn check_files(files: &[OsString]) {
    for file in files {
        if let Some(Err(error)) = Demo::parse(&file.to_string_lossy()) {
            super::check_message(&error.to_string());
        }
    }
}

/// The examples of the help, and each option once.
pub fn seeds() -> Vec<Vec<u8>> {
    [
        "",
        "octopus.npy octopus.ndjson --rows -5: --strict --layout groups --by word",
        "demo --layout index --count 1000 --seed 7 --json --theme night",
        "demo:100:3 --size 640x480 --scale 1.5 --center -3.5,2 --zoom 8 --point-size 4 --opacity 0.5 --motion reduced",
        "fetch octopus alarm_clock --dir drawings --records raw --base-url http://127.0.0.1:8000",
        "fetch --list",
        "info octopus.npy --json --no-records --shape 28x28",
        "table octopus.npy --columns countrycode,word --rows 0:30 --csv",
        "render octopus.npy --inspect -7 --out seven.png --timings --colormap viridis --contrast true",
        "locate octopus.npy --row 7 --row -1 --json --columns 12",
        "pick octopus.npy --at 640,400 --at - --radius 3.5 --layout-seed 5",
        "locate octopus.npy --row 7 --sort word:desc --layout timeline --by timestamp",
        "render a.npy --out a.png --layout file --positions umap.npy --aspect 350:100",
        "pick a.npy --at 1,2 --layout xy --by a,b --log x,y --aspect fit",
        "doctor --json",
        "bench demo:1000 --scenario moving,settle --frames 10 --baseline",
        "bench --plot a.svg --sizes 1000,2000",
        "bench --trace a.svg --seconds 3 demo",
        "render --session a.json --out a.png --theme paper",
        "a.npy --session a.json",
        "render --help",
        "--version",
        "fetsh",
        "--state-log a.jsonl -- -x.npy",
    ]
    .into_iter()
    .map(|line| line.replace(' ', "\0").into())
    .collect()
}
