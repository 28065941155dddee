//! Objects that have a byte form: some that have seen samples, and what is done with one that was loaded.

use std::hint::black_box;
use std::sync::Arc;

use anet_core::{
    ChannelCount, DetectorSettings, Dimension, Direction, EpisodeRule, Episodes, Escalation, FalseAlarmRate,
    Length, MaxPositions, Monitor, MultiScaleAnomaly, NamedSignals, Pool, Reference, Row, RunMonitor,
    ScorerScratch, Seed, SparseEncoder, SparseSignature, State, Stream, StreamDetector, StreamScorer,
};

/// An object to be saved, damaged, loaded and used.
pub(crate) trait Subject: State {
    /// Some that have seen samples.
    fn trained() -> Vec<Self>;

    /// Everything that a caller does with one.
    fn use_up(&mut self);
}

fn sample(at: usize) -> f64 {
    (at as f64 / 7.0).sin() + (at * at % 17) as f64 / 40.0
}

impl Subject for MultiScaleAnomaly {
    fn trained() -> Vec<Self> {
        let mut anomaly = Self::new(&[length(3), length(20)], 3);
        for at in 0..40_u64 {
            let _ = anomaly.update_and_score(&signature(at));
        }
        vec![anomaly, Self::new(&[length(1)], 1)]
    }

    fn use_up(&mut self) {
        for at in 0..3 {
            let _ = black_box(self.update_and_score(&signature(at)));
        }
        black_box((self.bytes(), self.positions_held(), self.signatures_held()));
    }
}

fn signature(at: u64) -> SparseSignature {
    SparseSignature { positions: vec![at % 5, 5 + at % 7], elevations: vec![0.5, 0.25], dimension: 16 }
}

fn length(samples: usize) -> Length {
    Length::try_from(samples).expect("a small length")
}

fn seed() -> Seed {
    Seed::try_from("s").expect("one byte")
}

impl Subject for StreamScorer {
    fn trained() -> Vec<Self> {
        let encoder = SparseEncoder::new(
            Dimension::try_from(4096).expect("a dimension"),
            MaxPositions::from(6),
            seed(),
        );
        let anomaly = MultiScaleAnomaly::new(&[length(4), length(30)], 2);
        let mut scorer = Self::new(length(5), Arc::new(encoder), anomaly);
        let (fresh, mut scratch) = (scorer.clone(), ScorerScratch::default());
        (0..40).for_each(|at| {
            scorer.push(&mut scratch, sample(at));
        });
        vec![scorer, fresh]
    }

    fn use_up(&mut self) {
        let mut scratch = ScorerScratch::default();
        for at in 0..3 {
            black_box(self.push(&mut scratch, sample(at)));
        }
        black_box(self.bytes());
    }
}

impl Subject for Pool<StreamScorer> {
    fn trained() -> Vec<Self> {
        let scorers = StreamScorer::trained();
        vec![Self::from_streams(scorers[1].clone(), scorers)]
    }

    fn use_up(&mut self) {
        use_pool(self);
    }
}

fn use_pool<S: Stream + Clone>(pool: &mut Pool<S>) {
    pool.set_threads(1);
    pool.add(1);
    let tick: Vec<f64> = (0..pool.streams().len()).map(sample).collect();
    let _ = black_box(pool.push(1, &tick));
    let _ = black_box(pool.remove(0));
}

impl Subject for StreamDetector {
    fn trained() -> Vec<Self> {
        let channels = ChannelCount::try_from(2).expect("two");
        let mut detector =
            Self::new(DetectorSettings { seed: seed(), channels, ..DetectorSettings::default() });
        let mut few = Self::new(DetectorSettings::default());
        for at in 0..400 {
            let _ = detector.push(&[sample(at), -sample(at)]);
        }
        for at in 0..70 {
            let _ = few.push(&[sample(at)]);
        }
        vec![few, detector]
    }

    fn use_up(&mut self) {
        let values: Vec<f64> = (0..self.channels().len()).map(sample).collect();
        for _ in 0..3 {
            let _ = black_box(self.push(&values));
        }
        let _ = black_box(self.explain(None, None));
    }
}

impl Subject for Pool<StreamDetector> {
    fn trained() -> Vec<Self> {
        let few = StreamDetector::trained().swap_remove(0);
        vec![Self::from_streams(StreamDetector::new(DetectorSettings::default()), vec![few])]
    }

    fn use_up(&mut self) {
        use_pool(self);
    }
}

impl Subject for Episodes {
    fn trained() -> Vec<Self> {
        let mut episodes = Self::new(EpisodeRule::new(0.01, 3, 5).expect("a rule"));
        (0..20).for_each(|at| {
            episodes.push(if at % 7 == 0 { 1e-4 } else { 0.5 });
        });
        vec![episodes]
    }

    fn use_up(&mut self) {
        [1e-4, 0.5, f64::NAN].into_iter().for_each(|p_value| {
            black_box(self.push(p_value));
        });
        black_box((self.open(), self.finish()));
    }
}

fn run_monitor(rows: usize) -> RunMonitor {
    let mut monitor = RunMonitor::new(FalseAlarmRate::default(), Escalation::On);
    (0..rows).for_each(|at| {
        monitor.update(&row(at));
    });
    monitor
}

fn row(at: usize) -> Row {
    let loss = if at % 90 == 80 { f64::NAN } else { 2.0 + sample(at) - 0.002 * at as f64 };
    let step_norm = Some(0.01 + 0.001 * sample(at + 9));
    Row {
        loss: Some(loss),
        grad_norm: Some(sample(at + 5).abs()),
        step_norm,
        lr: Some(0.1),
        ..Row::default()
    }
}

impl Subject for RunMonitor {
    fn trained() -> Vec<Self> {
        vec![run_monitor(260), run_monitor(20)]
    }

    fn use_up(&mut self) {
        (0..3).for_each(|at| {
            self.update(&row(at));
        });
        self.note();
        self.update(&row(3));
        black_box((
            self.onsets(),
            self.summary(),
            self.reference(),
            self.window().trail(anet_core::Signal::Loss),
        ));
    }
}

impl Subject for Monitor {
    fn trained() -> Vec<Self> {
        let mut monitor = Self::new(run_monitor(30));
        monitor.note("a change");
        let reward = monitor.declare("reward", Direction::Falls).expect("a name");
        for at in 0..40 {
            for name in ["head", "body"] {
                let group = monitor.group(name).expect("a group");
                monitor.update_group(group, &row(at));
            }
            monitor.update_named(&row(at), &[(reward, sample(at))]);
        }
        let head = monitor.group("head").expect("a group");
        monitor.update_group(head, &Row { loss: Some(f64::NAN), ..Row::default() });
        vec![monitor]
    }

    fn use_up(&mut self) {
        let groups = self.groups().len();
        for at in 0..3 {
            (0..groups).for_each(|group| {
                self.update_group(group, &row(at));
            });
            let named: Vec<(usize, f64)> = (0..self.named().all().len()).map(|of| (of, sample(at))).collect();
            self.update_named(&row(at), &named);
        }
        let name = self.groups().first().map(|group| group.name.clone()).unwrap_or_default();
        black_box((self.drop_group(&name), self.alarms().len(), self.summary()));
        self.note("another");
        self.update(&row(4));
    }
}

impl Subject for Reference {
    fn trained() -> Vec<Self> {
        let one = run_monitor(120).reference().expect("enough rows");
        let both = Self::joined([&one, &run_monitor(260).reference().expect("enough rows")]);
        [Some(one), both].into_iter().flatten().collect()
    }

    fn use_up(&mut self) {
        let fresh = RunMonitor::new(FalseAlarmRate::default(), Escalation::On);
        let mut monitor = fresh.with_reference(self.clone());
        (0..40).for_each(|at| {
            monitor.update(&row(at));
        });
        black_box((self.rows(), self.runs(), Self::joined([&*self, &*self])));
    }
}

impl Subject for NamedSignals {
    fn trained() -> Vec<Self> {
        Monitor::trained().iter().map(|monitor| monitor.named().clone()).collect()
    }

    fn use_up(&mut self) {
        let mut monitor = Monitor::new(run_monitor(3));
        monitor.set_named(self.clone());
        for at in 0..10 {
            let named: Vec<(usize, f64)> =
                (0..monitor.named().all().len()).map(|of| (of, sample(at))).collect();
            monitor.update_named(&row(at), &named);
        }
    }
}
