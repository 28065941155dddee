//! Whether a departure matters beside what the run has learned and what other signals do.

use anet_core::{Family, Row, Rule};

use super::twin::dead::seen_until;
use super::twin::progress::Learned;
use super::twin::stretch::Stretch;

pub(crate) fn is_material(rule: Rule, stretch: &Stretch<'_>, at: usize) -> bool {
    if seen_until(stretch, at).is_some() && is_of_past(rule) {
        return false;
    }
    let (loss, gradient) = (stretch.loss(at), stretch.gradient(at));
    let has = |part: fn(&Learned) -> f64, least: f64| loss.is_made() && part(loss) >= least;
    let lasting = has(|loss| loss.departure, 0.07);
    let at_once = has(|loss| loss.step, 0.35);
    match rule {
        Rule::DriftLoss | Rule::LevelLoss | Rule::Drawdown => !loss.is_made() || lasting,
        Rule::JumpLoss => !loss.is_made() || at_once,
        Rule::JumpGrad => {
            gradient.median >= 1.1 * gradient.usual || gradient.mean >= 2.0 * gradient.usual || at_once
        }
        Rule::FadeGrad | Rule::Vanish => {
            let of_loss = (loss.usual_earlier / loss.median).ln().max(0.0);
            (gradient.usual / gradient.median).ln() > 2.0 * of_loss
        }
        Rule::FrozenLoss => !(is_rounded(stretch.rows[at].loss) && others_move(stretch, at, 0)),
        Rule::FrozenGrad => !(is_rounded(stretch.rows[at].grad_norm) && others_move(stretch, at, 1)),
        _ => true,
    }
}

/// Whether a rule compares with what came before.
fn is_of_past(rule: Rule) -> bool {
    use Family::{
        Again, Collapse, Drawdown, Drift, Early, Jump, Level, LostProgress, NoiseShare, UpdateSize, Vanishing,
    };
    matches!(
        rule.family(),
        Again
            | Collapse
            | Drawdown
            | Drift
            | Early
            | Jump
            | Level
            | LostProgress
            | NoiseShare
            | UpdateSize
            | Vanishing
    )
}

/// Whether five digits say all of it.
fn is_rounded(value: Option<f64>) -> bool {
    value.is_some_and(|value| format!("{value:.4e}").parse() == Ok(value))
}

/// Whether another signal changed from one row to the next in the newest five rows of the segment.
fn others_move(stretch: &Stretch<'_>, at: usize, signal: usize) -> bool {
    let changes = |pair: &[Row]| {
        let pairs = pair[0].values().into_iter().zip(pair[1].values());
        let differ = pairs.map(|(before, now)| before.zip(now).is_some_and(|(before, now)| before != now));
        differ.enumerate().any(|(other, differs)| differs && other != signal)
    };
    stretch.rows[at.saturating_sub(5)..=at].windows(2).any(changes)
}
