//! Every score from its definition, by looking back over the whole run: slow, and without any running state.

pub(crate) mod dead;
mod learning_rate;
pub(crate) mod lists;
pub(crate) mod progress;
mod rules;
pub(crate) mod stretch;

use anet_core::{Row, Rule};

use super::runs::Run;
use stretch::Stretch;

/// One value a row, where there is one.
pub(crate) type Track = Vec<Option<f64>>;

/// The scores of every row, by rule.
/// Rules that speak of incidents are the decision's.
pub(crate) fn scores(run: &Run) -> Vec<[Option<f64>; Rule::COUNT]> {
    let segments = run.segments();
    let mut table = vec![[None; Rule::COUNT]; run.rows.len()];
    let mut start = 0;
    while start < run.rows.len() {
        let end = segments.iter().filter(|&&first| first == start).count() + start;
        let stretch = Stretch::of(&run.rows[start..end]);
        let learned = rules::scores(&stretch).into_iter().chain(dead::scores(&stretch));
        for (rule, track) in segment_scores(run, start, end).into_iter().chain(learned) {
            for (row, value) in table[start..end].iter_mut().zip(track) {
                row[rule as usize] = value;
            }
        }
        start = end;
    }
    for (at, row) in table.iter_mut().enumerate() {
        life_scores(run, &segments, at, row);
    }
    table
}

/// By how much the baseline asks each score of every row to be higher, where the monitor escalates.
pub(crate) fn inflations(run: &Run) -> Vec<[f64; Rule::COUNT]> {
    let segments = run.segments();
    let mut table = vec![[1.0; Rule::COUNT]; run.rows.len()];
    for start in (0..run.rows.len()).filter(|&at| segments[at] == at) {
        let end = segments.iter().filter(|&&first| first == start).count() + start;
        for (rule, track) in segment_inflations(run, start, end) {
            for (row, value) in table[start..end].iter_mut().zip(track) {
                row[rule as usize] = value.unwrap_or(1.0);
            }
        }
    }
    table
}

fn segment_inflations(run: &Run, start: usize, end: usize) -> Vec<(Rule, Track)> {
    let rows = &run.rows[start..end];
    let x = compressed(&scaled(run, start, end, |row| row.loss));
    let g = compressed(&scaled(run, start, end, |row| row.grad_norm));
    let update = each(rows, |row| log_ratio(row.step_norm, row.lr));
    let noise = each(rows, |row| log_ratio(row.noise, row.grad_norm));
    let (loss, grad) = (autocorrelations(&x, 0.02), autocorrelations(&g, 0.05));
    let both: Track =
        loss.iter().zip(&grad).map(|(l, g)| Some(l.unwrap_or(0.0).max(g.unwrap_or(0.0)))).collect();
    let (single, pair) = cusums(&x, &g);
    let (eight, long) = ([8, 32, 4, 8], [32, 20, 8, 32]);
    vec![
        (Rule::DriftLoss, of_autocorrelation(&single, &loss)),
        (Rule::DriftBoth, of_autocorrelation(&pair, &both)),
        (Rule::LevelLoss, farthest(&x, long, 0.02, 1.0)),
        (Rule::LevelGrad, farthest(&g, long, 0.05, 1.0)),
        (Rule::FadeGrad, farthest(&g, eight, 0.05, -1.0)),
        (Rule::JumpLoss, farthest(&x, [1, 64, 2, 16], 0.02, 1.0)),
        (Rule::JumpGrad, farthest(&g, [1, 64, 2, 16], 0.05, 1.0)),
        (Rule::UpdateUp, farthest(&update, eight, 0.10, 1.0)),
        (Rule::UpdateDown, farthest(&update, eight, 0.10, -1.0)),
        (Rule::NoiseFall, farthest(&noise, eight, 0.05, -1.0)),
        (Rule::Drawdown, of_best(&x)),
    ]
}

/// Twice the farthest z of the baseline on one side, over the adaptive threshold.
fn farthest(track: &Track, shape: [usize; 4], floor: f64, side: f64) -> Track {
    let (rows, values) = packed(track);
    let z: Track = z(track, shape, floor).iter().map(|z| z.map(|z| side * z)).collect();
    let lines = adaptive_thresholds(&z, 4.0);
    let baselines = baselines(track, shape, floor);
    let needed = (0..values.len()).map(|at| {
        let (median, spread, sorted) = baselines[at].as_ref()?;
        let most = if side > 0.0 { sorted[sorted.len() - 1] } else { sorted[0] };
        Some((2.0 * side * (most - median) / spread / lines[rows[at]]?).max(1.0))
    });
    times(&spread_out(track.len(), &rows, needed), &of_maxima(&z))
}

/// 10 (1 + φ) / (1 - φ) over the adaptive threshold, at least 1.
fn of_autocorrelation(sums: &Track, phi: &Track) -> Track {
    let ask = |(line, phi): (&Option<f64>, &Option<f64>)| {
        let phi = phi.unwrap_or(0.0);
        Some((10.0 * (1.0 + phi) / (1.0 - phi) / (*line)?).max(1.0))
    };
    adaptive_thresholds(sums, 10.0).iter().zip(phi).map(ask).collect()
}

fn times(one: &Track, other: &Track) -> Track {
    one.iter().zip(other).map(|(one, other)| Some((*one)? * (*other)?)).collect()
}

/// exp(1.5 (σ - 0.2)), 1 to 9, with σ the standard deviation of the logarithms of the last twelve block maxima.
fn of_maxima(track: &Track) -> Track {
    let (rows, values) = packed(track);
    let factor = |at: usize| {
        let block = at / 32;
        let maximum = |of: usize| values[32 * of..32 * of + 32].iter().copied().fold(f64::MIN, f64::max);
        let blocks = block.saturating_sub(13)..(block + 1).saturating_sub(2);
        let logs: Vec<f64> = blocks.map(|of| maximum(of).max(1.0).ln()).collect();
        if logs.len() < 3 {
            return Some(1.0);
        }
        let mean = logs.iter().sum::<f64>() / logs.len() as f64;
        let variance = logs.iter().map(|log| (log - mean).powi(2)).sum::<f64>() / logs.len() as f64;
        Some((1.5 * (variance.sqrt() - 0.2).max(0.0)).exp().min(9.0))
    };
    spread_out(track.len(), &rows, (0..values.len()).map(factor))
}

/// A drawdown counts in full where the best mean of 32 is at most a tenth of the early loss, not at all where it is below 0.
fn of_best(loss: &Track) -> Track {
    let (rows, values) = packed(loss);
    let means = means(&values, 32);
    let inflation = |at: usize| {
        let best = means[..=at].iter().flatten().copied().reduce(f64::min)?;
        Some(if best < -1e-9 {
            f64::INFINITY
        } else if best <= 5f64.asinh() {
            1.0
        } else {
            2.0
        })
    };
    spread_out(loss.len(), &rows, (0..values.len()).map(inflation))
}

/// The lag-1 autocorrelation of single values, measured with every eighth value of the baseline.
fn autocorrelations(track: &Track, floor: f64) -> Track {
    let (rows, values) = packed(track);
    let phi = |at: usize| {
        let kept: Vec<f64> = (0..=at).filter(|&j| j % 2 == 1 && j + 16 <= at).map(|j| values[j]).collect();
        let count = kept.len() - kept.len() % 8;
        let window = &kept[count.checked_sub(64)?..count];
        let mut sorted = window.to_vec();
        sorted.sort_by(f64::total_cmp);
        let spread = ((sorted[57] - sorted[32]).max(sorted[32] - sorted[6]) / 1.2816).max(floor);
        let near: Vec<f64> = window.iter().map(|v| ((v - sorted[32]) / spread).clamp(-3.0, 3.0)).collect();
        let mean = near.iter().sum::<f64>() / 64.0;
        let variance: f64 = near.iter().map(|v| (v - mean).powi(2)).sum();
        let differences: f64 = near.windows(2).map(|pair| (pair[1] - pair[0]).powi(2)).sum();
        let share = if variance > 1e-12 { 1.0 - differences / (2.0 * variance) } else { 0.0 };
        Some(share.max(0.0).sqrt().min(0.95))
    };
    spread_out(track.len(), &rows, (0..values.len()).map(phi))
}

fn segment_scores(run: &Run, start: usize, end: usize) -> Vec<(Rule, Track)> {
    let rows = &run.rows[start..end];
    let loss = scaled(run, start, end, |row| row.loss);
    let grad = scaled(run, start, end, |row| row.grad_norm);
    let update = each(rows, |row| log_ratio(row.step_norm, row.lr));
    let noise = each(rows, |row| log_ratio(row.noise, row.grad_norm));
    let (x, g) = (compressed(&loss), compressed(&grad));
    let z_loss = z(&x, [1, 64, 2, 16], 0.02);
    let z_grad = z(&g, [1, 64, 2, 16], 0.05);
    let open = unsuppressed(run, start, &x);
    let jump = |track: &Track| {
        let score = over_threshold(track, 4.0);
        score.iter().zip(&open).map(|(score, &open)| score.map(|s| if open { s } else { 0.0 })).collect()
    };
    let (single, both) = cusums(&x, &g);
    let negative = |track: Track| -> Track { track.iter().map(|value| value.map(|value| -value)).collect() };
    let update_up = z(&update, [8, 32, 4, 8], 0.10);
    vec![
        (Rule::DriftLoss, over_threshold(&single, 10.0)),
        (Rule::DriftBoth, over_threshold(&both, 10.0)),
        (Rule::LevelLoss, over_threshold(&z(&x, [32, 20, 8, 32], 0.02), 4.0)),
        (Rule::LevelGrad, over_threshold(&z(&g, [32, 20, 8, 32], 0.05), 4.0)),
        (Rule::FadeGrad, over_threshold(&negative(z(&g, [8, 32, 4, 8], 0.05)), 4.0)),
        (Rule::JumpLoss, jump(&z_loss)),
        (Rule::JumpGrad, jump(&z_grad)),
        (Rule::UpdateUp, over_threshold(&update_up, 4.0)),
        (Rule::UpdateDown, over_threshold(&negative(update_up), 4.0)),
        (Rule::NoiseFall, over_threshold(&negative(z(&noise, [8, 32, 4, 8], 0.05)), 4.0)),
        (Rule::Vanish, vanish(&loss, &grad)),
        (Rule::Drawdown, drawdown(&x)),
    ]
}

/// The two cumulative sums.
fn cusums(x: &Track, g: &Track) -> (Track, Track) {
    let clip = |value: f64| value.clamp(-3.0, 4.0);
    let (z_loss, z_grad) = (z(x, [1, 64, 2, 16], 0.02), z(g, [1, 64, 2, 16], 0.05));
    let single: Track = z_loss.iter().map(|value| value.map(|value| clip(value) - 1.0)).collect();
    let both: Track = z_loss
        .iter()
        .zip(&z_grad)
        .map(|(loss, grad)| Some((clip((*loss)?) + clip((*grad)?)) / 1.6 - 1.0))
        .collect();
    (highest_suffix(&single), highest_suffix(&both))
}

fn each(rows: &[Row], value: impl Fn(&Row) -> Option<f64>) -> Track {
    rows.iter().map(value).collect()
}

fn log_ratio(above: Option<f64>, below: Option<f64>) -> Option<f64> {
    let fine = |value: f64| value.is_finite() && value > 0.0;
    let (above, below) = (above.filter(|&v| fine(v))?, below.filter(|&v| fine(v))?);
    Some(above.ln() - below.ln())
}

/// The signal over the upper median of the first 16 finite non-zero sizes of the whole run, from the row after on.
fn scaled(run: &Run, start: usize, end: usize, signal: impl Fn(&Row) -> Option<f64>) -> Track {
    let finite: Track = run.rows.iter().map(|row| signal(row).filter(|value| value.is_finite())).collect();
    let sizes = (0..run.rows.len()).filter(|&at| finite[at].is_some_and(|value| value != 0.0));
    let first: Vec<usize> = sizes.take(16).collect();
    if first.len() < 16 {
        return vec![None; end - start];
    }
    let mut sorted: Vec<f64> = first.iter().map(|&at| finite[at].expect("chosen").abs()).collect();
    sorted.sort_by(f64::total_cmp);
    (start..end)
        .map(|at| {
            if at > first[15] {
                Some((finite[at]? / sorted[8].max(1e-300)).clamp(-1e300, 1e300))
            } else {
                None
            }
        })
        .collect()
}

fn compressed(track: &Track) -> Track {
    track.iter().map(|value| value.map(|value| (value / 0.02).clamp(-1e300, 1e300).asinh())).collect()
}

/// The rows of a track that have a value, and these values.
fn packed(track: &Track) -> (Vec<usize>, Vec<f64>) {
    track.iter().enumerate().filter_map(|(at, value)| Some((at, (*value)?))).unzip()
}

fn spread_out(length: usize, rows: &[usize], values: impl Iterator<Item = Option<f64>>) -> Track {
    let mut track = vec![None; length];
    for (&row, value) in rows.iter().zip(values) {
        track[row] = value;
    }
    track
}

fn means(values: &[f64], block: usize) -> Vec<Option<f64>> {
    let mean = |at: usize| values[at + 1 - block..=at].iter().sum::<f64>() / block as f64;
    (0..values.len()).map(|at| (at + 1 >= block).then(|| mean(at))).collect()
}

/// Median, spread and sorted means of the baseline at each value of the track.
fn baselines(track: &Track, shape: [usize; 4], floor: f64) -> Vec<Option<(f64, f64, Vec<f64>)>> {
    let [block, window, stride, gap] = shape;
    let means = means(&packed(track).1, block);
    let at_value = |at: usize| {
        let kept = (0..=at).filter(|&j| (j + 1).is_multiple_of(stride) && j + gap <= at);
        let mut newest: Vec<f64> = kept.filter_map(|j| means[j]).collect();
        newest.drain(..newest.len().checked_sub(window)?);
        newest.sort_by(f64::total_cmp);
        let (q, median) = ((window - 1) / 10, newest[window / 2]);
        let wider = (newest[window - 1 - q] - median).max(median - newest[q]) / 1.2816;
        Some((median, wider.max(floor / (block as f64).sqrt()), newest))
    };
    (0..means.len()).map(at_value).collect()
}

fn z(track: &Track, shape: [usize; 4], floor: f64) -> Track {
    let (rows, values) = packed(track);
    let baselines = baselines(track, shape, floor);
    let z = means(&values, shape[0]).into_iter().zip(baselines).map(|(mean, baseline)| {
        let (median, spread, _) = baseline?;
        Some((mean? - median) / spread)
    });
    spread_out(track.len(), &rows, z)
}

fn over_threshold(track: &Track, cap: f64) -> Track {
    let over = |(value, line): (&Option<f64>, Option<f64>)| Some((*value)? / line?);
    track.iter().zip(adaptive_thresholds(track, cap)).map(over).collect()
}

fn adaptive_thresholds(track: &Track, cap: f64) -> Track {
    let (rows, values) = packed(track);
    let line = |at: usize| {
        let block = at as i64 / 32;
        let past = (0..at).filter(|&j| (block - 13..=block - 2).contains(&(j as i64 / 32)));
        past.map(|j| values[j]).fold(cap, f64::max)
    };
    spread_out(track.len(), &rows, (0..values.len()).map(|at| Some(line(at))))
}

/// The largest sum of the newest values, or 0 of none: what a one-sided cumulative sum is.
fn highest_suffix(track: &Track) -> Track {
    let (rows, values) = packed(track);
    let highest = |at: usize| {
        let sums = (0..=at).map(|from| values[from..=at].iter().sum::<f64>());
        sums.fold(0.0, f64::max)
    };
    spread_out(track.len(), &rows, (0..values.len()).map(|at| Some(highest(at))))
}

/// Whether single steps may fire, row by row.
fn unsuppressed(run: &Run, start: usize, loss: &Track) -> Vec<bool> {
    let (rows, _) = packed(loss);
    let baselines = baselines(loss, [1, 64, 2, 16], 0.02);
    (0..loss.len())
        .map(|at| {
            let ever = run.rows[..=start + at].iter().any(|row| row.loss.is_some());
            let newest = rows.iter().rposition(|&row| row <= at).and_then(|index| baselines[index].as_ref());
            !ever || newest.is_some_and(|(median, ..)| *median > 2.5f64.asinh())
        })
        .collect()
}

fn vanish(loss: &Track, grad: &Track) -> Track {
    let pairs: Track = loss.iter().zip(grad).map(|(loss, grad)| loss.and(*grad)).collect();
    let (rows, _) = packed(&pairs);
    let logs = |track: &Track| -> Vec<Option<f64>> {
        let sizes: Vec<f64> = rows.iter().map(|&row| track[row].expect("both accept").abs()).collect();
        means(&sizes, 16).into_iter().map(|mean| mean.map(|mean| mean.max(1e-12).ln())).collect()
    };
    let (a, c) = (logs(grad), logs(loss));
    let least = |logs: &[Option<f64>], at: usize| logs[..=at - 16].iter().flatten().copied().reduce(f64::min);
    let raw = |at: usize| {
        let (lowest_a, lowest_c) = (least(&a, at)?, least(&c, at)?);
        Some(lowest_a - a[at]? - 2.0 * (lowest_c - c[at]?).max(0.0))
    };
    spread_out(loss.len(), &rows, (0..rows.len()).map(|at| if at >= 31 { raw(at) } else { None }))
}

fn drawdown(loss: &Track) -> Track {
    let (rows, values) = packed(loss);
    let means = means(&values, 32);
    let raw = |at: usize| {
        let best = means[..=at].iter().flatten().copied().reduce(f64::min)?;
        Some((means[at]? - best) / 2.0)
    };
    spread_out(loss.len(), &rows, (0..values.len()).map(raw))
}

/// The scores whose escalation is the whole run.
fn life_scores(run: &Run, segments: &[usize], at: usize, row: &mut [Option<f64>; Rule::COUNT]) {
    let rows = &run.rows;
    if let Some((jump, drop)) = learning_rate::scores(&rows[..=at]) {
        (row[Rule::LrJump as usize], row[Rule::LrDrop as usize]) = (Some(jump), Some(drop));
    }
    let previous = |at: usize, signal: fn(&Row) -> Option<f64>| {
        rows[segments[at]..at].iter().rev().find_map(signal).filter(|value| value.is_finite())
    };
    let repeats = |at: usize, signal: fn(&Row) -> Option<f64>| {
        let now = signal(&rows[at])?;
        Some(now.is_finite() && Some(now) == previous(at, signal))
    };
    let positive = |value: Option<f64>| value.is_none_or(|value| value.is_finite() && value > 0.0);
    let loss = |at: usize| Some(repeats(at, |row| row.loss)? && rows[at].loss != Some(0.0));
    let fits = |row: &Row| row.loss == Some(0.0) && row.grad_norm == Some(0.0);
    let grad = |at: usize| Some(repeats(at, |row| row.grad_norm)? && !fits(&rows[at]));
    let step =
        |at: usize| Some(rows[at].step_norm? == 0.0 && positive(rows[at].grad_norm) && positive(rows[at].lr));
    row[Rule::FrozenLoss as usize] = frozen(segments, at, loss);
    row[Rule::FrozenGrad as usize] = frozen(segments, at, grad);
    row[Rule::FrozenStep as usize] = frozen(segments, at, step);
    row[Rule::Nonfinite as usize] = nonfinite(&rows[..=at]);
}

/// How many signals are not finite; none where only gradient and noise are not, for less than 8 rows, and the loss is.
fn nonfinite(rows: &[Row]) -> Option<f64> {
    let bad = |row: &Row| row.values().iter().flatten().filter(|value| !value.is_finite()).count();
    let given = |row: &&Row| row.values().iter().any(Option::is_some);
    let now = rows.last().filter(given)?;
    let run = rows.iter().rev().filter(given).take_while(|row| bad(row) > 0).count();
    let loss = now.loss.is_some_and(f64::is_finite);
    let others = Row { grad_norm: None, noise: None, ..*now };
    let overflows = loss && bad(&others) == 0 && run < 8;
    Some(if overflows { 0.0 } else { bad(now) as f64 })
}

/// The run of sames that ends in this row, over 5 and twice the longest one that ended before it.
fn frozen(segments: &[usize], at: usize, same: impl Fn(usize) -> Option<bool>) -> Option<f64> {
    same(at)?;
    let (mut run, mut longest) = (0u32, 0u32);
    for (row, &start) in segments[..=at].iter().enumerate() {
        if start == row {
            (longest, run) = (longest.max(run), 0);
        }
        match same(row) {
            Some(true) => run += 1,
            Some(false) => (longest, run) = (longest.max(run), 0),
            None => {}
        }
    }
    Some(f64::from(run) / (5.0 + 2.0 * f64::from(longest)))
}
