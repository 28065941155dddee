//! Every score from its definition, by looking back over the whole run: slow, and without any running state.

use anet_core::monitor::{Row, Score};

use super::runs::Run;

/// One value a row, where there is one.
pub type Track = Vec<Option<f64>>;

/// The scores of every row, by score number.
pub fn scores(run: &Run) -> Vec<[Option<f64>; Score::COUNT]> {
    let segments = run.segments();
    let mut table = vec![[None; Score::COUNT]; run.rows.len()];
    let mut start = 0;
    while start < run.rows.len() {
        let end = segments.iter().filter(|&&first| first == start).count() + start;
        for (score, track) in segment_scores(run, start, end) {
            for (row, value) in table[start..end].iter_mut().zip(track) {
                row[score as usize] = value;
            }
        }
        start = end;
    }
    for (at, row) in table.iter_mut().enumerate() {
        life_scores(run, &segments, at, row);
    }
    table
}

/// By how much the baseline asks each score of every row to be higher, where the monitor remembers.
pub fn cautions(run: &Run) -> Vec<[f64; Score::COUNT]> {
    let segments = run.segments();
    let mut table = vec![[1.0; Score::COUNT]; run.rows.len()];
    for start in (0..run.rows.len()).filter(|&at| segments[at] == at) {
        let end = segments.iter().filter(|&&first| first == start).count() + start;
        for (score, track) in segment_cautions(run, start, end) {
            for (row, value) in table[start..end].iter_mut().zip(track) {
                row[score as usize] = value.unwrap_or(1.0);
            }
        }
    }
    table
}

fn segment_cautions(run: &Run, start: usize, end: usize) -> Vec<(Score, Track)> {
    let rows = &run.rows[start..end];
    let x = compressed(&scaled(run, start, end, |row| row.loss));
    let g = compressed(&scaled(run, start, end, |row| row.grad_norm));
    let update = each(rows, |row| log_ratio(row.step_norm, row.lr));
    let noise = each(rows, |row| log_ratio(row.noise, row.grad_norm));
    let (loss, grad) = (hangs(&x, 0.02), hangs(&g, 0.05));
    let both: Track =
        loss.iter().zip(&grad).map(|(l, g)| Some(l.unwrap_or(0.0).max(g.unwrap_or(0.0)))).collect();
    let (single, pair) = drifts(&x, &g);
    let (eight, long) = ([8, 32, 4, 8], [32, 20, 8, 32]);
    vec![
        (Score::DriftLoss, sticky(&single, &loss)),
        (Score::DriftBoth, sticky(&pair, &both)),
        (Score::LevelLoss, reach(&x, long, 0.02, 1.0)),
        (Score::LevelGrad, reach(&g, long, 0.05, 1.0)),
        (Score::FadeGrad, reach(&g, eight, 0.05, -1.0)),
        (Score::JumpLoss, reach(&x, [1, 64, 2, 16], 0.02, 1.0)),
        (Score::JumpGrad, reach(&g, [1, 64, 2, 16], 0.05, 1.0)),
        (Score::UpdateUp, reach(&update, eight, 0.10, 1.0)),
        (Score::UpdateDown, reach(&update, eight, 0.10, -1.0)),
        (Score::NoiseFall, reach(&noise, eight, 0.05, -1.0)),
        (Score::Drawdown, of_best(&x)),
    ]
}

/// Twice the farthest z of the baseline on one side, over the own line.
fn reach(track: &Track, shape: [usize; 4], floor: f64, side: f64) -> Track {
    let (rows, values) = packed(track);
    let z: Track = z(track, shape, floor).iter().map(|z| z.map(|z| side * z)).collect();
    let lines = own_lines(&z, 4.0);
    let baselines = baselines(track, shape, floor);
    let needed = (0..values.len()).map(|at| {
        let (median, spread, sorted) = baselines[at].as_ref()?;
        let farthest = if side > 0.0 { sorted[sorted.len() - 1] } else { sorted[0] };
        Some((2.0 * side * (farthest - median) / spread / lines[rows[at]]?).max(1.0))
    });
    times(&spread_out(track.len(), &rows, needed), &swings(&z))
}

/// Ten times what values that hang together so ask for, over the own line.
fn sticky(sums: &Track, hangs: &Track) -> Track {
    let ask = |(line, phi): (&Option<f64>, &Option<f64>)| {
        let phi = phi.unwrap_or(0.0);
        Some((10.0 * (1.0 + phi) / (1.0 - phi) / (*line)?).max(1.0))
    };
    own_lines(sums, 10.0).iter().zip(hangs).map(ask).collect()
}

fn times(one: &Track, other: &Track) -> Track {
    one.iter().zip(other).map(|(one, other)| Some((*one)? * (*other)?)).collect()
}

/// What the standard deviation of the logarithms of twelve block maxima asks for: e to 1.5 times what it has above 0.2.
fn swings(track: &Track) -> Track {
    let (rows, values) = packed(track);
    let swing = |at: usize| {
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
    spread_out(track.len(), &rows, (0..values.len()).map(swing))
}

/// A drawdown counts in full where the best mean of 32 is at most a tenth of the early loss, not at all where it is below 0.
fn of_best(loss: &Track) -> Track {
    let (rows, values) = packed(loss);
    let means = means(&values, 32);
    let caution = |at: usize| {
        let best = means[..=at].iter().flatten().copied().reduce(f64::min)?;
        Some(if best < 0.0 {
            f64::INFINITY
        } else if best <= 5f64.asinh() {
            1.0
        } else {
            2.0
        })
    };
    spread_out(loss.len(), &rows, (0..values.len()).map(caution))
}

/// How single values hang together, measured with every eighth value of the baseline.
fn hangs(track: &Track, floor: f64) -> Track {
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

fn segment_scores(run: &Run, start: usize, end: usize) -> Vec<(Score, Track)> {
    let rows = &run.rows[start..end];
    let loss = scaled(run, start, end, |row| row.loss);
    let grad = scaled(run, start, end, |row| row.grad_norm);
    let update = each(rows, |row| log_ratio(row.step_norm, row.lr));
    let noise = each(rows, |row| log_ratio(row.noise, row.grad_norm));
    let (x, g) = (compressed(&loss), compressed(&grad));
    let z_loss = z(&x, [1, 64, 2, 16], 0.02);
    let z_grad = z(&g, [1, 64, 2, 16], 0.05);
    let open = gate(run, start, &x);
    let jump = |track: &Track| {
        let score = own(track, 4.0);
        score.iter().zip(&open).map(|(score, &open)| score.map(|s| if open { s } else { 0.0 })).collect()
    };
    let (single, both) = drifts(&x, &g);
    let negative = |track: Track| -> Track { track.iter().map(|value| value.map(|value| -value)).collect() };
    let update_up = z(&update, [8, 32, 4, 8], 0.10);
    vec![
        (Score::DriftLoss, own(&single, 10.0)),
        (Score::DriftBoth, own(&both, 10.0)),
        (Score::LevelLoss, own(&z(&x, [32, 20, 8, 32], 0.02), 4.0)),
        (Score::LevelGrad, own(&z(&g, [32, 20, 8, 32], 0.05), 4.0)),
        (Score::FadeGrad, own(&negative(z(&g, [8, 32, 4, 8], 0.05)), 4.0)),
        (Score::JumpLoss, jump(&z_loss)),
        (Score::JumpGrad, jump(&z_grad)),
        (Score::UpdateUp, own(&update_up, 4.0)),
        (Score::UpdateDown, own(&negative(update_up), 4.0)),
        (Score::NoiseFall, own(&negative(z(&noise, [8, 32, 4, 8], 0.05)), 4.0)),
        (Score::Vanish, vanish(&loss, &grad)),
        (Score::Drawdown, drawdown(&x)),
    ]
}

/// The two cumulative sums.
fn drifts(x: &Track, g: &Track) -> (Track, Track) {
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
    (start..end).map(|at| if at > first[15] { Some(finite[at]? / sorted[8]) } else { None }).collect()
}

fn compressed(track: &Track) -> Track {
    track.iter().map(|value| value.map(|value| (value / 0.02).asinh())).collect()
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

fn own(track: &Track, cap: f64) -> Track {
    let over = |(value, line): (&Option<f64>, Option<f64>)| Some((*value)? / line?);
    track.iter().zip(own_lines(track, cap)).map(over).collect()
}

fn own_lines(track: &Track, cap: f64) -> Track {
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

/// Whether single steps may ring, row by row.
fn gate(run: &Run, start: usize, loss: &Track) -> Vec<bool> {
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

/// The scores whose memory is the whole run.
fn life_scores(run: &Run, segments: &[usize], at: usize, row: &mut [Option<f64>; Score::COUNT]) {
    let rows = &run.rows;
    let now = &rows[at];
    let rates: Vec<f64> = rows[..at].iter().filter_map(|row| row.lr.filter(|lr| lr.is_finite())).collect();
    if let (Some(lr), Some(&last)) = (now.lr.filter(|lr| lr.is_finite()), rates.last()) {
        let largest = rates.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let jump = if lr > 0.0 && largest > 0.0 { (lr / largest).ln().max(0.0) } else { 0.0 };
        let falls = last > 0.0 && last > 0.02 * largest;
        let drop = if falls { (last / lr.max(1e-12 * last)).ln().max(0.0) } else { 0.0 };
        row[Score::LrJump as usize] = Some(jump / 1.5f64.ln());
        row[Score::LrDrop as usize] = Some(drop / 30f64.ln());
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
    row[Score::FrozenLoss as usize] = frozen(segments, at, loss);
    row[Score::FrozenGrad as usize] = frozen(segments, at, grad);
    row[Score::FrozenStep as usize] = frozen(segments, at, step);
    if now.values().iter().any(Option::is_some) {
        let bad = now.values().iter().flatten().filter(|value| !value.is_finite()).count();
        row[Score::Nonfinite as usize] = Some(bad as f64);
    }
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
