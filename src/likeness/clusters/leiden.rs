//! Leiden: nodes move to the best cluster among those of their neighbours; each cluster is taken apart and put together again
//! from parts that hold together; the parts are the nodes of the next, smaller graph.

use super::network::{LOOK, Network, Sums};
use crate::likeness::sorted::random::Random;
use crate::progress::{Cancelled, Progress};
use std::collections::VecDeque;

/// How often all of it is done; the second time starts from the clusters that the first one found.
const ROUNDS: usize = 2;
/// Gains below this are those of rounding.
const LEAST_GAIN: f64 = 1e-9;

/// The cluster of each node, numbers below their count. `scale` is what a pair of sizes costs.
pub(super) fn partition(
    network: &Network,
    scale: f64,
    seed: u64,
    progress: Progress<'_>,
) -> Result<Vec<u32>, Cancelled> {
    let count = network.count();
    let mut random = Random::new(seed, 0);
    let mut cluster_of: Vec<u32> = (0..count as u32).collect();
    for round in 0..ROUNDS {
        let from = round as f64 / ROUNDS as f64;
        let mut progress = progress.part(from, from + 1.0 / ROUNDS as f64);
        // The node of the present graph that each row belongs to.
        let mut node_of: Vec<u32> = (0..count as u32).collect();
        let mut merged: Option<Network> = None;
        let mut clusters = cluster_of.clone();
        loop {
            let present = merged.as_ref().unwrap_or(network);
            // How many graphs there will be is not known; each is smaller, and takes half of what is left.
            let own = progress.part(0.0, 0.5);
            move_nodes(present, scale, &mut clusters, &mut random, own.part(0.0, 0.6))?;
            let parts = refine(present, scale, &clusters, &mut random, own.part(0.6, 0.9))?;
            let (part_of, count) = numbered(&parts);
            let mut cluster_of_part = vec![0; count];
            for (&part, &cluster) in part_of.iter().zip(&clusters) {
                cluster_of_part[part as usize] = cluster;
            }
            let (cluster_of_part, _) = numbered(&cluster_of_part);
            for node in &mut node_of {
                *node = part_of[*node as usize];
            }
            let is_last = count == present.count();
            clusters = cluster_of_part;
            if is_last {
                break;
            }
            merged = Some(present.merged(&part_of, count, own.part(0.9, 1.0))?);
            progress = progress.part(0.5, 1.0);
        }
        for (cluster, &node) in cluster_of.iter_mut().zip(&node_of) {
            *cluster = clusters[node as usize];
        }
    }
    Ok(cluster_of)
}

/// Numbers from 0 on instead of those that there are, in the order in which they come first; and how many there are. Those that
/// there are lie below the count of entries, or, after a merge, were numbered so before.
fn numbered(numbers: &[u32]) -> (Vec<u32>, usize) {
    let most = numbers.iter().max().map_or(0, |&most| most as usize + 1);
    let mut new = vec![u32::MAX; most];
    let mut count = 0;
    let all = numbers
        .iter()
        .map(|&number| {
            let new = &mut new[number as usize];
            if *new == u32::MAX {
                *new = count;
                count += 1;
            }
            *new
        })
        .collect();
    (all, count as usize)
}

/// Moves nodes to the clusters where most is gained, until no move gains anything. Numbers of clusters lie below the count of
/// nodes.
fn move_nodes(
    network: &Network,
    scale: f64,
    cluster_of: &mut [u32],
    random: &mut Random,
    progress: Progress<'_>,
) -> Result<(), Cancelled> {
    let count = network.count();
    let (mut sizes, mut members) = (vec![0.0; count], vec![0_u32; count]);
    for (&cluster, size) in cluster_of.iter().zip(&network.sizes) {
        sizes[cluster as usize] += size;
        members[cluster as usize] += 1;
    }
    let mut empty: Vec<u32> = (0..count as u32).rev().filter(|&cluster| members[cluster as usize] == 0).collect();
    let mut order: Vec<u32> = (0..count as u32).collect();
    random.shuffle(&mut order);
    let mut queue = VecDeque::from(order);
    let mut is_queued = vec![true; count];
    let mut sums = Sums::new(count);
    let mut looked = 0;
    while let Some(node) = queue.pop_front() {
        if looked % LOOK == 0 {
            progress.reach(1.0 - queue.len() as f64 / count as f64)?;
        }
        looked += 1;
        is_queued[node as usize] = false;
        let (own, size) = (cluster_of[node as usize], network.sizes[node as usize]);
        for (other, weight) in network.edges(node) {
            sums.add(cluster_of[other as usize], weight);
        }
        sizes[own as usize] -= size;
        members[own as usize] -= 1;
        let gain = |cluster: u32| sums.of[cluster as usize] - scale * size * sizes[cluster as usize];
        let (mut best, mut most) = (own, gain(own) + LEAST_GAIN * size.max(1.0));
        for &cluster in &sums.touched {
            let gain = gain(cluster);
            if gain > most {
                (best, most) = (cluster, gain);
            }
        }
        // By itself it gains and costs nothing.
        if most < 0.0 && members[own as usize] > 0 {
            best = empty.last().copied().unwrap_or(own);
        }
        sizes[best as usize] += size;
        members[best as usize] += 1;
        sums.clear();
        if best == own {
            continue;
        }
        if empty.last() == Some(&best) {
            empty.pop();
        }
        if members[own as usize] == 0 {
            empty.push(own);
        }
        cluster_of[node as usize] = best;
        for (other, _) in network.edges(node) {
            if cluster_of[other as usize] != best && !is_queued[other as usize] {
                is_queued[other as usize] = true;
                queue.push_back(other);
            }
        }
    }
    Ok(())
}

/// Parts of clusters: each node starts by itself and may join, once, the part of its cluster where most is gained, if both are
/// joined well enough to the rest of the cluster. Numbers of parts lie below the count of nodes.
fn refine(
    network: &Network,
    scale: f64,
    cluster_of: &[u32],
    random: &mut Random,
    progress: Progress<'_>,
) -> Result<Vec<u32>, Cancelled> {
    let count = network.count();
    let mut cluster_sizes = vec![0.0; count];
    for (&cluster, size) in cluster_of.iter().zip(&network.sizes) {
        cluster_sizes[cluster as usize] += size;
    }
    let mut part_of: Vec<u32> = (0..count as u32).collect();
    let mut sizes = network.sizes.clone();
    let mut members = vec![1_u32; count];
    // Weights of the edges of each part to the rest of its cluster.
    let mut outward: Vec<f64> = (0..count as u32)
        .map(|node| {
            let is_own = |other: u32| cluster_of[other as usize] == cluster_of[node as usize];
            network.edges(node).filter(|&(other, _)| is_own(other)).map(|(_, weight)| weight).sum()
        })
        .collect();
    let mut order: Vec<u32> = (0..count as u32).collect();
    random.shuffle(&mut order);
    let mut sums = Sums::new(count);
    for (at, &node) in order.iter().enumerate() {
        if at % LOOK == 0 {
            progress.reach(at as f64 / count as f64)?;
        }
        let (own, size, cluster) = (node as usize, network.sizes[node as usize], cluster_of[node as usize]);
        let all = cluster_sizes[cluster as usize];
        let is_well_joined = |outward: f64, size: f64| outward >= scale * size * (all - size) - LEAST_GAIN;
        // Where another node has joined it, it is no part by itself any more.
        if members[own] != 1 || part_of[own] != node || !is_well_joined(outward[own], size) {
            continue;
        }
        for (other, weight) in network.edges(node) {
            if cluster_of[other as usize] == cluster {
                sums.add(part_of[other as usize], weight);
            }
        }
        let (mut best, mut most) = (node, LEAST_GAIN * size.max(1.0));
        for &part in &sums.touched {
            let gain = sums.of[part as usize] - scale * size * sizes[part as usize];
            if gain > most && is_well_joined(outward[part as usize], sizes[part as usize]) {
                (best, most) = (part, gain);
            }
        }
        if best != node {
            let to = best as usize;
            outward[to] += outward[own] - 2.0 * sums.of[to];
            sizes[to] += size;
            members[to] += 1;
            members[own] = 0;
            part_of[own] = best;
        }
        sums.clear();
    }
    Ok(part_of)
}
