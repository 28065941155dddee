//! Alarms and status from the scores, by looking back from every row.

use anet_core::monitor::{Family, Memory, Score, Status};

use super::runs::Run;

type Table = [[Option<f64>; Score::COUNT]];

/// What fires in a row, and how loud.
type Fires = Vec<(Score, f64)>;

/// The alarms that are news, and the status, of every row.
pub fn judge(run: &Run, scores: &Table, rate: f64, memory: Memory) -> Vec<(Vec<Score>, Status)> {
    let segments = run.segments();
    let cautions = match memory {
        Memory::Kept => super::twin::cautions(run),
        Memory::None => vec![[1.0; Score::COUNT]; scores.len()],
    };
    let ratio = |at: usize| ratios(run, &scores[at], &cautions[at], at, rate, memory);
    let ratios: Vec<Fires> = (0..scores.len()).map(ratio).collect();
    let mut fires: Vec<Fires> = Vec::new();
    let mut told = Vec::new();
    for at in 0..scores.len() {
        let start = segments[at];
        let warm = at - start >= 64;
        let lines = lines(&fires[start..at], memory);
        let line = |score: Score| lines[score.family() as usize];
        let whole = |score: Score| matches!(score.family(), Family::Frozen | Family::Nonfinite);
        let over = |&(score, ratio): &(Score, f64)| {
            (ratio > line(score) || (whole(score) && ratio == line(score)))
                && (warm || score == Score::Nonfinite)
        };
        fires.push(ratios[at].iter().copied().filter(over).collect());
        let incident = incident(&fires[start..=at]);
        let (now, before) = match incident.split_last() {
            Some((now, before)) => (now.as_slice(), before),
            None => (&[][..], &[][..]),
        };
        let old = |score: Score| before.iter().flatten().any(|&(other, _)| other == score);
        let news = now.iter().map(|&(score, _)| score).filter(|&score| !old(score)).collect();
        let near = |&(score, ratio): &(Score, f64)| warm && !whole(score) && ratio > 0.8 * line(score);
        let learned =
            scores[start..=at].iter().any(|row| row[..Score::ON_THE_KNOB].iter().any(Option::is_some));
        let status = if fails(incident) {
            Status::Failing
        } else if !incident.is_empty() || ratios[at].iter().any(near) {
            Status::Suspect
        } else if warm && learned {
            Status::Healthy
        } else {
            Status::WarmingUp
        };
        told.push((news, status));
    }
    told
}

fn ratios(
    run: &Run,
    row: &[Option<f64>; Score::COUNT],
    cautions: &[f64; Score::COUNT],
    at: usize,
    rate: f64,
    memory: Memory,
) -> Fires {
    let seen = |at_signal: usize| run.rows[..=at].iter().any(|row| row.values()[at_signal].is_some());
    let [loss, grad, step, noise, lr] = [0, 1, 2, 3, 4].map(seen);
    let n = 3 * u32::from(loss)
        + 3 * u32::from(grad)
        + u32::from(loss && grad)
        + 2 * u32::from(step && lr)
        + u32::from(noise && grad);
    let k = match memory {
        Memory::Kept => (0.60 + 0.09 * f64::from(n)) / rate.powf(0.28),
        Memory::None => 1.0 + 0.06 * f64::from(n) - 0.5 * rate.log10(),
    };
    let ratio = |score: Score, value: f64| {
        let value = value / cautions[score as usize];
        (score, if score.is_on_the_knob() { value / k } else { value })
    };
    Score::ALL.into_iter().filter_map(|score| Some(ratio(score, row[score as usize]?))).collect()
}

/// The rows of the incident that is open in the last row, from its first firing on; empty where none is.
fn incident(fires: &[Fires]) -> &[Fires] {
    let Some(last) = fires.iter().rposition(|row| !row.is_empty()) else { return &[] };
    if fires.len() - 1 - last > 50 {
        return &[];
    }
    let mut first = last;
    while let Some(earlier) = fires[..first].iter().rposition(|row| !row.is_empty())
        && first - earlier <= 50
    {
        first = earlier;
    }
    &fires[first..]
}

fn fails(incident: &[Fires]) -> bool {
    use Family::{Drawdown, Frozen, LearningRate, Nonfinite, Vanishing};
    let mut families: Vec<Family> = incident.iter().flatten().map(|(score, _)| score.family()).collect();
    families.sort();
    families.dedup();
    let grave = |family: &Family| matches!(family, Nonfinite | Frozen | Vanishing | Drawdown | LearningRate);
    let rows = incident.iter().filter(|row| !row.is_empty()).count();
    families.iter().any(grave) || families.len() >= 2 || rows >= 8
}

/// What a family must exceed after the incidents that have closed before the row that follows these.
fn lines(fires: &[Fires], memory: Memory) -> [f64; Family::COUNT] {
    let mut lines = [1.0f64; Family::COUNT];
    if memory == Memory::None {
        return lines;
    }
    let mut loudest = [0.0f64; Family::COUNT];
    let mut quiet = 0;
    for row in fires.iter().chain([&Vec::new()]) {
        if quiet >= 50 {
            close(&mut lines, &mut loudest);
        }
        quiet = if row.is_empty() { quiet + 1 } else { 0 };
        for &(score, ratio) in row {
            let family = score.family() as usize;
            loudest[family] = loudest[family].max(ratio);
        }
    }
    lines
}

fn close(lines: &mut [f64; Family::COUNT], loudest: &mut [f64; Family::COUNT]) {
    let hard = [Family::Nonfinite, Family::Frozen, Family::LearningRate].map(|family| family as usize);
    let soft = |family: &usize| !hard.contains(family);
    let rang = (0..Family::COUNT).filter(soft).any(|family| loudest[family] > 0.0);
    for family in (0..Family::COUNT).filter(soft).filter(|_| rang) {
        lines[family] =
            if loudest[family] > 0.0 { 1.5 * loudest[family].max(1.0) } else { lines[family].max(1.5) };
    }
    *loudest = [0.0; Family::COUNT];
}
