//! `--color-by`, `--where`, `--fade`, `--select`: every command with a picture knows them.

use super::{answer, complaint, documents, inkfield, read_png, write_npy};
use assert_cmd::Command;
use tempfile::TempDir;

/// The program with arguments, in a folder.
fn run_in(folder: &TempDir, args: &[&str]) -> Command {
    let mut run = inkfield();
    run.current_dir(folder.path()).args(args);
    run
}

/// Four drawings without white: cat, dog, cat, dog.
fn cats_and_dogs() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    write_npy(&folder.path().join("pets.npy"), "(4, 8, 8)", &[200; 256]);
    let lines = ["cat", "dog", "cat", "dog"].map(|word| format!("{{\"word\": \"{word}\"}}\n"));
    std::fs::write(folder.path().join("pets.ndjson"), lines.concat()).unwrap();
    folder
}

#[test]
fn a_filter_hides_or_fades_in_locate_and_pick() {
    let folder = cats_and_dogs();
    let run = |args: &[&str]| run_in(&folder, args);
    let locate = |more: &[&str]| {
        let args = [&["locate", "pets.npy", "--row", "0", "--row", "1", "--json"], more].concat();
        documents(&mut run(&args))
            .into_iter()
            .map(|place| (place["hidden"].clone(), place["faded"].clone()))
            .collect::<Vec<_>>()
    };
    let yes = |hidden: bool, faded: bool| (hidden.into(), faded.into());
    assert_eq!(locate(&[]), [yes(false, false), yes(false, false)]);
    assert_eq!(locate(&["--where", "word = cat"]), [yes(false, false), yes(true, false)]);
    assert_eq!(locate(&["--where", "word = cat", "--fade"]), [yes(false, false), yes(false, true)]);
    let text = answer(&mut run(&["locate", "pets.npy", "--row", "1", "--where", "word=cat"]));
    assert!(text.contains("(hidden by --where)"), "{text}");

    // Where row 1 lies, it is found only without the filter.
    let place = documents(&mut run(&["locate", "pets.npy", "--row", "1", "--json"])).remove(0);
    let at = format!("{},{}", place["x_px"], place["y_px"]);
    let pick =
        |more: &[&str]| documents(&mut run(&[&["pick", "pets.npy", "--at", &at, "--json"], more].concat())).remove(0);
    assert_eq!((pick(&[])["row"].clone(), pick(&[])["under"].clone()), (1.into(), 1.into()));
    for more in [&["--where", "word = cat"][..], &["--where", "word = cat", "--fade"]] {
        assert_eq!((pick(more)["row"].clone(), pick(more)["under"].clone()), (serde_json::Value::Null, 0.into()));
    }
}

#[test]
fn what_is_left_is_laid_out_as_if_there_were_nothing_else() {
    let folder = cats_and_dogs();
    let run = |args: &[&str]| run_in(&folder, args);
    // The third drawing comes right behind the first.
    let locate = |more: &[&str]| {
        let args = [&["locate", "pets.npy", "--row", "0", "--row", "2", "--columns", "2", "--json"], more].concat();
        documents(&mut run(&args))
    };
    let [first, third] = &locate(&["--where", "word = cat", "--rearrange"])[..] else { panic!("two places") };
    assert_eq!(first["y_px"], third["y_px"]);
    let side = first["size_px"].as_f64().unwrap();
    assert!((third["x_px"].as_f64().unwrap() - first["x_px"].as_f64().unwrap() - side).abs() < 1e-6, "{third}");
    let before = locate(&["--where", "word = cat"]);
    assert_ne!(before[0]["y_px"], before[1]["y_px"]);
    let at = format!("{},{}", third["x_px"], third["y_px"]);
    let pick =
        run(&["pick", "pets.npy", "--columns", "2", "--where", "word = cat", "--rearrange", "--at", &at, "--json"]);
    assert_eq!(documents(&mut { pick })[0]["row"], 2);
    // The others are hidden, faded or not.
    let args = ["locate", "pets.npy", "--row", "1", "--where", "word = cat", "--rearrange", "--fade", "--json"];
    assert_eq!(documents(&mut run(&args))[0]["hidden"], true);
    assert!(complaint(&mut run(&["locate", "pets.npy", "--row", "1", "--rearrange"]), 2).contains("--where"));
    let none = complaint(&mut run(&["locate", "pets.npy", "--row", "1", "--where", "word = cow", "--rearrange"]), 2);
    assert!(none.contains("keeps no drawing"), "{none}");
}

#[test]
fn pictures_show_what_a_filter_keeps_in_the_colours_of_a_column() {
    let folder = cats_and_dogs();
    let picture = |more: &[&str]| {
        let out = folder.path().join("out.png");
        let mut run = inkfield();
        run.current_dir(folder.path()).args(["render", "pets.npy", "--size", "100x100", "--out", "out.png"]).args(more);
        answer(&mut run);
        let (_, channels, bytes) = read_png(&out);
        let pixel = |x: usize, y: usize| {
            let at = (y * 100 + x) * channels;
            [bytes[at], bytes[at + 1], bytes[at + 2]]
        };
        // The middles of rows 0 and 1.
        [pixel(31, 31), pixel(69, 31)]
    };
    let ground = [0xFA, 0xF9, 0xF6];
    let plain = picture(&[]);
    assert_eq!(plain[0], plain[1]);
    let filtered = picture(&["--where", "word = cat"]);
    assert_eq!(filtered, [plain[0], ground]);
    let [kept, faded] = picture(&["--where", "word = cat", "--fade"]);
    assert!(kept == plain[0] && faded[0] < ground[0] && faded[0] > 0xC0, "{faded:?}");
    // Orange and blue of the palette show where grey was: red above blue, and the other way round.
    let [cat, dog] = picture(&["--color-by", "word"]);
    assert!(cat[0] > cat[2] + 80 && dog[2] > dog[0] + 80, "{cat:?} {dog:?}");
}

#[test]
fn a_condition_selects_among_what_a_filter_leaves_and_the_picture_outlines_it() {
    let folder = cats_and_dogs();
    let picture = |more: &[&str]| {
        let mut run = inkfield();
        run.current_dir(folder.path()).args(["render", "pets.npy", "--size", "100x100", "--out", "out.png"]).args(more);
        answer(&mut run);
        let (_, channels, bytes) = read_png(&folder.path().join("out.png"));
        let is_blue = |x: usize, y: usize| bytes[(y * 100 + x) * channels..].starts_with(&[0x2F, 0x5B, 0xEA]);
        // The outer edges of the four cells, which are 38 pixels wide from 12 on.
        [is_blue(12, 31), is_blue(87, 31), is_blue(12, 69), is_blue(87, 69)]
    };
    assert_eq!(picture(&[]), [false; 4]);
    assert_eq!(picture(&["--select", "word = cat"]), [true, false, true, false]);
    assert_eq!(picture(&["--select", "row > 1", "--where", "word = cat"]), [false, false, true, false]);
    let mut run = inkfield();
    run.current_dir(folder.path()).args(["render", "pets.npy", "--out", "never.png", "--select", "wort = cat"]);
    let text = complaint(&mut run, 2);
    assert!(text.contains("cannot select: there is no column wort (character 1)"), "{text}");
    let mut run = inkfield();
    run.current_dir(folder.path()).args(["export", "pets.npy", "--csv", "never.csv", "--select", "word = cat"]);
    assert!(complaint(&mut run, 2).contains("chosen by --where"));
    assert!(!folder.path().join("never.png").exists() && !folder.path().join("never.csv").exists());
}

#[test]
fn what_cannot_be_shown_so_is_refused_before_anything_is_drawn() {
    let folder = cats_and_dogs();
    std::fs::copy(folder.path().join("pets.npy"), folder.path().join("bare.npy")).unwrap();
    let refused = |args: &[&str]| {
        let mut run = inkfield();
        run.current_dir(folder.path()).args(["render", "--out", "never.png"]).args(args);
        let text = complaint(&mut run, 2);
        assert!(!folder.path().join("never.png").exists());
        text
    };
    let text = refused(&["pets.npy", "--where", "wort = cat"]);
    assert!(text.contains("there is no column wort (character 1); the nearest is word; known are word"), "{text}");
    assert!(refused(&["pets.npy", "--where", "word cat"]).contains("`cat` at character 6 does not fit"));
    assert!(refused(&["pets.npy", "--color-by", "word", "--colormap", "gray"]).contains("leave --colormap out"));
    assert!(refused(&["bare.npy", "--axes", "NHW", "--no-records", "--color-by", "word"]).contains("have no records"));
}

#[test]
fn info_counts_what_matches_and_table_lists_it() {
    let folder = cats_and_dogs();
    let run = |args: &[&str]| run_in(&folder, args);
    let info = |more: &[&str]| documents(&mut run(&[&["info", "pets.npy", "--json"], more].concat())).remove(0);
    assert_eq!(info(&["--where", "word = cat"])["matching"], 2);
    assert_eq!(info(&["--where", "word = cow"])["matching"], 0);
    assert!(info(&[]).get("matching").is_none());
    let text = answer(&mut run(&["info", "pets.npy", "--where", "word = dog"]));
    assert!(text.contains("2 drawings match --where"), "{text}");

    let table = |more: &[&str]| answer(&mut run(&[&["table", "pets.npy", "--where", "word = dog"], more].concat()));
    assert_eq!(table(&["--csv"]), "row,word\r\n1,dog\r\n3,dog\r\n");
    assert_eq!(
        table(&["--json"]),
        "{\"schema\":1,\"columns\":[\"row\",\"word\"],\"rows\":[\n[1,\"dog\"],\n[3,\"dog\"]\n]}\n"
    );
    assert_eq!(table(&[]).lines().map(str::trim).collect::<Vec<_>>(), ["row  word", "1  dog", "3  dog"]);
    let wrong = complaint(&mut run(&["table", "pets.npy", "--where", "wort = dog"]), 2);
    assert!(wrong.contains("there is no column wort (character 1); the nearest is word; known are word"), "{wrong}");
}

#[test]
fn conditions_join_comparisons_in_every_command() {
    let folder = cats_and_dogs();
    let run = |args: &[&str]| run_in(&folder, args);
    let condition = "not word in (\"dog\", 'fish') and 0 < row <= 2 or word ~ ^x";
    assert_eq!(answer(&mut run(&["table", "pets.npy", "--csv", "--where", condition])), "row,word\r\n2,cat\r\n");
    let info = documents(&mut run(&["info", "pets.npy", "--json", "--where", condition])).remove(0);
    assert_eq!(info["matching"], 1);
    let places =
        documents(&mut run(&["locate", "pets.npy", "--row", "0", "--row", "2", "--json", "--where", condition]));
    assert_eq!((&places[0]["hidden"], &places[1]["hidden"]), (&true.into(), &false.into()));
    let at = format!("{},{}", places[1]["x_px"], places[1]["y_px"]);
    let pick = documents(&mut run(&["pick", "pets.npy", "--at", &at, "--json", "--where", condition])).remove(0);
    assert_eq!(pick["row"], 2);
    // Rows have numbers where there are no records.
    let places = documents(&mut run(&[
        "locate",
        "pets.npy",
        "--axes",
        "NHW",
        "--no-records",
        "--row",
        "0",
        "--row",
        "3",
        "--json",
        "--where",
        "row > 1",
    ]));
    assert_eq!((&places[0]["hidden"], &places[1]["hidden"]), (&true.into(), &false.into()));
}

#[test]
fn a_value_that_no_drawing_has_is_a_warning_with_the_nearest() {
    let folder = cats_and_dogs();
    for command in [&["info"][..], &["locate", "--row", "0"]] {
        let mut run = inkfield();
        run.current_dir(folder.path()).args(command).args(["pets.npy", "--where", "word = Cat"]);
        let output = run.output().unwrap();
        let warned = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{warned}");
        let wanted = "--where: no drawing has the value \"Cat\" in the column word; the nearest value is \"cat\"";
        assert!(warned.contains(wanted), "{warned}");
    }
}

#[test]
fn ends_of_a_scale_are_typed_and_wrong_ones_refused() {
    let folder = tempfile::tempdir().unwrap();
    write_npy(&folder.path().join("marks.npy"), "(4, 8, 8)", &[200; 256]);
    let lines: String = [1.0, 2.0, 3.0, 40.0].map(|mark| format!("{{\"mark\": {mark}, \"word\": \"a\"}}\n")).concat();
    std::fs::write(folder.path().join("marks.ndjson"), lines).unwrap();
    let render = |args: &[&str]| {
        let mut run = inkfield();
        run.current_dir(folder.path())
            .args(["render", "marks.npy", "--size", "80x80", "--out", "marks.png"])
            .args(args);
        run
    };
    let picture = |args: &[&str]| {
        answer(&mut render(args));
        std::fs::read(folder.path().join("marks.png")).unwrap()
    };
    let plain = picture(&["--color-by", "mark"]);
    // The usual ends of four values are the least and the greatest.
    assert!(picture(&["--color-by", "mark", "--color-range", "1,40"]) == plain);
    for other in [
        &["--color-range", "-1,4"][..],
        &["--palette", "cividis"],
        &["--palette", "gray"],
        &["--color-scale", "quantile"],
    ] {
        assert!(picture(&[&["--color-by", "mark"], other].concat()) != plain, "{other:?}");
    }
    std::fs::remove_file(folder.path().join("marks.png")).unwrap();
    for (args, why) in [
        (&["--color-by", "mark", "--color-range", "4,1"][..], "the lower end comes first"),
        (&["--color-by", "mark", "--color-range", "1,x"], "`x` is no number"),
        (&["--color-by", "word", "--color-range", "1,2"], "it holds category values, and numbers or times are needed"),
        (&["--color-by", "mark", "--color-range", "1"], "two values with a comma between them are needed"),
        (&["--color-range", "1,2"], "--color-by"),
        (&["--color-by", "mark", "--palette", "jet"], "viridis, cividis and gray"),
        (&["--color-by", "mark", "--color-scale", "log"], "linear and quantile"),
    ] {
        let said = complaint(&mut render(args), 2);
        assert!(said.contains(why), "{args:?}: {said}");
        assert!(!folder.path().join("marks.png").exists());
    }
}
