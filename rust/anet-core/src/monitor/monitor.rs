//! A monitor of the whole run and one for each group of parameters, whose alarms are rolled up: one fault, one alarm.

use crate::error::Result;

use super::alarm::{CALM, RuleAlarm};
use super::annotation::Annotation;
use super::groups::{Group, Groups};
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
    groups: Groups,
    alarms: Vec<Alarm>,
    /// The row in which a fault of groups alone began, and the last row in which one of them alarmed.
    fault: Option<(u64, u64)>,
    annotation: Annotation,
    named: NamedSignals,
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

impl Monitor {
    /// A monitor without groups.
    pub fn new(run: RunMonitor) -> Self {
        let (annotation, named) = (Annotation::default(), NamedSignals::default());
        Self { run, groups: Groups::default(), alarms: Vec::new(), fault: None, annotation, named }
    }

    /// The monitor of the whole run.
    pub fn run(&self) -> &RunMonitor {
        &self.run
    }

    /// The groups, in the order in which they came.
    pub fn groups(&self) -> &[Group] {
        self.groups.all()
    }

    /// The index of a group that there is.
    pub fn find_group(&self, name: &str) -> Option<usize> {
        self.groups.find(name)
    }

    /// Whether [`Monitor::group`] would give a group of this name.
    ///
    /// # Errors
    /// [`crate::Error::OutOfDomain`] for one more than 4,096.
    pub fn room_for_group(&self, name: &str) -> Result<()> {
        self.groups.room_for(name)
    }

    /// The index of a group, made on first mention.
    ///
    /// # Errors
    /// [`crate::Error::OutOfDomain`] for one more than 4,096.
    pub fn group(&mut self, name: &str) -> Result<usize> {
        if let Some(index) = self.find_group(name) {
            return Ok(index);
        }
        self.add_group(name.to_owned(), RunMonitor::new(self.run.rate(), self.run.escalation()))
    }

    /// Adds a group that was saved, under a new name; returns its index.
    ///
    /// # Errors
    /// [`crate::Error::OutOfDomain`] for one more than 4,096, and for a name that another group has.
    pub fn add_group(&mut self, name: String, monitor: RunMonitor) -> Result<usize> {
        self.groups.add(name, monitor)
    }

    /// Forgets a group with its alarms; the others share its false alarms. Returns whether there was one.
    pub fn drop_group(&mut self, name: &str) -> bool {
        let Some(gone) = self.groups.drop(name) else { return false };
        for alarm in &mut self.alarms {
            alarm.groups.retain(|&index| index != gone);
            alarm.groups.iter_mut().filter(|index| **index > gone).for_each(|index| *index -= 1);
        }
        true
    }

    /// Gives a group the alarms that waited for a row.
    pub(crate) fn set_new_alarms(&mut self, index: usize, alarms: Vec<RuleAlarm>) {
        self.groups.get_mut(index).new_alarms = alarms;
    }

    /// Announces a change to all monitors.
    pub fn note(&mut self, text: &str) {
        self.annotation.announce(text);
        self.run.note();
        self.groups.monitors().for_each(RunMonitor::note);
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
        let is_alone = self.groups().len() == 1 && self.run.rows() > 0;
        let group = self.groups.get_mut(index);
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
        self.groups.compare();
        self.alarms.clear();
        if !self.groups().is_empty() || !self.run.alarms().is_empty() {
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
        let alarms = self.named.update(named, self.run.rate().asked(), now);
        for (index, (signal, evidence)) in alarms.into_iter().enumerate() {
            let incident = self.named.incident(now, self.run.opened());
            let of_rule = evidence.alarm(now, row.step.unwrap_or(now as i64), incident);
            if incident == now && index == 0 {
                self.run.end_fault_elsewhere();
            }
            self.run.begin_fault_elsewhere(&of_rule);
            self.alarms.push(Alarm { of_rule, groups: Vec::new(), named: Some(signal) });
        }
    }

    /// The status after the last row.
    pub fn status(&self) -> Status {
        let status = self.run.status();
        let status = if self.fault.is_some() { status.max(Status::Suspect) } else { status };
        let serves = !self.run.has_signals() && self.named.judge_inference();
        let status = if serves { status.max(Status::Healthy) } else { status };
        // A run that trains and is warming up is not healthy because a named signal is.
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
        self.groups.monitors().chain([&mut self.run]).for_each(|monitor| monitor.configure(rate, escalation));
        self.groups.divide();
    }

    /// The new alarms of the last row.
    pub fn alarms(&self) -> &[Alarm] {
        &self.alarms
    }

    fn roll_up(&mut self, row: &Row) {
        let now = self.run.rows() - 1;
        if self.fault.take_if(|(_, last)| now.saturating_sub(*last) > CALM).is_some() {
            self.run.end_fault_elsewhere();
        }
        let firing = self.groups.firing();
        let strongest = self.groups.take_strongest();
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
}
