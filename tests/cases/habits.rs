//! Arguments as other programs take them, and what is said of those that cannot be taken.

use super::folder::Folder;
use super::outside::{answer, complaint, error, inkfield};
use super::told::Told;
use clap::Parser;
use inkfield::cli::{Cli, Command};
use inkfield::scene::layout::LayoutKind;
use inkfield::scene::palette::{Colormap, Theme};

fn parsed(line: &str) -> Cli {
    Cli::try_parse_from(line.split('|')).unwrap_or_else(|error| panic!("{line}: {error}"))
}

#[test]
fn case_habits_sizes_shapes_and_choices_are_taken_as_people_write_them() {
    for size in ["1280X800", "1280×800", "1280*800", "1280,800", "(1280, 800)", "[1280,800]", " 1280 x 800 "] {
        assert_eq!(parsed(&format!("inkfield|demo:9|--size|{size}")).window.view.size, Some([1280, 800]), "{size}");
    }
    for shape in ["28x14", "28X14", "28*14", "28,14", "(28, 14)", "[28,14]"] {
        let options = parsed(&format!("inkfield|demo:9|--shape|{shape}")).window.open.options();
        assert_eq!(options.shape, Some((28, 14)), "{shape}");
    }
    for shape in ["28", "28x", "(28,14", "28x14x3", "0x14", "28x16385", "28,-14", "x", ""] {
        assert!(Cli::try_parse_from(["inkfield", "demo:9", "--shape", shape]).is_err(), "{shape}");
    }
    for (theme, expected) in [("dark", Theme::Night), ("Night", Theme::Night), ("LIGHT", Theme::Paper)] {
        let view = parsed(&format!("inkfield|demo:9|--theme|{theme}|--layout|Groups|--colormap|Viridis")).window.view;
        let settings = view.settings();
        assert_eq!(
            (settings.theme, settings.layout, settings.colormap),
            (expected, LayoutKind::GROUPS, Colormap::Viridis)
        );
    }
    let Some(Command::Render(args)) = parsed("inkfield|render|demo:9|-o|a.png").command else { panic!("no render") };
    assert_eq!(args.out, std::path::Path::new("a.png"));
}

#[test]
fn case_habits_help_is_given_to_those_who_ask_for_it_by_a_word() {
    let folder = Folder::new();
    let help = |line: &str| answer(inkfield().args(line.split(' ')).current_dir(folder.0.path()));
    assert_eq!(help("help"), help("--help"));
    assert_eq!(help("help render"), help("render --help"));
    assert_eq!(help("help nothing"), help("--help"));
    // What is called so is opened.
    folder.bitmaps("help", 3, 0);
    let text = error(inkfield().arg("help").current_dir(folder.0.path()), 1);
    assert!(text.contains("no display"), "{text}");
}

#[test]
fn case_habits_of_arguments_in_another_order_the_right_one_is_named() {
    let (folder, told) = (Folder::new(), Told::case("habits"));
    folder.bitmaps("images.npy", 3, 0);
    folder.bitmaps("two words.npy", 3, 0);
    folder.bitmaps("b/one.npy", 3, 0);
    folder.bitmaps("-octopus.npy", 3, 0);
    let refused = |line: &str| complaint(inkfield().args(line.split('|')).current_dir(folder.0.path()), 2);
    let cases: [(&str, &[&str]); 9] = [
        ("images.npy|info", &["`inkfield info images.npy`", "info"]),
        ("images.npy|two words.npy|table", &["`inkfield table images.npy 'two words.npy'`", "table"]),
        ("images.npy|render|--out|x.png", &["`inkfield render images.npy --out x.png`"]),
        ("--json|info|images.npy", &["`inkfield info images.npy`", "info"]),
        ("--theme|dark|render|images.npy|--out|x.png", &["`inkfield render --theme dark images.npy --out x.png`"]),
        ("-octopus.npy", &["`./-octopus.npy`", "-octopus.npy"]),
        ("info|images.npy|-octopus.npy", &["`./-octopus.npy`", "-octopus.npy"]),
        ("info|b/*.npy", &["b/*.npy"]),
        (
            "images.npy|--shape|28",
            &["invalid value '28' for '--shape <HxW>': ", "\n\nFor more information, try '--help'."],
        ),
    ];
    for (line, values) in cases {
        assert_eq!(told.error(&refused(line)), values, "{line}");
    }
    told.all();
    // What is advised works.
    for line in ["info|./-octopus.npy", "info|--json|images.npy", "info|--|-octopus.npy"] {
        answer(inkfield().args(line.split('|')).current_dir(folder.0.path()));
    }
    // Other mistakes read as before.
    let text = refused("images.npy|bogus");
    assert_eq!(text, "error: there is no such file or folder: bogus");
    assert!(refused("info|images.npy|--bogus").contains("unexpected argument '--bogus'"));
}
