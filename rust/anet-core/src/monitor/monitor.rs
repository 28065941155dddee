//! A monitor of the whole run and one for each group of parameters, whose alarms are rolled up: one fault, one alarm.

use crate::error::Result;

use super::alarm::{CALM, RuleAlarm};
use super::annotation::Annotation;
use super::baseline::median_of_others;
use super::input::Row;
use super::named::{Direction, LossMeaning, NamedSignals};
use super::run_monitor::RunMonitor;
use super::status::Status;
use super::summary::RunSummary;

/// The training monitor: the whole run, and its groups of parameters.
///
/// The whole run has the asked false alarms, whether there are groups or not; the groups together have half as many again.
///
/// ```
/// use anet_core::{Escalation, FalseAlarmRate, Monitor, Row, RunMonitor, Status};
/// let mut monitor = Monitor::new(RunMonitor::new(FalseAlarmRate::default(), Escalation::On));
/// assert_eq!(monitor.update(&Row { loss: Some(f64::NAN), ..Row::default() }), Status::Failing);
/// assert_eq!(monitor.alarms()[0].of_rule.rule.name(), "nonfinite");
/// ```
#[derive(Debug, Clone)]
pub struct Monitor {
    run: RunMonitor,
    groups: Vec<Group>,
    alarms: Vec<Alarm>,
    /// The row in which a fault of groups alone began, and the last row in which one of them alarmed.
    fault: Option<(u64, u64)>,
    annotation: Annotation,
    named: NamedSignals,
    /// How much each group moved in the last step, sorted: kept for its allocation.
    moves: Vec<f64>,
}

/// A group of parameters.
#[derive(Debug, Clone)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// Its monitor.
    pub monitor: RunMonitor,
    new_alarms: Vec<RuleAlarm>,
}

/// An alarm, and the groups in which it shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Alarm {
    /// The rule's alarm: the whole run's, or the strongest of the groups.
    pub of_rule: RuleAlarm,
    /// Indices of the groups that alarmed in this row, the strongest first.
    pub groups: Vec<usize>,
    /// The index of the named signal that it is about, which the signal of the rule does not tell.
    pub named: Option<usize>,
}

impl Group {
    /// The alarms that wait for the next row of the run.
    pub(crate) fn new_alarms(&self) -> &[RuleAlarm] {
        &self.new_alarms
    }
}

impl Group {
    /// The strength of its strongest new alarm.
    fn strength(&self) -> f64 {
        self.new_alarms.iter().map(|alarm| alarm.strength).fold(0.0, f64::max)
    }
}

impl Monitor {
    /// A monitor without groups.
    pub fn new(run: RunMonitor) -> Self {
        let (groups, alarms, moves) = (Vec::new(), Vec::new(), Vec::new());
        let (annotation, named) = (Annotation::default(), NamedSignals::default());
        Self { run, groups, alarms, fault: None, annotation, named, moves }
    }

    /// The monitor of the whole run.
    pub fn run(&self) -> &RunMonitor {
        &self.run
    }

    /// The groups, in the order in which they came.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// The index of a group, made on first mention.
    pub fn group(&mut self, name: &str) -> usize {
        if let Some(index) = self.groups.iter().position(|group| group.name == name) {
            return index;
        }
        let monitor = RunMonitor::new(self.run.rate(), self.run.escalation());
        self.add_group(name.to_owned(), monitor);
        self.groups.len() - 1
    }

    /// Adds a group that was saved.
    pub fn add_group(&mut self, name: String, monitor: RunMonitor) {
        self.groups.push(Group { name, monitor, new_alarms: Vec::new() });
        self.divide();
    }

    /// Gives the newest group the alarms that waited for a row.
    pub(crate) fn set_new_alarms(&mut self, alarms: Vec<RuleAlarm>) {
        self.groups.iter_mut().last().into_iter().for_each(|group| group.new_alarms.clone_from(&alarms));
    }

    /// Half of the asked false alarms for the groups together.
    fn divide(&mut self) {
        let groups = self.groups.len() as u32;
        self.groups.iter_mut().for_each(|group| group.monitor.share(2 * groups));
    }

    /// Announces a change to all monitors.
    pub fn note(&mut self, text: &str) {
        self.annotation.announce(text);
        self.run.note();
        self.groups.iter_mut().for_each(|group| group.monitor.note());
        self.named.note();
    }

    /// The index of a named signal with this direction, made on first mention.
    ///
    /// # Errors
    /// [`crate::Error::OutOfDomain`] for an empty name, and for the name of one of the five signals.
    pub fn declare(&mut self, name: &str, direction: Direction) -> Result<usize> {
        self.named.declare(name, direction)
    }

    /// The index of a named signal; one with a name in common use is made, with the direction of that name.
    pub fn adopt(&mut self, name: &str) -> Option<usize> {
        self.named.adopt(name)
    }

    /// The named signals.
    pub fn named(&self) -> &NamedSignals {
        &self.named
    }

    /// Sets what [`Monitor::named`] gave. What was declared here stays declared, with its direction.
    pub fn set_named(&mut self, named: NamedSignals) {
        let declared = std::mem::replace(&mut self.named, named);
        self.declare_like(&declared);
    }

    /// Declares what another monitor has: what was declared once has a name that can be.
    pub(crate) fn declare_like(&mut self, named: &NamedSignals) {
        for signal in named.all() {
            let _ = self.named.declare(signal.name(), signal.direction());
        }
    }

    /// What the loss of this run says: no progress where a reward, a divergence or an entropy is named.
    pub fn loss_is_progress(&self) -> LossMeaning {
        self.named.loss_meaning()
    }

    /// Takes a row of one group; its alarms wait for the next row of the run.
    pub fn update_group(&mut self, index: usize, row: &Row) -> Status {
        let is_alone = self.groups.len() == 1 && self.run.rows() > 0;
        let group = &mut self.groups[index];
        let status = if is_alone { group.monitor.update(row) } else { group.monitor.update_among_peers(row) };
        group.new_alarms.extend_from_slice(group.monitor.alarms());
        status
    }

    /// Takes a row of the whole run and rolls up the alarms of its groups since the last one.
    pub fn update(&mut self, row: &Row) -> Status {
        self.update_named(row, &[])
    }

    fn update_run(&mut self, row: &Row) {
        self.run.update(row);
        if self.run.began().is_some() {
            self.annotation.begin(self.run.rows() - 1);
        }
        self.compare();
        self.alarms.clear();
        if !self.groups.is_empty() || !self.run.alarms().is_empty() {
            self.roll_up(row);
        }
    }

    /// Takes a row of the whole run with values of named signals, each by its index. A signal without a value was not
    /// measured.
    pub fn update_named(&mut self, row: &Row, named: &[(usize, f64)]) -> Status {
        self.update_run(row);
        if !self.named.is_empty() {
            self.take_named(row, named);
        }
        let status = self.status();
        self.run.worsen(status);
        status
    }

    fn take_named(&mut self, row: &Row, named: &[(usize, f64)]) {
        let now = self.run.rows() - 1;
        self.run.set_meaning(self.named.loss_meaning());
        if self.named.is_calm(now) && self.fault.is_none() {
            self.run.end_fault_elsewhere();
        }
        for (signal, evidence) in self.named.update(named, self.run.rate().asked(), now) {
            let incident = self.named.incident(now, self.run.opened());
            let of_rule = evidence.alarm(now, row.step.unwrap_or(now as i64), incident);
            self.run.begin_fault_elsewhere(&of_rule);
            self.alarms.push(Alarm { of_rule, groups: Vec::new(), named: Some(signal) });
        }
    }

    /// The status after the last row.
    pub fn status(&self) -> Status {
        let status = self.run.status();
        let status = if self.fault.is_some() { status.max(Status::Suspect) } else { status };
        // A run that is warming up is not healthy because a named signal is.
        status.max(self.named.status().filter(|&named| named > Status::Healthy).unwrap_or(status))
    }

    /// What the run has come to so far.
    pub fn summary(&self) -> RunSummary<'_> {
        self.run.summary().with_status(self.status())
    }

    /// The rows in which a fault of groups alone began and last fired, to be saved with the monitors.
    pub fn fault(&self) -> Option<(u64, u64)> {
        self.fault
    }

    /// Sets what [`Monitor::fault`] gave.
    pub fn set_fault(&mut self, fault: Option<(u64, u64)>) {
        self.fault = fault;
    }

    /// What the user has announced.
    pub fn annotation(&self) -> &Annotation {
        &self.annotation
    }

    /// Sets what [`Monitor::annotation`] gave.
    pub fn set_annotation(&mut self, annotation: Annotation) {
        self.annotation = annotation;
    }

    /// Gives all monitors the settings of another one: what a state has learned does not depend on them.
    pub fn configure(&mut self, like: &RunMonitor) {
        let (rate, escalation) = (like.rate(), like.escalation());
        self.run.set_reference(like.known().cloned());
        let monitors = self.groups.iter_mut().map(|group| &mut group.monitor);
        monitors.chain([&mut self.run]).for_each(|monitor| monitor.configure(rate, escalation));
        self.divide();
    }

    /// The new alarms of the last row.
    pub fn alarms(&self) -> &[Alarm] {
        &self.alarms
    }

    /// Sets each group's excess over the median of its peers in this step, in logarithms.
    fn compare(&mut self) {
        self.moves.clear();
        self.moves.extend(self.groups.iter_mut().filter_map(|group| group.monitor.peers().moved));
        self.moves.sort_unstable_by(f64::total_cmp);
        for group in &mut self.groups {
            let peers = group.monitor.peers();
            let moved = peers.moved.take();
            peers.excess = moved.and_then(|moved| Some(moved - median_of_others(&self.moves, moved)?));
        }
    }

    fn roll_up(&mut self, row: &Row) {
        let now = self.run.rows() - 1;
        if self.fault.take_if(|(_, last)| now.saturating_sub(*last) > CALM).is_some() {
            self.run.end_fault_elsewhere();
        }
        let firing = self.firing_groups();
        let new = self.groups.iter_mut().flat_map(|group| group.new_alarms.drain(..));
        let strongest = new.max_by(|a, b| a.strength.total_cmp(&b.strength));
        let groups_alone = self.fault.map(|(opened, _)| opened);
        let rolled = |alarm: &RuleAlarm| Alarm {
            of_rule: RuleAlarm { incident: groups_alone.unwrap_or(alarm.incident), ..*alarm },
            groups: firing.clone(),
            named: None,
        };
        self.alarms.extend(self.run.alarms().iter().map(rolled));
        let Some(strongest) = strongest else { return };
        if self.fault.is_none() && !self.run.has_incident() {
            let step = row.step.unwrap_or(now as i64);
            let of_rule = RuleAlarm { incident: now, row: now, step, ..strongest };
            self.run.begin_fault_elsewhere(&of_rule);
            self.alarms.push(Alarm { of_rule, groups: firing, named: None });
        }
        if self.fault.is_some() || !self.run.has_incident() {
            self.fault = Some((groups_alone.unwrap_or(now), now));
        }
    }

    /// Indices of the groups with new alarms, the strongest first.
    fn firing_groups(&self) -> Vec<usize> {
        let fires = |&index: &usize| !self.groups[index].new_alarms.is_empty();
        let mut firing: Vec<usize> = (0..self.groups.len()).filter(fires).collect();
        firing.sort_by(|&a, &b| self.groups[b].strength().total_cmp(&self.groups[a].strength()));
        firing
    }
}
