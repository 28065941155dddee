//! Objects that stop and go on from their pages, against one that never stopped.

use std::sync::Arc;

use anet_core::params::{Dimension, Length, MaxPositions, Seed};
use anet_core::state::{PageSize, Paged, Pages, Parameters, State, VERSION};
use anet_core::{
    ChannelCount, DetectorSettings, Escalation, FalseAlarmRate, Monitor, MultiScaleAnomaly, Row, RunMonitor,
    ScorerScratch, SparseEncoder, StreamDetector, StreamScorer,
};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::runner::runner;

/// What the tests need of an object.
trait Subject: Parameters {
    fn fresh() -> Self;

    /// The bits of its answer to a sample.
    fn take(&mut self, sample: f64) -> Vec<u64>;
}

impl Subject for StreamScorer {
    fn fresh() -> Self {
        scorer(5, "s", &[4, 80])
    }

    fn take(&mut self, sample: f64) -> Vec<u64> {
        let mut scratch = ScorerScratch::default();
        let bits = |score: f64| score.to_bits();
        self.push(&mut scratch, sample).map_or_else(Vec::new, |score| {
            [&[score.combined], score.per_scale].concat().into_iter().map(bits).collect()
        })
    }
}

impl Subject for StreamDetector {
    fn fresh() -> Self {
        detector("s")
    }

    fn take(&mut self, sample: f64) -> Vec<u64> {
        let found = self.push(&[sample, -sample]).unwrap();
        [found.score, found.p_value, found.channel as f64].map(f64::to_bits).to_vec()
    }
}

/// A group takes each sample, the whole run only some of them: alarms wait in between.
impl Subject for Monitor {
    fn fresh() -> Self {
        Self::new(RunMonitor::new(FalseAlarmRate::per_10k(20.0).unwrap(), Escalation::On))
    }

    fn take(&mut self, sample: f64) -> Vec<u64> {
        let row = Row { loss: Some(sample), grad_norm: Some(1.0 / sample), ..Row::default() };
        let index = self.group("head").unwrap();
        let mut said = vec![self.update_group(index, &row) as u64];
        if sample.abs() < 3.0 {
            said.push(self.update(&row) as u64);
            said.extend(self.alarms().iter().flat_map(|rolled| {
                let numbers = [rolled.of_rule.value.to_bits(), rolled.of_rule.strength.to_bits()];
                numbers.into_iter().chain([rolled.of_rule.since, rolled.of_rule.incident])
            }));
        }
        said
    }
}

fn scorer(window: usize, seed: &str, scales: &[usize]) -> StreamScorer {
    let lengths: Vec<Length> = scales.iter().map(|&scale| Length::try_from(scale).unwrap()).collect();
    let encoder = SparseEncoder::new(
        Dimension::try_from(4096).unwrap(),
        MaxPositions::from(6),
        Seed::try_from(seed).unwrap(),
    );
    let window = Length::try_from(window).unwrap();
    StreamScorer::new(window, Arc::new(encoder), MultiScaleAnomaly::new(&lengths, 2))
}

fn detector(seed: &str) -> StreamDetector {
    StreamDetector::new(DetectorSettings {
        seed: Seed::try_from(seed).unwrap(),
        channels: ChannelCount::try_from(2).unwrap(),
        ..DetectorSettings::default()
    })
}

/// A store as a stream processor keeps it: pages by number, and a manifest.
#[derive(Default)]
struct Store {
    pages: Pages,
    manifest: Option<Vec<u8>>,
}

impl Store {
    fn save<T: Parameters>(&mut self, object: &mut Paged<T>, size: PageSize) {
        self.pages.extend(object.changed_pages(size));
        self.manifest = Some(object.manifest());
    }

    fn load<T: Subject>(&self) -> Paged<T> {
        let mut object = Paged::new(T::fresh());
        self.manifest.iter().for_each(|manifest| object.restore(manifest, borrowed(&self.pages)).unwrap());
        object
    }
}

fn borrowed(pages: &Pages) -> impl Iterator<Item = (u64, &[u8])> {
    pages.iter().map(|(&number, page)| (number, &page[..]))
}

#[derive(Debug, Clone)]
enum Act {
    Score(Vec<f64>),
    Save(usize),
    Stop,
}

fn acts(longest: usize) -> impl Strategy<Value = Vec<Act>> {
    let sample = prop_oneof![9 => -5.0..5.0f64, 3 => Just(0.5), 1 => Just(f64::NAN), 1 => Just(1e300)];
    let act = prop_oneof![
        3 => vec(sample, 0..longest).prop_map(Act::Score),
        2 => prop_oneof![Just(256), Just(4096), Just(1 << 16)].prop_map(Act::Save),
        2 => Just(Act::Stop),
    ];
    vec(act, 1..14)
}

fn score<T: Subject>(object: &mut Paged<T>, samples: &[f64], from: usize) -> Vec<Vec<u64>> {
    let numbered = samples.iter().zip(from as i64..);
    numbered.map(|(x, at)| object.enter_at(Some(at), [x.to_bits()]).take(*x)).collect()
}

/// Whatever was scored after the last save is scored again after a stop, as an engine does, and must come out the same.
fn goes_on_as_if_never_stopped<T: Subject>(acts: &[Act]) -> Result<(), TestCaseError> {
    let (mut twin, mut object) = (Paged::new(T::fresh()), Paged::new(T::fresh()));
    let (mut store, mut since, mut saved) = (Store::default(), Vec::new(), 0);
    for act in acts {
        match act {
            Act::Score(samples) => {
                let wanted = score(&mut twin, samples, saved + since.len());
                prop_assert_eq!(score(&mut object, samples, saved + since.len()), wanted);
                since.extend_from_slice(samples);
            }
            Act::Save(size) => {
                store.save(&mut object, PageSize::try_from(*size).unwrap());
                saved += std::mem::take(&mut since).len();
            }
            Act::Stop => {
                object = store.load();
                score(&mut object, &since, saved);
            }
        }
        prop_assert_eq!(object.to_bytes(), twin.to_bytes());
        prop_assert_eq!(object.event_digest(), twin.event_digest());
    }
    Ok(())
}

#[test]
fn a_scorer_goes_on_as_if_never_stopped() {
    runner(150).run(&acts(60), |acts| goes_on_as_if_never_stopped::<StreamScorer>(&acts)).unwrap();
}

#[test]
fn a_detector_goes_on_as_if_never_stopped() {
    runner(25).run(&acts(400), |acts| goes_on_as_if_never_stopped::<StreamDetector>(&acts)).unwrap();
}

#[test]
fn a_monitor_goes_on_as_if_never_stopped() {
    runner(100).run(&acts(60), |acts| goes_on_as_if_never_stopped::<Monitor>(&acts)).unwrap();
}

fn wave(from: usize, count: usize) -> Vec<f64> {
    (from..from + count).map(|t| (t as f64 / 7.0).sin() + (t * t % 17) as f64 / 40.0).collect()
}

#[test]
fn a_sample_changes_two_pages_of_a_scorer_however_many_it_has() {
    let mut object = Paged::new(scorer(9, "s", &[3200]));
    score(&mut object, &wave(0, 4000), 0);
    let all = object.changed_pages(PageSize::DEFAULT).len();
    score(&mut object, &wave(4000, 1), 4000);
    let changed = object.changed_pages(PageSize::DEFAULT).len();
    assert_eq!((all, changed), (101, 2));
    assert!(object.changed_pages(PageSize::DEFAULT).is_empty());
}

/// The samples, tokens and counts of each channel share a page, which always changes; so does that of its newest raw samples.
#[test]
fn eight_samples_change_five_pages_of_each_channel_of_a_detector() {
    let mut object = Paged::new(detector("s"));
    score(&mut object, &wave(0, 4000), 0);
    let all = object.changed_pages(PageSize::DEFAULT).len();
    score(&mut object, &wave(4000, 8), 4000);
    assert_eq!((all, object.changed_pages(PageSize::DEFAULT).len()), (2 * 32, 2 * 5));
}

#[test]
fn a_head_stays_small_and_changes_with_every_event() {
    let mut object = Paged::new(scorer(9, "s", &[3200]));
    score(&mut object, &wave(0, 4000), 0);
    let manifest = object.manifest();
    assert!(manifest.len() < 100, "{} bytes", manifest.len());
    assert_eq!(object.manifest(), manifest);
    score(&mut object, &[0.5], 0);
    assert_ne!(object.manifest(), manifest);
}

/// NaN in place of a number, another order, one event more, two events the other way round.
#[test]
fn a_digest_tells_histories_apart() {
    let digest = |events: &[(i64, f64)]| {
        let mut object = Paged::new(scorer(9, "s", &[8]));
        events.iter().for_each(|(at, x)| {
            object.enter_at(Some(*at), [x.to_bits()]).take(*x);
        });
        object.event_digest().chain
    };
    let histories: [&[(i64, f64)]; 6] = [
        &[(0, 1.0), (1, 2.0)],
        &[(1, 2.0), (0, 1.0)],
        &[(0, 1.0), (1, f64::NAN)],
        &[(0, 1.0), (2, 2.0)],
        &[(0, 1.0), (1, 2.0), (1, 2.0)],
        &[(0, 1.0)],
    ];
    let mut digests: Vec<u64> = histories.into_iter().map(digest).collect();
    assert_eq!(digests[0], digest(histories[0]));
    digests.sort_unstable();
    digests.dedup();
    assert_eq!(digests.len(), 6);
}

#[test]
fn an_order_that_falls_back_does_not_move_the_last_one() {
    let mut object = Paged::new(scorer(9, "s", &[8]));
    score(&mut object, &[1.0], 7);
    score(&mut object, &[1.0], 3);
    assert_eq!((object.event_digest().last_order, object.event_digest().events), (Some(7), 2));
}

/// A state, then a later one, of a scorer with several pages.
fn two_moments() -> (Store, Store) {
    let mut object = Paged::new(StreamScorer::fresh());
    let mut stores = [Store::default(), Store::default()];
    for (part, store) in stores.iter_mut().enumerate() {
        score(&mut object, &wave(60 * part, 60), 60 * part);
        store.pages = Paged::clone(&object).changed_pages(PageSize::DEFAULT);
        store.manifest = Some(object.manifest());
    }
    let [early, late] = stores;
    (early, late)
}

fn refused<T: Subject>(manifest: &[u8], pages: &Pages) -> String {
    let mut object = Paged::new(T::fresh());
    let before = object.manifest();
    let error = object.restore(manifest, borrowed(pages)).unwrap_err().to_string();
    assert_eq!(object.manifest(), before, "a refused restore must change nothing");
    error
}

#[test]
fn pages_of_another_moment_are_refused() {
    let (early, late) = two_moments();
    let manifest = late.manifest.unwrap();
    for &number in late.pages.keys() {
        let mut pages = late.pages.clone();
        pages.remove(&number);
        let error = refused::<StreamScorer>(&manifest, &pages);
        assert_eq!(error, "pages are not those of this manifest: it has 4, 3 present");
        let Some(stale) = early.pages.get(&number).filter(|page| **page != late.pages[&number]) else {
            continue;
        };
        pages.insert(number, stale.clone());
        let error = refused::<StreamScorer>(&manifest, &pages);
        assert_eq!(error, "pages are not those of this manifest: some were taken before it or after it");
    }
}

#[test]
fn a_changed_byte_is_found_wherever_it_is() {
    let (store, _) = two_moments();
    let manifest = store.manifest.unwrap();
    for at in 0..manifest.len() {
        let mut damaged = manifest.clone();
        damaged[at] ^= 1;
        let error = refused::<StreamScorer>(&damaged, &store.pages);
        let named = ["manifest is damaged", "manifest must begin", "state has format", "state holds a"];
        assert!(named.iter().any(|text| error.starts_with(text)), "byte {at}: {error}");
    }
    let (&number, page) = store.pages.first_key_value().unwrap();
    for at in 0..page.len() {
        let mut pages = store.pages.clone();
        pages.get_mut(&number).unwrap()[at] ^= 1;
        let error = refused::<StreamScorer>(&manifest, &pages);
        let named = ["page 0 is damaged", "page must begin", "state has format", "state holds a"];
        assert!(named.iter().any(|text| error.starts_with(text)), "byte {at}: {error}");
    }
}

#[test]
fn what_is_not_a_head_or_another_one_is_said_to_be() {
    let (store, _) = two_moments();
    let manifest = store.manifest.unwrap();
    let error = refused::<StreamScorer>(b"", &store.pages);
    assert_eq!(error, "manifest must begin with the bytes \"ANEM\": this is not a manifest of a paged state");
    let error = refused::<StreamScorer>(&manifest[..40], &store.pages);
    assert_eq!(error, "manifest is damaged: its bytes were changed");
    let error = refused::<StreamDetector>(&manifest, &store.pages);
    assert_eq!(error, "state holds a StreamScorer, wanted a StreamDetector");
    let mut newer = manifest.clone();
    newer[4] = VERSION as u8 + 1;
    let error = refused::<StreamScorer>(&newer, &store.pages);
    assert_eq!(
        error,
        format!("state has format version {}, this build reads version {VERSION}", VERSION + 1)
    );
    let mut other = Paged::new(scorer(5, "other seed", &[4, 80]));
    let error = other.restore(&manifest, borrowed(&store.pages)).unwrap_err().to_string();
    assert_eq!(error, "state was saved with seed \"s\", this object has seed \"other seed\"");
}

#[test]
fn a_page_that_is_no_more_is_handed_over_once_and_ignored() {
    let mut object = Paged::new(StreamScorer::fresh());
    score(&mut object, &wave(0, 60), 0);
    let mut store = Store::default();
    store.save(&mut object, PageSize::try_from(256).unwrap());
    let small = store.pages.len();
    store.save(&mut object, PageSize::DEFAULT);
    let gone = store.pages.values().filter(|page| page.is_empty()).count();
    assert_eq!((small - gone, gone > 0), (3, true));
    assert_eq!(store.load::<StreamScorer>().to_bytes(), object.to_bytes());
    assert!(object.changed_pages(PageSize::DEFAULT).is_empty());
}

#[test]
fn a_page_size_out_of_range_is_refused() {
    let error = PageSize::try_from(255).unwrap_err().to_string();
    assert_eq!(error, "page_bytes must be from 256 to 1048576, got 255");
}
