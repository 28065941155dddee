//! The groups of parameters of a run, by name: bounded, since each keeps a monitor's memory until it is dropped.

use std::collections::HashMap;

use crate::error::{Error, Result};

use super::alarm::RuleAlarm;
use super::baseline::median_of_others;
use super::run_monitor::RunMonitor;

/// A group of parameters.
#[derive(Debug, Clone)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// Its monitor.
    pub monitor: RunMonitor,
    pub(super) new_alarms: Vec<RuleAlarm>,
}

impl Group {
    /// The alarms that wait for the next row of the run.
    pub(crate) fn new_alarms(&self) -> &[RuleAlarm] {
        &self.new_alarms
    }

    /// The strength of its strongest new alarm.
    fn strength(&self) -> f64 {
        self.new_alarms.iter().map(|alarm| alarm.strength).fold(0.0, f64::max)
    }
}

/// All groups, in the order in which they came.
#[derive(Debug, Clone, Default)]
pub(super) struct Groups {
    all: Vec<Group>,
    by_name: HashMap<String, usize>,
    /// How much each group moved in the last step, sorted: kept for its allocation.
    moves: Vec<f64>,
}

impl Groups {
    /// The most groups: about 115 MB of monitors. Names that grow without end would fill any memory.
    pub(super) const MOST: usize = 4096;

    pub(super) fn all(&self) -> &[Group] {
        &self.all
    }

    pub(super) fn get_mut(&mut self, index: usize) -> &mut Group {
        &mut self.all[index]
    }

    pub(super) fn monitors(&mut self) -> impl Iterator<Item = &mut RunMonitor> {
        self.all.iter_mut().map(|group| &mut group.monitor)
    }

    pub(super) fn find(&self, name: &str) -> Option<usize> {
        self.by_name.get(name).copied()
    }

    /// Whether there is a group of this name, or may be one.
    pub(super) fn room_for(&self, name: &str) -> Result<()> {
        if self.all.len() < Self::MOST || self.by_name.contains_key(name) {
            return Ok(());
        }
        let wanted = "at most 4096, so that their memory is bounded: drop those that are heard no more";
        Err(Error::text("groups", wanted, format!("one more, {name}")))
    }

    /// Adds a group under a new name, and divides the asked false alarms anew. Returns its index.
    ///
    /// # Errors
    /// [`Error::OutOfDomain`] where there are [`Groups::MOST`] already, or one has the name.
    pub(super) fn add(&mut self, name: String, monitor: RunMonitor) -> Result<usize> {
        if self.by_name.contains_key(&name) {
            return Err(Error::text("groups", "of different names", name));
        }
        self.room_for(&name)?;
        self.by_name.insert(name.clone(), self.all.len());
        self.all.push(Group { name, monitor, new_alarms: Vec::new() });
        self.divide();
        Ok(self.all.len() - 1)
    }

    /// Forgets a group with all that it has learned; returns the index that it had.
    pub(super) fn drop(&mut self, name: &str) -> Option<usize> {
        let index = self.by_name.remove(name)?;
        self.all.remove(index);
        self.by_name.values_mut().filter(|at| **at > index).for_each(|at| *at -= 1);
        self.divide();
        Some(index)
    }

    /// Half of the asked false alarms for the groups together.
    pub(super) fn divide(&mut self) {
        let groups = self.all.len() as u32;
        self.monitors().for_each(|monitor| monitor.share(2 * groups));
    }

    /// Sets each group's excess over the median of its peers in this step, in logarithms.
    pub(super) fn compare(&mut self) {
        self.moves.clear();
        self.moves.extend(self.all.iter_mut().filter_map(|group| group.monitor.peers().moved));
        self.moves.sort_unstable_by(f64::total_cmp);
        for group in &mut self.all {
            let peers = group.monitor.peers();
            let moved = peers.moved.take();
            peers.excess = moved.and_then(|moved| Some(moved - median_of_others(&self.moves, moved)?));
        }
    }

    /// Indices of the groups with new alarms, the strongest first.
    pub(super) fn firing(&self) -> Vec<usize> {
        let fires = |&index: &usize| !self.all[index].new_alarms.is_empty();
        let mut firing: Vec<usize> = (0..self.all.len()).filter(fires).collect();
        firing.sort_by(|&a, &b| self.all[b].strength().total_cmp(&self.all[a].strength()));
        firing
    }

    /// Takes the strongest of the new alarms, and forgets the others.
    pub(super) fn take_strongest(&mut self) -> Option<RuleAlarm> {
        let new = self.all.iter_mut().flat_map(|group| group.new_alarms.drain(..));
        new.max_by(|a, b| a.strength.total_cmp(&b.strength))
    }
}
