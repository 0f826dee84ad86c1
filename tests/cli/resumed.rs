//! A map whose program was ended half-way: the next one goes on with it, and prints the same to the last digit.

use super::{answer, binary, inkfield, names};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

const ARRANGE: [&str; 4] = ["arrange", "demo:7000:3", "--layout", "map"];
/// How long a machine may take that does much else.
const PATIENCE: Duration = Duration::from_mins(3);

#[test]
fn a_map_goes_on_where_the_program_was_ended() {
    let folder = TempDir::new().unwrap();
    let kept = folder.path().join("kept");
    let begun = || {
        let all = if kept.exists() { names(&kept) } else { Vec::new() };
        all.into_iter()
            .filter(|name| {
                name.contains("-begun-map-") && std::path::Path::new(name).extension().is_some_and(|end| end == "ink")
            })
            .count()
    };
    let mut child = Command::new(binary())
        .args(ARRANGE)
        .env("INKFIELD_CACHE", &kept)
        // However fast the machine is, it takes longer than until something is kept; what comes out is the same.
        .env("RAYON_NUM_THREADS", "1")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let start = Instant::now();
    while begun() == 0 {
        assert!(child.try_wait().unwrap().is_none(), "it ended before anything of it was kept");
        assert!(start.elapsed() < PATIENCE, "nothing of it was kept");
        std::thread::sleep(Duration::from_millis(20));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(begun(), 1);
    let resumed = answer(inkfield().args(ARRANGE).env("INKFIELD_CACHE", &kept));
    assert_eq!((begun(), names(&kept).iter().filter(|name| name.contains("-map-p30-")).count()), (0, 1));
    assert!(resumed == answer(inkfield().args(ARRANGE)), "another map");
}
