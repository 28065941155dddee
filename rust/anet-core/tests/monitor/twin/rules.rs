//! The rules that compare a loss with what the run itself has learned, one function a rule.

use anet_core::Rule;

use super::Track;
use super::progress::{given_back, had_fallen, had_settled};
use super::stretch::Stretch;

pub(crate) fn scores(run: &Stretch<'_>) -> Vec<(Rule, Track)> {
    vec![
        (Rule::Explosion, explosion(run)),
        (Rule::OverStart, over_start(run)),
        (Rule::GaveBack, each_loss(run, |at| gave_back(run, at))),
        (Rule::OverAll, once(each_loss(run, |at| over_all(run, at)))),
        (Rule::EarlyRise, once(each_loss(run, |at| early_rise(run, at)))),
        (Rule::EarlyBurst, once(each_loss(run, |at| early_burst(run, at)))),
        (Rule::Collapse, collapse(run)),
    ]
}

pub(crate) fn each_loss(run: &Stretch<'_>, score: impl Fn(usize) -> Option<f64>) -> Track {
    (0..run.rows.len()).map(|at| run.new_loss(at).and_then(|_| score(at))).collect()
}

/// Only the first.
pub(crate) fn once(mut track: Track) -> Track {
    if let Some(first) = track.iter().position(Option::is_some) {
        track[first + 1..].fill(None);
    }
    track
}

/// The first burst at once; a later one with the next loss, where that is over twice what the burst was compared with.
fn explosion(run: &Stretch<'_>) -> Track {
    let highest = |at: usize| run.loss(at).recent_highest;
    let bursts = |at: usize| {
        let seen = run.loss(at);
        let loss = run.new_loss(at).expect("chosen");
        !seen.negative && seen.usual > 0.0 && loss > 16.0 * highest(at)
    };
    let rows = run.loss_rows();
    let first = rows.iter().copied().find(|&at| bursts(at));
    let mut track = vec![None; run.rows.len()];
    for (index, &at) in rows.iter().enumerate().filter(|&(_, &at)| !run.loss(at).negative) {
        let loss = run.new_loss(at).expect("chosen");
        let last = index.checked_sub(1).map(|index| rows[index]);
        let later = last.filter(|&last| bursts(last) && Some(last) != first && loss > 2.0 * highest(last));
        let compared = later.or(first.filter(|&first| first == at)).map(highest);
        track[at] = compared.map(|compared| (loss / (16.0 * compared)).max(1.0));
    }
    track
}

/// 8 losses over the start by a quarter; not again before 32 rows were low.
fn over_start(run: &Stretch<'_>) -> Track {
    let is_over = |at: usize| {
        let loss = run.loss(at);
        loss.is_made()
            && loss.mean >= 1.25 * loss.start
            && loss.learned() >= 2.0 * loss.spread
            && loss.newest_above(loss.start) >= 6
            && had_settled(run.losses(at))
    };
    let is_low = |at: usize| run.loss(at).mean < run.loss(at).best + run.loss(at).learned() / 2.0;
    let rows = run.loss_rows();
    let mut track = vec![None; run.rows.len()];
    let mut fired: Option<usize> = None;
    for (index, &at) in rows.iter().enumerate() {
        let armed =
            fired.is_none_or(|last| rows[last + 1..index].iter().filter(|&&at| is_low(at)).count() >= 32);
        if armed && is_over(at) {
            fired = Some(index);
            track[at] = Some(run.loss(at).mean / (1.25 * run.loss(at).start));
        }
    }
    track
}

fn gave_back(run: &Stretch<'_>, at: usize) -> Option<f64> {
    let rows = given_back(run.losses(at));
    (rows >= 64).then_some(rows as f64 / 64.0)
}

fn over_all(run: &Stretch<'_>, at: usize) -> Option<f64> {
    let loss = run.loss(at);
    let limit = 1.5 * loss.highest;
    let over = !loss.negative && loss.start > 0.0 && loss.rows > 24 && loss.newest_above(limit) >= 6;
    (over && loss.earlier <= 1.1 * loss.start).then_some((loss.mean / limit).max(1.0))
}

fn early_rise(run: &Stretch<'_>, at: usize) -> Option<f64> {
    let loss = run.loss(at);
    let half = loss.learned() / 2.0;
    let learned = !loss.negative && loss.start > 0.0 && loss.learned() >= 0.1 * loss.start;
    let lost =
        loss.newest_above(loss.best + half) >= 6 && loss.mean - loss.best >= half.max(3.0 * loss.spread);
    let sudden = loss.earlier - loss.best < 0.3 * loss.learned() && had_fallen(run.losses(at));
    ((16..232).contains(&at) && learned && lost && sudden).then_some(1.0)
}

fn early_burst(run: &Stretch<'_>, at: usize) -> Option<f64> {
    let (loss, gradient) = (run.loss(at), run.gradient(at));
    let half = loss.learned() / 2.0;
    let lost = half > 0.0 && loss.mean - loss.best >= half.max(6.0 * loss.spread);
    let loud = run.rows[at].grad_norm.is_some() && gradient.mean > 3.0 * gradient.usual;
    ((24..232).contains(&at) && lost && loud).then_some(1.0)
}

/// A fall larger than twice any before, in logarithms; not again while it is still falling.
fn collapse(run: &Stretch<'_>) -> Track {
    let rows: Vec<usize> = run.loss_rows().into_iter().filter(|&at| run.loss(at).rows >= 16).collect();
    let start = rows.first().map_or(f64::NAN, |&at| run.loss(at).start);
    let unit = (0.02 * start.abs()).max(f64::MIN_POSITIVE);
    let logarithm = |loss: f64| (loss / unit).asinh();
    let earlier = |at: usize| run.loss(rows[at]).usual_earlier;
    let now = |at: usize| run.loss(rows[at]).median;
    let falls: Vec<f64> = (0..rows.len()).map(|at| logarithm(earlier(at)) - logarithm(now(at))).collect();
    let limit = |at: usize| {
        let old = &falls[..(at + 1).saturating_sub(80)];
        (2.0 * old.iter().copied().fold(0.0, f64::max)).max(0.5)
    };
    let collapses = |at: usize| {
        let lowest = (0..=at).map(earlier).fold(f64::INFINITY, f64::min);
        let seen = run.losses(rows[at]);
        let deep = earlier(at) - now(at) >= 3.0 * run.loss(rows[at]).spread;
        let new = logarithm(lowest) - logarithm(now(at)) > 0.25;
        let made = seen.len() > 152 && seen[seen.len() - 17].is_made();
        falls[at] > limit(at) && new && deep && made
    };
    let collapsed: Vec<bool> = (0..rows.len()).map(collapses).collect();
    let mut track = vec![None; run.rows.len()];
    for at in (0..rows.len()).filter(|&at| collapsed[at]) {
        let end = (0..at).rev().find(|&row| collapsed[row] || falls[row] < 0.25 || falls[row].is_nan());
        let is_falling = end.is_some_and(|row| collapsed[row]);
        track[rows[at]] = (!is_falling).then(|| falls[at] / limit(at));
    }
    track
}
