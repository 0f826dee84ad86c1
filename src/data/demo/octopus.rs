//! Whole octopuses in the manners people draw them, and the drawings that nobody recognised.

use super::body::{Arm, Head, face};
use super::manner::Manner;
use super::pen::{Pen, Point, heading, mix};
use super::random::{Random, Stream};
use super::scribble::{crossing_out, scribble};

/// Raw strokes of a row in whole canvas pixels: `[x, y]` each, in drawing order.
pub fn raw_strokes(seed: u64, row: u32, recognized: bool) -> Vec<Vec<Point>> {
    let mut random = Random::new(seed, row, Stream::Drawing);
    let mut pen = Pen::new(&mut random);
    if recognized {
        octopus(&mut random, &mut pen);
    } else {
        match random.below(5) {
            0 | 1 => {
                octopus(&mut random, &mut pen);
                pen.stop_early(random.between(0.2, 0.6));
            }
            2 => {
                octopus(&mut random, &mut pen);
                crossing_out(&mut random, &mut pen);
            }
            _ => scribble(&mut random, &mut pen),
        }
    }
    pen.finish(&mut random)
}

fn octopus(random: &mut Random, pen: &mut Pen) {
    let head = Head::new(random);
    let has_face = random.chance(0.28);
    let face_first = random.chance(0.1);
    if has_face && face_first {
        draw_face(random, pen, &head);
    }
    match random.below(20) {
        0..10 => one_line(random, pen, &head),
        10..17 => line_arms(random, pen, &head),
        17..19 => loop_arms(random, pen, &head),
        _ => zigzag_arms(random, pen, &head),
    }
    if has_face && !face_first {
        draw_face(random, pen, &head);
    }
}

fn draw_face(random: &mut Random, pen: &mut Pen, head: &Head) {
    for stroke in face(random, head) {
        pen.draw(random, &stroke);
    }
}

/// Head and arms as one outline; some lift the pen once.
fn one_line(random: &mut Random, pen: &mut Pen, head: &Head) {
    let manner = Manner::outlines(random);
    let neck = random.between(0.33, 0.46);
    let mut path = Vec::with_capacity(96);
    head.trace(-neck + random.bell() * 0.012, neck, &mut path);
    if random.chance(0.3) {
        pen.draw(random, &path);
        path.clear();
    }
    // Arms leave the lower edge of the body, an arc below the neck.
    let end = head.at(-neck);
    let middle = mix(head.at(neck), end, 0.5 + random.bell() * 0.12);
    let girth = random.between(0.55, 1.3);
    let middle = [middle[0] + random.bell() * 0.1, middle[1] + girth * random.between(-0.5, 0.35)];
    let radius = [girth, girth * random.between(0.5, 1.0)];
    let web = random.between(0.9, 1.25);
    // Half an arm's share of the arc, a little outside it, where arms are widest.
    let turn = 2.0 * manner.spread / manner.count as f32;
    let room = (girth + 0.3 * manner.length) * turn * 3.1;
    for index in 0..manner.count {
        let across = 1.0 - 2.0 * (index as f32 + 0.5) / manner.count as f32;
        let mut arm = manner.arm(random, across, middle, room);
        let outward = heading(arm.heading);
        arm.base = [middle[0] + outward[0] * radius[0], middle[1] + outward[1] * radius[1]];
        arm.outline(&mut path);
        if index + 1 < manner.count && random.chance(0.6) {
            let valley = heading(0.5 - across * manner.spread + manner.aside + turn / 2.0);
            path.push([middle[0] + valley[0] * radius[0] * web, middle[1] + valley[1] * radius[1] * web]);
        }
    }
    // Some close the outline, some stop short.
    if random.chance(0.7) {
        let last = path.last().copied().unwrap_or(end);
        path.push(mix(last, end, random.between(0.3, 1.1)));
    }
    pen.draw(random, &path);
}

/// A head, then each arm as a line of its own.
fn line_arms(random: &mut Random, pen: &mut Pen, head: &Head) {
    let manner = Manner::lines(random);
    closed_head(random, pen, head);
    let reach = match random.below(8) {
        0 => random.between(0.3, 0.44),
        1..4 => random.between(0.18, 0.3),
        _ => random.between(0.08, 0.18),
    };
    // Arms radiate from the head or hang from it.
    let radiate = random.between(0.3, 1.0);
    let gap = random.between(-0.15, 0.06);
    let arms: Vec<Arm> = (0..manner.count)
        .map(|index| {
            let across = 1.0 - 2.0 * (index as f32 + 0.5) / manner.count as f32;
            let clock = 0.5 - across * reach + random.bell() * 0.008;
            let foot = head.at(clock);
            let mut arm = manner.arm(random, across, [foot[0] * (1.0 + gap), foot[1] * (1.0 + gap)], 0.1);
            let outward = clock + random.bell() * 0.01;
            if reach > 0.2 || radiate > 0.6 {
                arm.heading += (outward - arm.heading) * radiate;
            }
            arm
        })
        .collect();
    for index in order(random, arms.len()) {
        let mut path = Vec::with_capacity(6);
        arms[index].line(&mut path);
        pen.draw(random, &path);
    }
}

/// A head, then each arm as a narrow loop.
fn loop_arms(random: &mut Random, pen: &mut Pen, head: &Head) {
    let manner = Manner::outlines(random);
    closed_head(random, pen, head);
    let reach = random.between(0.12, 0.28);
    let single = random.chance(0.4);
    let mut path = Vec::with_capacity(64);
    for index in 0..manner.count {
        let across = 1.0 - 2.0 * (index as f32 + 0.5) / manner.count as f32;
        let base = head.at(0.5 - across * reach);
        manner.arm(random, across, base, 0.17).outline(&mut path);
        if !single {
            pen.draw(random, &path);
            path.clear();
        }
    }
    pen.draw(random, &path);
}

/// A head over one zigzag that stands for all arms.
fn zigzag_arms(random: &mut Random, pen: &mut Pen, head: &Head) {
    let manner = Manner::outlines(random);
    let neck = random.between(0.28, 0.42);
    let mut path = Vec::with_capacity(48);
    head.trace(-neck, neck, &mut path);
    if random.chance(0.5) {
        pen.draw(random, &path);
        path.clear();
    }
    let (right, left) = (head.at(neck), head.at(-neck));
    for index in 0..=manner.count {
        let share = index as f32 / manner.count as f32;
        let mut base = mix(right, left, share);
        base = [base[0] + random.bell() * 0.05, base[1] + random.bell() * 0.08];
        path.extend([base, base]);
        if index < manner.count {
            let across = 1.0 - 2.0 * (share + 0.5 / manner.count as f32);
            let mut line = Vec::with_capacity(6);
            manner.arm(random, across, base, 0.1).line(&mut line);
            path.extend(line.last().into_iter().flat_map(|&tip| [tip, tip]));
        }
    }
    pen.draw(random, &path);
}

/// A loop that seldom meets its start exactly.
fn closed_head(random: &mut Random, pen: &mut Pen, head: &Head) {
    let start = [0.0, 0.0, -0.12, 0.5, 0.3][random.below(5) as usize] + random.bell() * 0.05;
    let turn = 1.0 + random.bell() * 0.04;
    let mut path = Vec::with_capacity(16);
    head.trace(start, start - turn, &mut path);
    pen.draw(random, &path);
}

/// The order in which arms are drawn: one side to the other, from outside in, or as it comes.
fn order(random: &mut Random, count: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    match random.below(4) {
        0 => order.reverse(),
        1 => order.sort_by_key(|&index| index.min(count - 1 - index)),
        2 => {
            for index in (1..count).rev() {
                order.swap(index, random.below(index as u32 + 1) as usize);
            }
        }
        _ => {}
    }
    order
}
