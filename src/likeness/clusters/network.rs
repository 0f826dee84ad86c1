//! A weighted graph as Leiden works on it: both directions of each edge, those of a node beside each other.

use super::{Neighbours, Objective, Search};
use crate::progress::{Cancelled, Progress};

/// What an edge between two rows weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weights {
    /// 1, however like they are.
    Equal,
    /// 1 where one row names the other, 2 where both do.
    Mutual,
    /// The similarity; twice that where both name each other.
    Similarity,
}

/// Nodes looked at between two looks at whether it is still wanted.
pub(super) const LOOK: usize = 1 << 12;

/// The graph.
#[derive(Clone, Debug)]
pub(super) struct Network {
    /// Where the edges of each node begin, and where the last ones end.
    pub(super) starts: Vec<usize>,
    pub(super) targets: Vec<u32>,
    pub(super) weights: Vec<f64>,
    /// What each node counts: rows, or for modularity the weights of their edges.
    pub(super) sizes: Vec<f64>,
}

impl Network {
    /// The graph of all rows, and what a pair of sizes costs when both are in one cluster.
    pub(super) fn new(
        graph: &Neighbours<'_>,
        search: &Search,
        progress: Progress<'_>,
    ) -> Result<(Self, f64), Cancelled> {
        let count = graph.rows.len() / graph.per_row;
        let mut starts = vec![0_usize; count + 1];
        each_edge(graph, progress.part(0.0, 0.3), |row, other, _| {
            starts[row as usize + 1] += 1;
            starts[other as usize + 1] += 1;
        })?;
        for row in 0..count {
            starts[row + 1] += starts[row];
        }
        let mut next = starts.clone();
        let mut edges = vec![(0_u32, 0_f64); starts[count]];
        each_edge(graph, progress.part(0.3, 0.6), |row, other, similarity| {
            let weight = if search.weights == Weights::Similarity { f64::from(similarity) } else { 1.0 };
            for (from, to) in [(row, other), (other, row)] {
                let at = &mut next[from as usize];
                edges[*at] = (to, weight);
                *at += 1;
            }
        })?;
        let mut network = Self { starts: vec![0], targets: Vec::new(), weights: Vec::new(), sizes: Vec::new() };
        for row in 0..count {
            if row % LOOK == 0 {
                progress.part(0.6, 1.0).reach(row as f64 / count as f64)?;
            }
            let own = &mut edges[starts[row]..starts[row + 1]];
            own.sort_unstable_by_key(|&(to, _)| to);
            for pair in own.chunk_by(|one, other| one.0 == other.0) {
                let sum = pair.iter().map(|&(_, weight)| weight).sum();
                network.targets.push(pair[0].0);
                network.weights.push(if search.weights == Weights::Equal { 1.0 } else { sum });
            }
            network.starts.push(network.targets.len());
        }
        let scale = network.size(search);
        Ok((network, scale))
    }

    /// Sets what nodes count, and says what a pair of them costs.
    fn size(&mut self, search: &Search) -> f64 {
        let count = self.starts.len() - 1;
        if search.objective == Objective::ConstantPotts {
            let greatest = self.weights.iter().copied().fold(f64::MIN_POSITIVE, f64::max);
            self.weights.iter_mut().for_each(|weight| *weight /= greatest);
            self.sizes = vec![1.0; count];
            return search.resolution;
        }
        self.sizes = (0..count).map(|node| self.edges(node as u32).map(|(_, weight)| weight).sum()).collect();
        search.resolution / self.sizes.iter().sum::<f64>().max(f64::MIN_POSITIVE)
    }

    /// How many nodes there are.
    pub(super) fn count(&self) -> usize {
        self.sizes.len()
    }

    /// The edges of a node: to where, and how much they weigh.
    pub(super) fn edges(&self, node: u32) -> impl Iterator<Item = (u32, f64)> {
        let own = self.starts[node as usize]..self.starts[node as usize + 1];
        self.targets[own.clone()].iter().copied().zip(self.weights[own].iter().copied())
    }

    /// The graph of parts: each part of nodes becomes a node. Edges within a part are left out, as they never change what is
    /// gained by a move.
    pub(super) fn merged(&self, part_of: &[u32], parts: usize, progress: Progress<'_>) -> Result<Self, Cancelled> {
        let mut begins = vec![0_u32; parts + 1];
        let mut sizes = vec![0.0; parts];
        for (&part, size) in part_of.iter().zip(&self.sizes) {
            begins[part as usize + 1] += 1;
            sizes[part as usize] += size;
        }
        for part in 0..parts {
            begins[part + 1] += begins[part];
        }
        let mut next = begins.clone();
        let mut nodes = vec![0_u32; part_of.len()];
        for (node, &part) in part_of.iter().enumerate() {
            let at = &mut next[part as usize];
            nodes[*at as usize] = node as u32;
            *at += 1;
        }
        let mut merged = Self { starts: vec![0], targets: Vec::new(), weights: Vec::new(), sizes };
        let mut sums = Sums::new(parts);
        let mut looked = 0;
        for part in 0..parts {
            for &node in &nodes[begins[part] as usize..begins[part + 1] as usize] {
                if looked % LOOK == 0 {
                    progress.reach(0.0)?;
                }
                looked += 1;
                for (other, weight) in self.edges(node) {
                    let other = part_of[other as usize];
                    if other as usize != part {
                        sums.add(other, weight);
                    }
                }
            }
            for &other in &sums.touched {
                merged.targets.push(other);
                merged.weights.push(sums.of[other as usize]);
            }
            sums.clear();
            merged.starts.push(merged.targets.len());
        }
        Ok(merged)
    }
}

/// Sums of weights by number, most of them 0.
pub(super) struct Sums {
    pub(super) of: Vec<f64>,
    /// The numbers that have a sum, in the order in which they came.
    pub(super) touched: Vec<u32>,
}

impl Sums {
    pub(super) fn new(count: usize) -> Self {
        Self { of: vec![0.0; count], touched: Vec::new() }
    }

    /// Weights are above 0, so that a sum of 0 is that of a new number.
    pub(super) fn add(&mut self, number: u32, weight: f64) {
        let sum = &mut self.of[number as usize];
        if *sum == 0.0 {
            self.touched.push(number);
        }
        *sum += weight;
    }

    pub(super) fn clear(&mut self) {
        for number in self.touched.drain(..) {
            self.of[number as usize] = 0.0;
        }
    }
}

/// Hands on each neighbour that counts.
fn each_edge(
    graph: &Neighbours<'_>,
    progress: Progress<'_>,
    mut on: impl FnMut(u32, u32, i32),
) -> Result<(), Cancelled> {
    let count = graph.rows.len() / graph.per_row;
    let rows = graph.rows.chunks_exact(graph.per_row).zip(graph.similarity.chunks_exact(graph.per_row));
    for (row, (neighbours, similarities)) in rows.enumerate() {
        if row % LOOK == 0 {
            progress.reach(row as f64 / count as f64)?;
        }
        for (&other, &similarity) in neighbours.iter().zip(similarities) {
            if (other as usize) < count && other as usize != row && similarity > 0 {
                on(row as u32, other, similarity);
            }
        }
    }
    Ok(())
}
