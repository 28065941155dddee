//! From scores to alarms: what fires, what is new, when it has calmed down, and how strong it must be the next time.

use crate::monitor::rules::{Escalation, Family, Fires, FirstRows, Repetition, Rule, RuleSet, Severity};
use crate::state::fields;

use super::effect::Effect;

/// Rows without a firing rule after which an incident is over (first study, 2026-11-24).
pub(crate) const CALM: u64 = 50;
/// The factor by which a family must exceed its strongest to fire again in the same segment: part of what cut false alarms
/// from 1.32 to 0.79 on the zoo's held-out part, at 0.005 of recall (`make zoo`, 2026-11-24).
const STRONGER: f64 = 1.5;
/// The part of a threshold above which the run is suspect: healthy runs are there in 0.5 % of rows (first study, 2026-11-24).
const CLOSE: f64 = 0.8;
/// Rows of one incident that make it a failure whatever fires: the length of the shortest blocks that rules average.
const LASTING: u64 = 8;

/// The incident under way, and what earlier ones of the segment have taught.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Incident {
    open: bool,
    opened: u64,
    last_firing: u64,
    firing_rows: u64,
    fired: RuleSet,
    /// Whether its effect has been large.
    effect: Effect,
    strongest: [f64; Family::COUNT],
    thresholds: [f64; Family::COUNT],
}

/// What one row is, after its scores are observed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RowVerdict {
    /// The rules that fire.
    pub firing: RuleSet,
    strongest: [f64; Family::COUNT],
    proximity: Proximity,
}

/// Whether some score of the row that is not a count comes close to its threshold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Proximity {
    Far,
    Close,
}

/// Whether the row is past the warm-up of its segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WarmUp {
    UnderWay,
    Over,
}

impl Default for Incident {
    fn default() -> Self {
        Self {
            open: false,
            opened: 0,
            last_firing: 0,
            firing_rows: 0,
            fired: RuleSet::default(),
            effect: Effect::Small,
            strongest: [0.0; Family::COUNT],
            thresholds: [1.0; Family::COUNT],
        }
    }
}

impl Default for RowVerdict {
    fn default() -> Self {
        Self { firing: RuleSet::default(), strongest: [0.0; Family::COUNT], proximity: Proximity::Far }
    }
}

impl RowVerdict {
    /// Whether some score that is not a count comes close to its threshold.
    pub(crate) fn is_close(&self) -> bool {
        self.proximity == Proximity::Close
    }
}

impl Incident {
    /// Closes the incident if it has calmed down before this row; says whether it did.
    pub(crate) fn begin(&mut self, row: u64, escalation: Escalation) -> bool {
        let closes = self.open && row - self.last_firing.min(row) > CALM;
        if closes {
            self.close(escalation);
        }
        closes
    }

    /// Takes one score over what it must exceed. Only what needs no baseline can fire in the warm-up, and only what matters.
    pub(crate) fn observe(
        &self,
        rule: Rule,
        ratio: f64,
        warm_up: WarmUp,
        matters: impl Fn() -> bool,
        verdict: &mut RowVerdict,
    ) {
        let family = rule.family();
        let threshold = self.thresholds[family as usize];
        let counts = family.fires() == Fires::AtCount;
        let fires = ratio > threshold || (counts && ratio == threshold);
        if fires && (warm_up == WarmUp::Over || family.first_rows() == FirstRows::Count) && matters() {
            verdict.firing.insert(rule);
            let strongest = &mut verdict.strongest[family as usize];
            *strongest = strongest.max(ratio);
        }
        if warm_up == WarmUp::Over && !counts && ratio > CLOSE * threshold && matters() {
            verdict.proximity = Proximity::Close;
        }
    }

    /// Ends the row: the rules that fire for the first time in this incident.
    pub(crate) fn end(&mut self, row: u64, verdict: &RowVerdict) -> RuleSet {
        if verdict.firing.is_empty() {
            return RuleSet::default();
        }
        if !self.open {
            (self.open, self.opened) = (true, row);
        }
        let new = RuleSet(verdict.firing.0 & !self.fired.0);
        self.fired.0 |= verdict.firing.0;
        self.last_firing = row;
        self.firing_rows += 1;
        for (strongest, ratio) in self.strongest.iter_mut().zip(verdict.strongest) {
            *strongest = strongest.max(ratio);
        }
        new
    }

    /// Whether an incident is open.
    pub(crate) fn is_open(&self) -> bool {
        self.open
    }

    /// The row in which the incident under way opened.
    pub(crate) fn opened(&self) -> Option<u64> {
        self.open.then_some(self.opened)
    }

    /// The rules that have fired in the incident under way.
    pub(crate) fn fired(&self) -> RuleSet {
        self.fired
    }

    /// Takes how large the effect is in this row: what was large once is large for the whole incident.
    pub(crate) fn feel(&mut self, effect: Effect) {
        if self.open && effect == Effect::Large {
            self.effect = Effect::Large;
        }
    }

    /// Whether the incident under way is a failure: a certain rule; or its effect is large and there is a severe rule, a second
    /// family, or an eighth firing row.
    pub(crate) fn is_failure(&self) -> bool {
        let mut families = self.fired.rules().map(Rule::family);
        let Some(first) = families.next() else { return false };
        let has = |wanted| self.fired.rules().any(|rule| rule.family().severity() == wanted);
        let serious =
            has(Severity::Severe) || self.firing_rows >= LASTING || families.any(|family| family != first);
        has(Severity::Certain) || (serious && self.effect == Effect::Large)
    }

    fn close(&mut self, escalation: Escalation) {
        if escalation == Escalation::On {
            self.escalate();
        }
        let thresholds = self.thresholds;
        *self = Self { thresholds, ..Self::default() };
    }

    /// What has calmed down by itself was a false alarm, or is over: the next one must be stronger, the more so in a family
    /// that has fired.
    fn escalate(&mut self) {
        let fired = self.fired();
        let escalates = |family: &Family| family.repetition() == Repetition::Escalates;
        if !fired.rules().map(Rule::family).any(|family| escalates(&family)) {
            return;
        }
        for family in Rule::ALL.map(Rule::family).into_iter().filter(escalates) {
            let threshold = &mut self.thresholds[family as usize];
            *threshold = threshold.max(STRONGER);
        }
        for family in fired.rules().map(Rule::family).filter(escalates) {
            self.thresholds[family as usize] = STRONGER * self.strongest[family as usize].max(1.0);
        }
    }
}

fields!(Incident { open, opened, last_firing, firing_rows, fired, effect, strongest, thresholds });
