//! Whether a departure matters: beside what the run has learned, beside what other signals do.

use crate::monitor::detectors::Context;
use crate::monitor::named::LossMeaning;
use crate::monitor::progress::{GradientLevel, LossProgress};
use crate::monitor::rules::{Family, Rule};

/// The part of its progress that a run must have lost for a lasting rise. Every false alarm of a loss on real healthy logs was
/// below 0.1, most alarms of failing ones above 0.25 (90 real logs, 2026-11-30).
const LOST: f64 = 0.07;
/// The same for a single step. Anything from 0.35 to 0.5 judges those logs alike.
const LOST_AT_ONCE: f64 = 0.35;
/// A single gradient norm is no news while the newest 8 stand at their usual: their median or their mean must be above it.
const MEDIAN: f64 = 1.1;
const MEAN: f64 = 2.0;
/// A gradient that falls with its loss is healthy: how much more a fall of the loss counts, in logarithms.
const WITH_LOSS: f64 = 2.0;

/// Whether a rule whose score is above its threshold should fire.
pub(crate) fn is_material(rule: Rule, context: &Context<'_>) -> bool {
    if context.meaning == LossMeaning::NoProgress && (is_of_progress(rule) || is_of_size(rule)) {
        return false;
    }
    if context.progress.steps.seen_until().is_some() && is_of_past(rule) {
        return false;
    }
    let (loss, gradient) = (&context.progress.loss, &context.progress.gradient);
    let lost = loss.is_made().then_some((loss.departure, loss.step));
    match rule {
        Rule::DriftLoss | Rule::LevelLoss | Rule::Drawdown => lost.is_none_or(|(lasting, _)| lasting >= LOST),
        Rule::JumpLoss => lost.is_none_or(|(_, at_once)| at_once >= LOST_AT_ONCE),
        Rule::JumpGrad => {
            gradient.median >= MEDIAN * gradient.usual
                || gradient.mean >= MEAN * gradient.usual
                || lost.is_some_and(|(_, at_once)| at_once >= LOST_AT_ONCE)
        }
        Rule::FadeGrad | Rule::Vanish => fades(gradient, loss),
        Rule::FrozenLoss | Rule::FrozenGrad => !is_rounded(rule, context),
        _ => true,
    }
}

/// Whether a rule takes a higher loss for a worse one, or a lower one for a leak, whatever its size.
fn is_of_progress(rule: Rule) -> bool {
    use Family::{Again, Collapse, Drawdown, Early, LostProgress};
    let family = rule.family();
    matches!(rule, Rule::DriftLoss | Rule::LevelLoss)
        || matches!(family, Again | Collapse | Drawdown | Early | LostProgress)
}

/// Whether a rule takes one loss of an unusual size for news: that of a policy is a return that surprised, and many times the
/// usual in a run that learns, the more so where few steps make a batch.
fn is_of_size(rule: Rule) -> bool {
    matches!(rule, Rule::JumpLoss | Rule::Explosion)
}

/// Whether a rule compares with rows before: after a step back to an earlier state these are those of a later one.
fn is_of_past(rule: Rule) -> bool {
    use Family::{Drift, Jump, Level, NoiseShare, UpdateSize, Vanishing};
    let family = rule.family();
    is_of_progress(rule) || matches!(family, Drift | Jump | Level | NoiseShare | UpdateSize | Vanishing)
}

fn fades(gradient: &GradientLevel, loss: &LossProgress) -> bool {
    let fall = (gradient.usual / gradient.median).ln();
    fall > WITH_LOSS * (loss.usual_earlier / loss.median).ln().max(0.0)
}

/// Whether a value that stands still was printed with few digits while another signal moves.
fn is_rounded(rule: Rule, context: &Context<'_>) -> bool {
    let value = context.given(rule);
    let few = format!("{value:.4e}").parse() == Ok(value);
    few && context.progress.movement.of_others(rule.signal())
}
