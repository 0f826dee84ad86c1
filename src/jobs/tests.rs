//! What a job may rely on, and what its starter may.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use super::{Cancelled, Job, JobError, JobNews, Jobs, PAUSE, UNTAKEN};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// Longer than anything here takes: whoever waits so long waits for ever.
const FOR_EVER: Duration = Duration::from_hours(1);
/// Long enough for a machine with much else to do.
const PATIENCE: Duration = Duration::from_mins(1);

/// Jobs that tell when they wake somebody.
fn jobs(pause: Duration) -> (Jobs, Receiver<()>) {
    let (woken, wakes) = channel();
    let woken = std::sync::Mutex::new(woken);
    let wake = move || {
        // The test may be over.
        let _ = woken.lock().unwrap().send(());
    };
    (Jobs::pausing(pause, wake), wakes)
}

fn end(job: &Job<u32, String>) -> Result<(), JobError<String>> {
    loop {
        match job.wait(PATIENCE) {
            Some(JobNews::Ended(ended)) => return ended,
            Some(JobNews::Published(_)) => {}
            None => panic!("the job has not ended"),
        }
    }
}

#[test]
fn what_a_job_makes_comes_in_order_then_its_end_and_each_wakes() {
    let (jobs, wakes) = jobs(PAUSE);
    let job: Job<u32, String> = jobs.start("two", |context| {
        context.publish(1)?;
        context.publish(2)?;
        Ok(())
    });
    for news in [JobNews::Published(1), JobNews::Published(2), JobNews::Ended(Ok(()))] {
        wakes.recv_timeout(PATIENCE).unwrap();
        assert_eq!(job.poll(), Some(news));
    }
    assert_eq!(job.poll(), None);
    let job: Job<u32, String> = jobs.start("failing", |_| Err(JobError::Failed("no drawings".to_owned())));
    assert_eq!(end(&job).unwrap_err().to_string(), "no drawings");
}

#[test]
fn a_job_says_how_far_it_is_and_wakes_once_a_percent() {
    let (jobs, wakes) = jobs(PAUSE);
    let (go, gone) = channel();
    let job: Job<u32, String> = jobs.start("counting", move |context| {
        gone.recv().unwrap();
        for part in [0.5, 0.501, 0.502, 7.0] {
            context.set_progress(part);
        }
        Ok(())
    });
    assert_eq!(job.progress(), None);
    go.send(()).unwrap();
    assert_eq!(end(&job), Ok(()));
    assert_eq!(job.progress(), Some(1.0));
    drop((jobs, job));
    let woken = std::iter::from_fn(|| wakes.recv_timeout(PATIENCE).ok()).count();
    assert_eq!(woken, 3, "at 50 %, at 100 % and at the end");
}

#[test]
fn a_cancelled_job_stops_at_its_next_check_and_its_end_is_told() {
    let (jobs, _wakes) = jobs(PAUSE);
    let (go, gone) = channel();
    let (passed, has_passed) = channel();
    let job: Job<u32, String> = jobs.start("cancelled", move |context| {
        passed.send(context.check()).unwrap();
        gone.recv().unwrap();
        assert_eq!(context.publish(7), Err(Cancelled), "nobody wants it");
        context.check()?;
        panic!("it went on");
    });
    assert_eq!(has_passed.recv_timeout(PATIENCE), Ok(Ok(())));
    job.cancel();
    go.send(()).unwrap();
    assert_eq!(job.wait(PATIENCE), Some(JobNews::Ended(Err(JobError::Cancelled))));
}

#[test]
fn a_dropped_handle_cancels_a_job_that_works_one_that_waits_to_publish_and_one_that_has_not_begun() {
    let (jobs, _wakes) = jobs(PAUSE);
    let (tell, told) = channel();
    let work = tell.clone();
    let job: Job<u32, String> = jobs.start("working", move |context| {
        work.send("begun").unwrap();
        while context.check().is_ok() {
            std::thread::yield_now();
        }
        work.send("ended").unwrap();
        Err(JobError::Cancelled)
    });
    assert_eq!(told.recv_timeout(PATIENCE), Ok("begun"));
    drop(job);
    assert_eq!(told.recv_timeout(PATIENCE), Ok("ended"));

    let full = tell.clone();
    let job: Job<u32, String> = jobs.start("full", move |context| {
        for at in 0.. {
            if at == UNTAKEN {
                full.send("full").unwrap();
            }
            if context.publish(0).is_err() {
                full.send("ended").unwrap();
                break;
            }
        }
        Ok(())
    });
    assert_eq!(told.recv_timeout(PATIENCE), Ok("full"));
    drop(job);
    assert_eq!(told.recv_timeout(PATIENCE), Ok("ended"));

    // As many as there are threads keep all others waiting.
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let (hold, held): (Vec<_>, Vec<_>) = (0..cores).map(|_| channel::<()>()).unzip();
    let holders: Vec<Job<u32, String>> =
        held.into_iter().map(|held| jobs.start("holding", move |_| held.recv().or(Ok(())))).collect();
    let job: Job<u32, String> = jobs.start("late", move |_| {
        tell.send("begun").unwrap();
        Ok(())
    });
    drop(job);
    drop(hold);
    for holder in &holders {
        assert_eq!(end(holder), Ok(()));
    }
    drop(jobs);
    assert!(told.recv_timeout(PATIENCE).is_err(), "it was never begun");
}

#[test]
fn a_panic_is_an_error_and_the_pool_goes_on() {
    let (jobs, _wakes) = jobs(PAUSE);
    let job: Job<u32, String> = jobs.start("bad", |_| panic!("an index of {}", 7));
    let Err(JobError::Panicked(said)) = end(&job) else { panic!("no panic was told") };
    assert!(said.starts_with("an index of 7"), "{said}");
    assert_eq!(end(&jobs.start("good", |_| Ok(()))), Ok(()));
}

#[test]
fn while_the_camera_moves_jobs_wait_until_it_rests_or_they_are_cancelled() {
    let (jobs, _wakes) = jobs(FOR_EVER);
    jobs.set_paused(true);
    let start = |name| -> Job<u32, String> { jobs.start(name, |context| Ok(context.check()?)) };
    let unwanted = start("unwanted");
    unwanted.cancel();
    assert_eq!(end(&unwanted), Err(JobError::Cancelled));
    let wanted = start("wanted");
    assert_eq!(wanted.poll(), None);
    jobs.set_paused(false);
    assert_eq!(end(&wanted), Ok(()));
}

#[test]
fn a_camera_that_never_rests_starves_no_job() {
    let (jobs, _wakes) = jobs(PAUSE);
    jobs.set_paused(true);
    // It looks in before it begins, too.
    let start = Instant::now();
    let job: Job<u32, String> = jobs.start("slowed", move |context| {
        context.check()?;
        // It did wait.
        if start.elapsed() < PAUSE { Err(JobError::Failed(format!("{:?}", start.elapsed()))) } else { Ok(()) }
    });
    assert_eq!(end(&job), Ok(()));
}

#[test]
fn after_a_whole_pause_a_job_works_for_a_while() {
    let pause = Duration::from_secs(2);
    let (jobs, _wakes) = jobs(pause);
    jobs.set_paused(true);
    let start = Instant::now();
    let job: Job<u32, String> = jobs.start("in turns", move |context| {
        for _ in 0..1000 {
            context.check()?;
        }
        // It did wait, and not a thousand times.
        let took = start.elapsed();
        if took < pause || took > 10 * pause { Err(JobError::Failed(format!("{took:?}"))) } else { Ok(()) }
    });
    assert_eq!(end(&job), Ok(()));
}

#[test]
fn long_jobs_hold_up_no_quick_ones() {
    let (jobs, _wakes) = jobs(PAUSE);
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    // All threads for long ones are busy until they are given up.
    let long: Vec<Job<u32, String>> = (0..cores)
        .map(|_| {
            jobs.start_long("long", |context| {
                loop {
                    context.check()?;
                    std::thread::yield_now();
                }
            })
        })
        .collect();
    let quick: Job<u32, String> = jobs.start("quick", |context| Ok(context.check()?));
    assert_eq!(end(&quick), Ok(()));
    for job in &long {
        assert_eq!(job.poll(), None, "it has not ended");
        job.cancel();
        assert_eq!(end(job), Err(JobError::Cancelled));
    }
}
