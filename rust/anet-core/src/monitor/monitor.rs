//! A monitor of the whole run and one for each group of parameters, whose alarms are rolled up: one fault, one alarm.

use crate::monitor::alarm::alarm::Alarm;
use crate::monitor::alarm::incident::CALM;
use crate::monitor::annotation::Notes;
use crate::monitor::baseline::peer_median::middle_of_others;
use crate::monitor::input::signal::Row;
use crate::monitor::run_monitor::Monitor;
use crate::monitor::status::Status;

/// The monitors of a run. While there are groups, the whole has half of the asked false alarms and they share the rest.
#[derive(Debug, Clone)]
pub struct Panel {
    whole: Monitor,
    groups: Vec<Group>,
    alarms: Vec<RolledUp>,
    /// The row in which a fault of groups alone began, and the last row in which one of them alarmed.
    fault: Option<(u64, u64)>,
    notes: Notes,
    /// How much each group moved in the last step, sorted: kept for its allocation.
    moves: Vec<f64>,
}

/// A group of parameters.
#[derive(Debug, Clone)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// Its monitor.
    pub monitor: Monitor,
    news: Vec<Alarm>,
}

/// An alarm, and the groups in which it shows.
#[derive(Debug, Clone, PartialEq)]
pub struct RolledUp {
    /// The alarm: the whole run's, or the strongest of the groups.
    pub alarm: Alarm,
    /// Places of the groups that alarmed in this row, the loudest first.
    pub groups: Vec<usize>,
}

impl Group {
    /// The alarms that wait for the next row of the whole.
    pub(crate) fn news(&self) -> &[Alarm] {
        &self.news
    }
}

impl Group {
    /// The strength of its strongest news.
    fn loudness(&self) -> f64 {
        self.news.iter().map(|alarm| alarm.strength).fold(0.0, f64::max)
    }
}

impl Panel {
    /// A panel without groups.
    pub fn new(whole: Monitor) -> Self {
        let (groups, alarms, moves) = (Vec::new(), Vec::new(), Vec::new());
        Self { whole, groups, alarms, fault: None, notes: Notes::default(), moves }
    }

    /// The monitor of the whole run.
    pub fn whole(&self) -> &Monitor {
        &self.whole
    }

    /// The groups, in the order in which they came.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// The place of a group, made on first mention.
    pub fn group(&mut self, name: &str) -> usize {
        if let Some(place) = self.groups.iter().position(|group| group.name == name) {
            return place;
        }
        let monitor = Monitor::new(self.whole.rate(), self.whole.memory());
        self.restore(name.to_owned(), monitor);
        self.groups.len() - 1
    }

    /// Adds a group that was saved.
    pub fn restore(&mut self, name: String, monitor: Monitor) {
        self.groups.push(Group { name, monitor, news: Vec::new() });
        self.divide();
    }

    /// Gives the newest group the alarms that waited for a row.
    pub(crate) fn set_news(&mut self, news: Vec<Alarm>) {
        self.groups.iter_mut().last().into_iter().for_each(|group| group.news.clone_from(&news));
    }

    /// Half of the asked false alarms for the whole, the rest for the groups together.
    fn divide(&mut self) {
        let groups = self.groups.len() as u32;
        if groups == 0 {
            return;
        }
        self.whole.share(2);
        self.groups.iter_mut().for_each(|group| group.monitor.share(2 * groups));
    }

    /// Announces a change to all monitors.
    pub fn note(&mut self, text: &str) {
        self.notes.announce(text);
        self.whole.note();
        self.groups.iter_mut().for_each(|group| group.monitor.note());
    }

    /// Takes a row of one group; its alarms wait for the next row of the whole.
    pub fn update_group(&mut self, place: usize, row: &Row) -> Status {
        let is_alone = self.groups.len() == 1 && self.whole.rows() > 0;
        let group = &mut self.groups[place];
        let status = if is_alone { group.monitor.update(row) } else { group.monitor.update_beside(row) };
        group.news.extend_from_slice(group.monitor.alarms());
        status
    }

    /// Takes a row of the whole run and rolls up what its groups have said since the last one.
    pub fn update(&mut self, row: &Row) -> Status {
        self.whole.update(row);
        if self.whole.began().is_some() {
            self.notes.begin(self.whole.rows() - 1);
        }
        self.compare();
        self.alarms.clear();
        if !self.groups.is_empty() || !self.whole.alarms().is_empty() {
            self.roll_up(row);
        }
        self.status()
    }

    /// The status after the last row.
    pub fn status(&self) -> Status {
        let status = self.whole.status();
        if self.fault.is_some() && status < Status::Suspect { Status::Suspect } else { status }
    }

    /// When a fault of groups alone began and last rang, to be saved with the monitors.
    pub fn fault(&self) -> Option<(u64, u64)> {
        self.fault
    }

    /// Sets what [`Panel::fault`] gave.
    pub fn set_fault(&mut self, fault: Option<(u64, u64)>) {
        self.fault = fault;
    }

    /// What the user has announced.
    pub fn notes(&self) -> &Notes {
        &self.notes
    }

    /// Sets what [`Panel::notes`] gave.
    pub fn set_notes(&mut self, notes: Notes) {
        self.notes = notes;
    }

    /// Gives all monitors the settings of another one: what a state has learned does not depend on them.
    pub fn configure(&mut self, like: &Monitor) {
        let (rate, memory) = (like.rate(), like.memory());
        self.whole.set_reference(like.known().cloned());
        let monitors = self.groups.iter_mut().map(|group| &mut group.monitor);
        monitors.chain([&mut self.whole]).for_each(|monitor| monitor.configure(rate, memory));
        self.divide();
    }

    /// The alarms that are news in the last row.
    pub fn alarms(&self) -> &[RolledUp] {
        &self.alarms
    }

    /// Tells each group by how much more it has moved in this step than the middle of the others.
    fn compare(&mut self) {
        self.moves.clear();
        self.moves.extend(self.groups.iter_mut().filter_map(|group| group.monitor.beside().moved));
        self.moves.sort_unstable_by(f64::total_cmp);
        for group in &mut self.groups {
            let beside = group.monitor.beside();
            let moved = beside.moved.take();
            beside.excess = moved.and_then(|moved| Some(moved - middle_of_others(&self.moves, moved)?));
        }
    }

    fn roll_up(&mut self, row: &Row) {
        let now = self.whole.rows() - 1;
        self.fault = self.fault.filter(|&(_, last)| now - last.min(now) <= CALM);
        let mut ringing: Vec<usize> =
            (0..self.groups.len()).filter(|&place| !self.groups[place].news.is_empty()).collect();
        ringing.sort_by(|&a, &b| self.groups[b].loudness().total_cmp(&self.groups[a].loudness()));
        let news = self.groups.iter_mut().flat_map(|group| group.news.drain(..));
        let strongest = news.max_by(|a, b| a.strength.total_cmp(&b.strength));
        let groups_alone = self.fault.map(|(opened, _)| opened);
        let rolled = |alarm: &Alarm| RolledUp {
            alarm: Alarm { incident: groups_alone.unwrap_or(alarm.incident), ..*alarm },
            groups: ringing.clone(),
        };
        self.alarms.extend(self.whole.alarms().iter().map(rolled));
        let Some(strongest) = strongest else { return };
        if self.fault.is_none() && !self.whole.has_incident() {
            let step = row.step.unwrap_or(now as i64);
            let alarm = Alarm { incident: now, row: now, step, ..strongest };
            self.alarms.push(RolledUp { alarm, groups: ringing });
        }
        if self.fault.is_some() || !self.whole.has_incident() {
            self.fault = Some((groups_alone.unwrap_or(now), now));
        }
    }
}
