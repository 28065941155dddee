//! The detector by its definition: everything from the whole past, nothing carried along but the weighted means.

use std::collections::BTreeMap;

use blake2b_simd::Params;

/// Weighted mean and variance.
struct EwMoments {
    g: f64,
    w: f64,
    m: f64,
    v: f64,
}

impl EwMoments {
    fn new(half: f64, w: f64, m: f64, v: f64) -> Self {
        Self { g: 0.5_f64.powf(1.0 / half), w, m, v }
    }

    fn add(&mut self, d: f64) {
        self.w = self.g * self.w + 1.0;
        let a = 1.0 / self.w;
        self.m += a * d;
        self.v = (1.0 - a) * (self.v + a * d * d);
    }
}

/// Score, p-value and the parts, for every sample of a series.
pub(super) struct Answer {
    pub score: f64,
    pub p_value: f64,
    pub parts: [f64; 15],
}

pub(super) fn detect(seed: &str, xs: &[f64], long: bool, adaptive: bool) -> Vec<Answer> {
    let (u, y) = normalise(xs);
    let raw = raw_parts(seed, xs, &u, &y, long);
    let mut scales: Vec<(EwMoments, f64)> =
        PRIORS.map(|(m, s)| (EwMoments::new(4096.0, 300.0, m, s * s), s)).into();
    let mut reference = EwMoments::new(4096.0, 300.0, 0.0, 16.0);
    let mut threshold = Threshold { own: adaptive, l: 7.0, highs: Vec::new() };
    let answer = |t: usize| {
        let mut parts = [0.0; 15];
        for (i, (scale, prior)) in scales.iter_mut().enumerate() {
            let f = scale.v.sqrt().max(0.3 * *prior);
            let d = raw[t][i] - scale.m;
            parts[i] = if t < 64 { 0.0 } else { d / f };
            scale.add(d.clamp(-5.0 * f, 5.0 * f));
        }
        if t < 64 {
            return Answer { score: 0.0, p_value: 1.0, parts };
        }
        let (short, score) = scores(&parts, long);
        let f = reference.v.sqrt().max(1.0);
        let d = short - reference.m;
        reference.add(d.clamp(-5.0 * f, 5.0 * f));
        Answer { score, p_value: threshold.p_value(t, d / f), parts }
    };
    (0..xs.len()).map(answer).collect()
}

const PRIORS: [(f64, f64); 15] = [
    (0.2, 0.2),
    (0.35, 0.3),
    (0.45, 0.3),
    (0.5, 0.3),
    (0.15, 0.1),
    (1.5, 0.7),
    (1.0, 2.0),
    (0.6, 0.3),
    (0.6, 0.3),
    (0.6, 0.3),
    (1.5, 0.7),
    (0.6, 0.3),
    (0.6, 0.3),
    (0.6, 0.3),
    (1.5, 0.7),
];

fn normalise(xs: &[f64]) -> (Vec<f64>, Vec<f64>) {
    let first = xs.first().copied().unwrap_or(0.0);
    let (mut n1, mut n2) = (EwMoments::new(512.0, 0.0, first, 0.0), EwMoments::new(2048.0, 0.0, first, 0.0));
    let mut share = EwMoments::new(512.0, 0.0, 0.0, 0.0);
    let scaled = xs.iter().enumerate().map(|(t, &x)| {
        let f1 = n1.v.sqrt().max(1e-9 * (1.0 + n1.m.abs()));
        let f2 = n2.v.sqrt().max(0.05 * n1.v.sqrt()).max(1e-9 * (1.0 + n2.m.abs()));
        let (u, y) = (((x - n1.m) / f1).clamp(-6.0, 6.0), ((x - n2.m) / f2).clamp(-100.0, 100.0));
        let mut d = x - n2.m;
        let cut = d.abs() > 3.0 * f2;
        if cut && t >= 20 && share.m < 0.2 {
            d = 3.0 * f2 * d.signum();
        }
        share.add(f64::from(u8::from(cut)) - share.m);
        n2.add(d);
        n1.add(x - n1.m);
        if t < 2 { (0.0, 0.0) } else { (u, y) }
    });
    scaled.unzip()
}

fn raw_parts(seed: &str, xs: &[f64], u: &[f64], y: &[f64], long: bool) -> Vec<[f64; 15]> {
    let mut raw = vec![PRIORS.map(|(m, _)| m); xs.len()];
    let whole: Vec<i64> = y.iter().map(|y| (16.0 * y + 0.5).floor() as i64).collect();
    for (i, w) in [4, 16, 32, 64].into_iter().enumerate() {
        let values = dense(&whole, w, 16.0, PRIORS[i].0);
        values.into_iter().enumerate().for_each(|(t, value)| raw[t][i] = value);
    }
    let tokens = tokens(u);
    let positions: Vec<Vec<u64>> =
        tokens.iter().map(|all| all.iter().map(|token| position(seed, token)).collect()).collect();
    let (novelty, rare, still) = (token_novelty(&positions), rarity(&positions, 8), flatline(xs));
    for t in 0..xs.len() {
        (raw[t][4], raw[t][5], raw[t][6]) = (novelty[t], rare[t], still[t]);
    }
    if long {
        block_parts(&mut raw, u, y, 7, 8, [8, 16, 32], 2);
        block_parts(&mut raw, u, y, 11, 64, [4, 8, 16], 1);
    }
    raw
}

fn dense(whole: &[i64], w: usize, unit: f64, early: f64) -> Vec<f64> {
    let distance =
        |t: usize, j: usize| -> i64 { (0..w).map(|i| (whole[t - i] - whole[t - j - i]).pow(2)).sum() };
    let value = |t: usize| {
        let last = (t + 1).saturating_sub(w).min(1024 + w);
        let mut all: Vec<i64> = (w + 1..=last).map(|j| distance(t, j)).collect();
        all.sort_unstable();
        let root = |d: &i64| (*d as f64 / w as f64).sqrt() / unit;
        if all.len() < 5 { early } else { all[..5].iter().map(root).sum::<f64>() / 5.0 }
    };
    (0..whole.len()).map(value).collect()
}

fn tokens(u: &[f64]) -> Vec<Vec<(String, i64, i64)>> {
    let q: Vec<i64> = u.iter().map(|u| u.floor() as i64).collect();
    let all = |t: usize| {
        let before = if t == 0 { u[0] } else { u[t - 1] };
        let mut list = vec![("u".to_owned(), q[t], 0), ("d".to_owned(), (u[t] - before).floor() as i64, 0)];
        for lag in [1, 2, 4, 8, 16, 32, 64] {
            list.push((format!("p{lag}"), q[t], if t >= lag { q[t - lag] } else { q[0] }));
        }
        list
    };
    (0..u.len()).map(all).collect()
}

fn position(seed: &str, (tag, a, b): &(String, i64, i64)) -> u64 {
    let text = format!("{seed}|{tag}|{a}|{b}");
    let digest = Params::new().hash_length(8).key(seed.as_bytes()).hash(text.as_bytes());
    u64::from_be_bytes(digest.as_bytes().try_into().expect("eight bytes")) % 4096
}

fn count_of<K: Ord>(bags: &[Vec<K>]) -> BTreeMap<&K, f64> {
    let mut counts = BTreeMap::new();
    bags.iter().flatten().for_each(|token| *counts.entry(token).or_insert(0.0) += 1.0);
    counts
}

fn rarity<K: Ord>(bags: &[Vec<K>], last: usize) -> Vec<f64> {
    let surprise = |t: usize| {
        let counts = count_of(&bags[..t]);
        let of = |token| ((t as f64 + 1.0) / (counts.get(token).unwrap_or(&0.0) + 0.5)).ln().max(0.0);
        if t == 0 { 0.0 } else { bags[t].iter().map(of).sum::<f64>() / 9.0 }
    };
    let r: Vec<f64> = (0..bags.len()).map(surprise).collect();
    let mean = |t: usize| {
        let newest = &r[(t + 1).saturating_sub(last)..=t];
        newest.iter().sum::<f64>() / newest.len() as f64
    };
    (0..bags.len()).map(mean).collect()
}

fn token_novelty(positions: &[Vec<u64>]) -> Vec<f64> {
    let mut ring: Vec<(usize, BTreeMap<u64, f64>)> = Vec::new();
    let mut value = 0.15;
    let mut values = Vec::new();
    for t in 0..positions.len() {
        if t >= 16 && t % 2 == 0 {
            let query = signature(positions, t);
            let newest = ring.iter().rev().filter(|(end, _)| end + 16 <= t).take(128);
            let cosines: Vec<f64> = newest.map(|(_, old)| cosine(&query, old)).collect();
            if cosines.len() >= 5 {
                let scale = |n: usize| 1.0 - mean_of_highest(&cosines[..n.min(cosines.len())]);
                value = [8, 32, 128].map(scale).iter().sum::<f64>() / 3.0;
            }
            if t % 8 == 0 {
                ring.push((t, query));
            }
        }
        values.push(value);
    }
    values
}

fn mean_of_highest(cosines: &[f64]) -> f64 {
    let mut sorted = cosines.to_vec();
    sorted.sort_by(|a, b| b.total_cmp(a));
    sorted[..5].iter().sum::<f64>() / 5.0
}

fn signature(positions: &[Vec<u64>], t: usize) -> BTreeMap<u64, f64> {
    let counts = count_of(&positions[..=t]);
    let elevation = |(position, tf): (&&u64, &f64)| {
        let rare = ((9.0 * (t as f64 + 1.0) + 1.0) / (counts[position] + 0.5)).ln().max(0.0);
        (**position, (1.0 + tf).ln() * rare + 1e-12)
    };
    let mut all: Vec<(u64, f64)> = count_of(&positions[t - 15..=t]).iter().map(elevation).collect();
    all.sort_by(|a, b| b.1.total_cmp(&a.1));
    all.truncate(128);
    let length = all.iter().map(|(_, e)| e * e).sum::<f64>().sqrt();
    all.into_iter().map(|(position, e)| (position, e / length)).collect()
}

fn cosine(a: &BTreeMap<u64, f64>, b: &BTreeMap<u64, f64>) -> f64 {
    a.iter().map(|(position, e)| e * b.get(position).unwrap_or(&0.0)).sum()
}

fn flatline(xs: &[f64]) -> Vec<f64> {
    let (mut usual, mut step) =
        (EwMoments::new(2048.0, 200.0, 0.1, 0.0), EwMoments::new(2048.0, 0.0, 0.0, 0.0));
    let mut rests: Vec<f64> = Vec::new();
    let mut values = vec![0.0; xs.len().min(1)];
    for t in 1..xs.len() {
        let d = (xs[t] - xs[t - 1]).abs();
        rests.push(f64::from(u8::from(t > 1 && d <= 0.1 * step.m)));
        let s = rests[rests.len().saturating_sub(16)..].iter().sum::<f64>() / 16.0;
        let p = usual.m.clamp(1e-6, 1.0 - 1e-6);
        let moving = if s < 1.0 { (1.0 - s) * ((1.0 - s) / (1.0 - p)).ln() } else { 0.0 };
        values.push(if t >= 16 && s > usual.m { 16.0 * (s * (s / p).ln() + moving) } else { 0.0 });
        usual.add(rests[rests.len() - 1] - usual.m);
        step.add(d - step.m);
    }
    values
}

fn block_parts(
    raw: &mut [[f64; 15]],
    u: &[f64],
    y: &[f64],
    first: usize,
    size: usize,
    lengths: [usize; 3],
    last: usize,
) {
    let mean = |values: &[f64]| values.iter().sum::<f64>() / size as f64;
    let cut: Vec<f64> = y.iter().map(|y| y.clamp(-25.0, 25.0)).collect();
    let whole: Vec<i64> =
        cut.chunks_exact(size).map(|block| (64.0 * mean(block) + 0.5).floor() as i64).collect();
    let levels: Vec<f64> = u.chunks_exact(size).map(|block| mean(block).clamp(-6.0, 5.999)).collect();
    let shapes = lengths.map(|w| dense(&whole, w, 64.0, 0.4));
    let rare = rarity(&tokens(&levels), last);
    for (t, row) in raw.iter_mut().enumerate() {
        let block = (t + 1) / size;
        for i in 0..3 {
            row[first + i] = if block == 0 { 0.4 } else { shapes[i][block - 1] };
        }
        row[first + 3] = if block == 0 { 1.5 } else { rare[block - 1] };
    }
}

fn scores(z: &[f64; 15], long: bool) -> (f64, f64) {
    let c = |i: usize| z[i].min(5.0);
    let short = (z[0] + c(1) + c(2) + c(3) / 2.0 + c(4) + 2.0 * c(5)).max(z[6]);
    let a8 = 0.8 * (c(7) + c(8) + c(9) / 2.0) + 2.0 * c(10) - 1.0;
    let a64 = 1.3 * (c(11) + c(12) + c(13) / 2.0 + c(14)) - 2.0;
    (short, if long { short.max(a8).max(a64) } else { short })
}

struct Threshold {
    own: bool,
    l: f64,
    highs: Vec<(usize, f64)>,
}

impl Threshold {
    fn p_value(&mut self, t: usize, z: f64) -> f64 {
        if z >= 3.0 {
            let begins = self.highs.last().is_none_or(|(last, _)| t - last > 50);
            if begins && self.own {
                self.raise_to(t);
            }
            self.highs.push((t, z));
            let z = 3.0 + 4.0 * (z - 3.0) / (self.l - 3.0);
            (1e-4 * (-0.7 * (z - 7.0)).exp()).max(1e-300)
        } else if z > -1.0 {
            ((1e-4_f64.ln() + 2.8) * (z + 1.0) / 4.0).exp()
        } else {
            1.0
        }
    }

    /// From every high point there ever was: the episodes, their first highest points, two recurrences.
    fn raise_to(&mut self, t: usize) {
        let mut peaks: Vec<(usize, f64)> = Vec::new();
        for (i, &(at, z)) in self.highs.iter().enumerate() {
            if i == 0 || at - self.highs[i - 1].0 > 50 {
                peaks.push((at, z));
            } else if peaks.last().is_some_and(|peak| z > peak.1) {
                *peaks.last_mut().expect("an episode has begun") = (at, z);
            }
        }
        let recurring = |rank: usize, window: usize, factor: f64| {
            let recent = peaks.iter().filter(|(at, _)| t - at <= window);
            let mut heights: Vec<f64> = recent.map(|peak| peak.1).collect();
            heights.sort_by(|a, b| b.total_cmp(a));
            heights.get(rank - 1).map_or(7.0, |lowest| 3.0 + factor * (lowest - 3.0))
        };
        self.l = 7.0_f64.max(recurring(4, 4096, 1.75)).max(recurring(16, 32_768, 2.0));
    }
}
