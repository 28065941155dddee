//! The named signals of a run.

use crate::error::{Error, Result};
use crate::monitor::input::Signal;
use crate::monitor::status::Status;
use crate::state::{fields, state};

use super::evidence::Evidence;
use super::known::{Meaning, can_be_told, known};
use super::{Direction, NamedSignal};

/// The lines fall as the asked rate to this power. With that of the five signals, -0.28, ten asked gave up to 35 on simulated
/// stationary signals (`python -m named_signals` in `benches/`).
const POWER: f64 = -0.2;
/// Rows after an alarm in which another signal's alarm is of the same incident.
const TOGETHER: u64 = 50;

/// Whether the loss of a run tells how far it has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LossMeaning {
    /// The lower, the better: a supervised run, as far as is known.
    Progress,
    /// A reward, a divergence or an entropy is given: the loss of a policy rises and falls in health.
    NoProgress,
}

/// All named signals of a run, in the order in which they came.
#[derive(Debug, Clone, Default)]
pub struct NamedSignals {
    signals: Vec<NamedSignal>,
    /// The values of the newest row.
    values: Vec<Option<f64>>,
    /// The row in which the newest incident opened, and that of its last alarm.
    incident: Option<[u64; 2]>,
}

impl NamedSignals {
    /// The most signals: names that grow without end would fill any memory.
    pub const MOST: usize = 1024;

    /// The signals.
    pub fn all(&self) -> &[NamedSignal] {
        &self.signals
    }

    /// The index of a signal.
    pub fn find(&self, name: &str) -> Option<usize> {
        self.signals.iter().position(|signal| signal.name() == name)
    }

    /// The values of the newest row, by name; signals that it did not give are left out.
    pub fn newest(&self) -> impl Iterator<Item = (&str, f64)> {
        self.signals.iter().zip(&self.values).filter_map(|(signal, value)| Some((signal.name(), (*value)?)))
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.signals.is_empty()
    }

    /// The index of a signal with this direction, made on first mention. Another direction than before starts it anew.
    ///
    /// # Errors
    /// [`Error::OutOfDomain`] for an empty name, for one of the five signals or `step`, for one that no record can tell, and
    /// for one signal more than [`NamedSignals::MOST`].
    pub(crate) fn declare(&mut self, name: &str, direction: Direction) -> Result<usize> {
        let taken = Signal::ALL.iter().any(|signal| signal.name() == name);
        if taken || ["", "step", "batch_id"].contains(&name.trim()) {
            return Err(Error::text(
                "signal",
                "a name beside loss, grad_norm, step_norm, noise, lr, step",
                name,
            ));
        }
        if !can_be_told(name) {
            return Err(Error::text(
                "signal",
                "a name without ; and line ends, which records put between names",
                name,
            ));
        }
        let signal = NamedSignal::new(name, direction);
        match self.find(name) {
            Some(at) if self.signals[at].direction() == direction => Ok(at),
            Some(at) => {
                self.signals[at] = signal;
                Ok(at)
            }
            None if self.signals.len() == Self::MOST => Err(Error::text(
                "signals",
                "at most 1024, so that their memory is bounded",
                format!("one more, {name}"),
            )),
            None => {
                self.signals.push(signal);
                self.values.push(None);
                Ok(self.signals.len() - 1)
            }
        }
    }

    /// The index of a signal; one with a name in common use is adopted with the direction of that name.
    pub fn adopt(&mut self, name: &str) -> Option<usize> {
        self.find(name).or_else(|| self.declare(name, known(name)?.0).ok())
    }

    /// Takes the values of a row, by index. `asked` is the accepted rate of false alarms, which each signal has for itself.
    pub(crate) fn update(&mut self, values: &[(usize, f64)], asked: f64, row: u64) -> Vec<(usize, Evidence)> {
        self.values.fill(None);
        let (factor, mut found) = (asked.powf(POWER), Vec::new());
        let mut alarms = Vec::new();
        for &(at, value) in values {
            let Some(signal) = self.signals.get_mut(at) else { continue };
            self.values[at] = Some(value);
            signal.update(value, factor, row, &mut found);
            alarms.extend(found.drain(..).map(|evidence| (at, evidence)));
        }
        alarms
    }

    /// Follows alarms of this row: the row in which their incident opened.
    pub(crate) fn incident(&mut self, row: u64, of_run: Option<u64>) -> u64 {
        let own = self.incident.filter(|&[_, last]| row - last.min(row) <= TOGETHER);
        let opened = of_run.or(own.map(|[opened, _]| opened)).unwrap_or(row);
        self.incident = Some([opened, row]);
        opened
    }

    /// Whether no signal is away, nor an alarm so young that another one would be of its incident.
    pub(crate) fn is_calm(&self, row: u64) -> bool {
        let is_old = self.incident.is_none_or(|[_, last]| row.saturating_sub(last) > TOGETHER);
        is_old && self.status().is_none_or(|status| status <= Status::Settled)
    }

    /// What the user announced: every signal forgets what was usual.
    pub(crate) fn note(&mut self) {
        self.signals.iter_mut().for_each(NamedSignal::restart);
    }

    /// The worst that a signal makes of the run; `None` without signals.
    pub fn status(&self) -> Option<Status> {
        self.signals.iter().map(NamedSignal::status).max()
    }

    /// Whether a signal of inference is judged.
    pub(crate) fn judge_inference(&self) -> bool {
        self.signals.iter().any(NamedSignal::judges_inference)
    }

    /// What the loss of this run says.
    pub fn loss_meaning(&self) -> LossMeaning {
        let has = |meaning| self.signals.iter().any(|signal| signal.meaning() == meaning);
        let is_policy = has(Meaning::Policy) && !has(Meaning::Supervised);
        if is_policy { LossMeaning::NoProgress } else { LossMeaning::Progress }
    }

    /// As many values as signals, whatever a saved state held.
    fn derive(&mut self) -> Result<()> {
        self.values = vec![None; self.signals.len()];
        Ok(())
    }
}

state!(NamedSignals: NamedSignals, Self::default());

fields!(NamedSignals { signals, incident } then derive);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::monitor::rules::Rule;

    /// Gives a signal its values, one a row; the rows, rules and lengths of its alarms.
    fn alarms(signals: &mut NamedSignals, name: &str, values: &[f64]) -> Vec<(u64, Rule, u64)> {
        let at = signals.adopt(name).unwrap();
        let of_row = |(row, value): (usize, &f64)| {
            let found = signals.update(&[(at, *value)], 1.0, row as u64);
            found.into_iter().map(|(_, seen)| (row as u64, seen.rule, seen.length)).collect::<Vec<_>>()
        };
        values.iter().enumerate().flat_map(of_row).collect()
    }

    fn noisy(level: f64, values: usize) -> impl Iterator<Item = f64> {
        (0..values).map(move |at| level * (1.0 + 0.02 * ((at * 7 % 11) as f64 - 5.0)))
    }

    #[test]
    fn a_reward_that_falls_is_suspect_and_one_that_gives_back_all_it_gained_fails() {
        for (end, wanted) in [(0.7, Status::Suspect), (0.1, Status::Failing)] {
            let mut signals = NamedSignals::default();
            let values: Vec<f64> = noisy(0.1, 40).chain(noisy(1.0, 200)).chain(noisy(end, 20)).collect();
            let found = alarms(&mut signals, "reward", &values);
            assert_eq!(found.len(), 1, "{found:?}");
            assert!((240..250).contains(&found[0].0) && found[0].1 == Rule::SignalFall);
            assert_eq!(signals.status(), Some(wanted));
        }
    }

    #[test]
    fn a_signal_that_comes_back_is_healthy_and_one_that_stays_away_has_settled() {
        for (values_away, wanted) in [(20, Status::Healthy), (400, Status::Settled)] {
            let mut signals = NamedSignals::default();
            let back = if wanted == Status::Healthy { 40 } else { 0 };
            let values: Vec<f64> =
                noisy(1.0, 200).chain(noisy(0.7, values_away)).chain(noisy(1.0, back)).collect();
            assert_eq!(alarms(&mut signals, "reward", &values).len(), 1);
            assert_eq!(signals.status(), Some(wanted));
        }
    }

    #[test]
    fn a_rise_is_no_alarm_of_a_reward_and_resources_never_fail() {
        let jump: Vec<f64> = noisy(1.0, 200).chain(noisy(50.0, 20)).collect();
        let mut signals = NamedSignals::default();
        assert_eq!(alarms(&mut signals, "reward", &jump), []);
        assert_eq!(alarms(&mut signals, "step_time", &jump).len(), 1);
        assert_eq!(signals.status(), Some(Status::Suspect));
    }

    #[test]
    fn an_evaluation_loss_that_rises_over_its_best_overfits_once() {
        let mut signals = NamedSignals::default();
        let losses = [0.62, 0.54, 0.515, 0.53, 0.58, 0.66, 0.78, 0.921, 0.95];
        assert_eq!(alarms(&mut signals, "eval_loss", &losses), [(7, Rule::Overfit, 5)]);
        assert_eq!(signals.status(), Some(Status::Failing), "it is above its start again");
        assert_eq!(
            alarms(&mut NamedSignals::default(), "val_loss", &noisy(0.5, 300).collect::<Vec<_>>()),
            []
        );
    }

    #[test]
    fn what_is_not_finite_is_told_at_once_and_once() {
        let mut signals = NamedSignals::default();
        let values = [1.0, f64::NAN, 1.0, f64::INFINITY];
        assert_eq!(alarms(&mut signals, "kl", &values), [(1, Rule::SignalNonfinite, 1)]);
        assert_eq!(signals.status(), Some(Status::Suspect));
        assert_eq!(alarms(&mut signals, "eval_loss", &[f64::NAN]).len(), 1);
        assert_eq!(signals.status(), Some(Status::Failing));
    }

    #[test]
    fn a_count_of_faults_is_told_at_once_and_fails_the_run_while_it_lasts() {
        let mut signals = NamedSignals::default();
        let values = [0.0, 0.0, 2.0, 3.0];
        assert_eq!(alarms(&mut signals, "ranks_out_of_sync", &values), [(2, Rule::SignalNonzero, 1)]);
        assert_eq!(signals.status(), Some(Status::Failing));
        assert_eq!(alarms(&mut signals, "ranks_out_of_sync", &[0.0; 50]), []);
        assert_eq!(signals.status(), Some(Status::Suspect));
        assert_eq!(alarms(&mut signals, "ranks_out_of_sync", &[0.0]), []);
        assert_eq!(signals.status(), Some(Status::Healthy));
        let found = alarms(&mut signals, "ranks_out_of_sync", &[f64::NAN]);
        assert_eq!(found, [(0, Rule::SignalNonfinite, 3)]);
    }

    #[test]
    fn nothing_is_told_of_a_recorded_signal() {
        let mut signals = NamedSignals::default();
        let values: Vec<f64> = noisy(1.0, 200).chain(noisy(500.0, 20)).chain([f64::NAN]).collect();
        assert_eq!(alarms(&mut signals, "layers.3/activation_kurtosis", &values), []);
        assert_eq!(signals.status(), Some(Status::Healthy));
    }

    #[test]
    fn a_policy_makes_the_loss_no_progress() {
        let mut signals = NamedSignals::default();
        assert!(signals.adopt("val_loss").is_some() && signals.adopt("router_load").is_none());
        assert_eq!(signals.loss_meaning(), LossMeaning::Progress);
        signals.adopt("objective/kl");
        assert_eq!(signals.loss_meaning(), LossMeaning::NoProgress);
    }

    #[test]
    fn an_entropy_beside_an_accuracy_on_targets_is_none_of_a_policy() {
        let mut signals = NamedSignals::default();
        signals.adopt("entropy");
        assert_eq!(signals.loss_meaning(), LossMeaning::NoProgress);
        signals.adopt("mean_token_accuracy");
        assert_eq!(signals.loss_meaning(), LossMeaning::Progress);
    }

    #[test]
    fn the_name_of_another_argument_is_refused() {
        for name in ["loss", "lr", "step", "", " "] {
            assert!(NamedSignals::default().declare(name, Direction::Both).is_err(), "{name}");
        }
    }
}
