//! Nothing changes: nothing is drawn and no time is spent.

use super::driver::Driver;
use super::patience::Patience;
use super::xvfb::DEADLINE;
use std::collections::BTreeMap;
use std::time::Duration;

/// How long a window at rest is watched.
const WATCHED: Duration = Duration::from_secs(2);
/// What may be spent on the way: clock ticks (hundredths of a second) of processors.
const SPARE: u64 = 2;

/// Clock ticks that each thread of a process has run so far, by number and name. Nobody else's work counts.
fn ticks(process: u32) -> BTreeMap<(u32, String), u64> {
    let tasks = std::fs::read_dir(format!("/proc/{process}/task")).unwrap();
    let of = |task: std::fs::DirEntry| {
        // A thread may end meanwhile.
        let stat = std::fs::read_to_string(task.path().join("stat")).ok()?;
        // The name, in parentheses, may hold anything; the 14th and 15th value are user and system time.
        let (before, values) = stat.rsplit_once(')')?;
        let (number, name) = before.split_once(" (")?;
        let values: Vec<&str> = values.split_whitespace().collect();
        let spent = [11, 12].iter().map(|&at| values[at].parse::<u64>().unwrap()).sum();
        Some(((number.parse().unwrap(), name.to_owned()), spent))
    };
    tasks.filter_map(|task| of(task.unwrap())).collect()
}

/// Waits until the program says that nothing is going on any more, however long a busy machine takes.
pub fn wait_for_rest(driver: &mut Driver, what: &str) {
    let mut patience = Patience::default();
    while driver.rest.is_none() {
        std::thread::sleep(Duration::from_millis(2));
        if driver.read() {
            patience.renew();
        }
        assert!(
            patience.spent() < DEADLINE,
            "{what}: it never rests; last frame: {:#?}\n{}",
            driver.now(),
            driver.stderr()
        );
    }
    let rest = driver.rest.unwrap();
    assert_eq!(rest.rest_after, driver.now().serial, "{what}: it rests after another frame than the last");
}

/// Fails when a window that says it rests draws or works.
pub fn assert_idle(driver: &mut Driver, what: &str) {
    wait_for_rest(driver, what);
    let before = ticks(driver.process());
    // The one place where a time is meant.
    std::thread::sleep(WATCHED);
    let after = ticks(driver.process());
    assert!(!driver.read(), "{what}: a frame was drawn: {:?}", driver.now());
    let spent = |(thread, ticks): (&(u32, String), &u64)| {
        let more = ticks - before.get(thread).copied().unwrap_or(0);
        (more > 0).then_some((thread.1.clone(), more))
    };
    let busy: Vec<(String, u64)> = after.iter().filter_map(spent).collect();
    let all: u64 = busy.iter().map(|(_, more)| more).sum();
    assert!(all <= SPARE, "{what}: {all} ticks of 200 were spent, by {busy:?}");
}

#[test]
pub fn a_window_at_rest_draws_nothing_and_takes_no_time() {
    let Some(mut driver) = Driver::open_whole(&["demo:20000:1", "--size", "700x500"]) else { return };
    driver.wait("all records", |frame| frame.records_loaded == 20_000);
    assert_idle(&mut driver, "everything loaded");
    driver.move_to([350, 250]);
    driver.wait("a hover", |frame| frame.hover_row.is_some());
    assert_idle(&mut driver, "a drawing hovered");
}

#[test]
pub fn the_welcome_page_is_at_rest() {
    let none: [&str; 0] = [];
    let Some(mut driver) = Driver::open(&none) else { return };
    assert_idle(&mut driver, "the welcome page");
    assert_eq!(driver.now().rows, 0);
}
