//! Everything that is measured of the normalised stream: shapes, forecasts, season, slow changes.

use crate::detect::combine::Character;
use crate::detect::component::{COMPONENTS, Component};
use crate::detect::forecast::{ANALOGUES, Forecaster, Forecasts, Past, REACH};
use crate::detect::long_shapes::LongShapes;
use crate::detect::neighbour::Match;
use crate::detect::normalise::Normalised;
use crate::detect::season::Season;
use crate::detect::settings::DetectorSettings;
use crate::detect::shape::{LagKnn, Memory};
use crate::detect::slow::{Drift, Fall};
use crate::error::Result;
use crate::state::fields;
use anet_simd::Level;

/// Lengths of the lag vectors of samples, and the samples that their analogues look back over.
const LENGTHS: [usize; 4] = [4, 16, 32, 64];
const SHORT_REACH: usize = Memory::Short.lags() + LENGTHS[LENGTHS.len() - 1];

/// The memory of the components that go by the normalised stream.
#[derive(Debug, Clone)]
pub(super) struct Patterns {
    shape: LagKnn<4>,
    forecaster: Forecaster,
    drift: Drift,
    fall: Fall,
    season: Season,
    character: Character,
    pub(super) past: Past,
    long: Option<LongShapes>,
}

impl Patterns {
    /// Has seen nothing.
    pub(super) fn new(settings: &DetectorSettings, level: Level) -> Self {
        use Component::{Dense4, Dense16, Dense32, Dense64};
        let long = settings.options.long;
        let early = [Dense4, Dense16, Dense32, Dense64].map(|part| part.prior().0);
        Self {
            shape: LagKnn::new(level, LENGTHS, Memory::Short, 16.0, early),
            forecaster: Forecaster::new(if long { ANALOGUES } else { LENGTHS.len() }),
            drift: Drift::new(),
            fall: Fall::new(),
            season: Season::new(level, &settings.season, long),
            character: Character { predictability: 0.0, season: 0.0 },
            past: Past::new(if long { REACH } else { SHORT_REACH }),
            long: long.then(|| LongShapes::new(level)),
        }
    }

    /// A sample is missing: only the season's clock goes on.
    pub(super) fn missing(&mut self) {
        self.season.missing();
    }

    /// The stream came back after a long gap.
    pub(super) fn resume(&mut self) {
        self.long.iter_mut().for_each(LongShapes::forget);
    }

    /// The last sample alarmed.
    pub(super) fn alarmed(&mut self) {
        self.drift.alarmed();
    }

    /// What the stream was like at the last sample.
    pub(super) fn character(&self) -> Character {
        self.character
    }

    /// The period of the season, in samples.
    pub(super) fn period(&self) -> Option<usize> {
        self.season.period()
    }

    /// The forecasts of sample number `t`, the next one.
    pub(super) fn forecasts(&self, t: u64) -> Forecasts {
        self.forecaster.forecasts(t, &self.analogues())
    }

    /// What the next sample should be: the mean of the forecasts and, as far as the season explains what they do
    /// not, of its place in the period.
    pub(super) fn expected(&self, forecasts: &Forecasts) -> f64 {
        let forecast = forecasts.mixed;
        let season = self.season.expected().unwrap_or(forecast);
        let share = self.season.share() * (1.0 - self.forecaster.predictability());
        forecast + share * (season - forecast)
    }

    /// Measures sample number `t`, which is `x`, by its forecasts and what came before it, then learns it. `since` counts the
    /// samples since a gap.
    pub(super) fn push(
        &mut self,
        t: u64,
        since: u64,
        x: f64,
        normal: Normalised,
        forecasts: &Forecasts,
        raw: &mut [f64; COMPONENTS],
    ) {
        let y = normal.shape;
        self.character.predictability = self.forecaster.predictability();
        let mut put =
            |first: Component, values: &[f64]| raw[first as usize..][..values.len()].copy_from_slice(values);
        put(Component::Residual1, &self.forecaster.push(t, since, y, forecasts));
        put(Component::Dense4, &self.shape.push(t, since.saturating_add(1), y));
        if let Some(long) = &mut self.long {
            put(LongShapes::FIRST, &long.push(t, normal));
        }
        let season = self.season.push(y);
        put(Component::Season32, &season.means);
        self.character.season = self.season.share();
        let drift = self.drift.push(y, self.season.period(), self.character.season, season.error);
        put(Component::Drift, &[drift, self.fall.push(t, x, y), season.unusual]);
        self.past.push(y);
    }

    /// What came after the nearest lag vectors of each length.
    fn analogues(&self) -> [f64; ANALOGUES] {
        let mut all = [0.0; ANALOGUES];
        for (i, analogue) in all[..LENGTHS.len()].iter_mut().enumerate() {
            *analogue = self.past.after(self.shape.lags(i).iter().map(|&lag| usize::from(lag)));
        }
        if let Some(long) = &self.long {
            all[LENGTHS.len()..].copy_from_slice(&long.analogues(&self.past));
        }
        all
    }

    /// The nearest earlier runs of samples at sample number `t`, the nearest first, where a component compares with any.
    pub(super) fn matches(&self, t: u64, part: Component) -> Vec<Match> {
        use Component::{Dense4, Dense16, Dense32, Dense64};
        match (part, &self.long) {
            (Dense4 | Dense16 | Dense32 | Dense64, _) => self.shape.nearest(t, part as usize),
            (_, Some(long)) => long.nearest(t, part),
            _ => Vec::new(),
        }
    }

    /// What follows from the samples.
    fn recompute(&mut self) -> Result<()> {
        self.long.as_mut().map_or(Ok(()), |long| long.recompute(&self.past))
    }
}

// The largest last: its pages change one at a time, everything before it with every sample.
fields!(Patterns { (past.seen), character, shape, forecaster, drift, fall, [long], season, past } then recompute);

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    /// The common scale as it was when the answers were made: mean and deviation from a weight of 300.
    struct Scale {
        weight: f64,
        mean: f64,
        variance: f64,
        least: f64,
    }

    impl Scale {
        fn new(part: Component) -> Self {
            let (mean, deviation) = part.prior();
            Self { weight: 300.0, mean, variance: deviation * deviation, least: 0.3 * deviation }
        }

        fn z(&mut self, t: u64, raw: f64) -> f64 {
            let scale = self.variance.sqrt().max(self.least);
            let d = raw - self.mean;
            self.weight = 0.5_f64.powf(1.0 / 4096.0) * self.weight + 1.0;
            let (a, cut) = (1.0 / self.weight, d.clamp(-5.0 * scale, 5.0 * scale));
            self.mean += a * cut;
            self.variance = (1.0 - a) * (self.variance + a * cut * cut);
            if t < 64 { 0.0 } else { d / scale }
        }
    }

    fn numbers(values: &Value) -> Vec<f64> {
        values.as_array().expect("a list").iter().map(|x| x.as_f64().expect("a number")).collect()
    }

    const KNOWN: [(&str, Component); 6] = [
        ("V1", Component::Residual1),
        ("V8", Component::Residual8),
        ("V16", Component::Residual16),
        ("V32", Component::Residual32),
        ("l32", Component::Block2Dense16),
        ("l64", Component::Block2Dense32),
    ];

    #[test]
    fn forecasts_and_the_long_memory_have_the_known_answers() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/golden/stream_parts2.json");
        let text = std::fs::read_to_string(path).expect("the known answers");
        let all: Value = serde_json::from_str(&text).expect("JSON");
        for case in all["cases"].as_array().expect("cases") {
            for level in Level::all_supported() {
                compare(case, level);
            }
        }
    }

    fn compare(case: &Value, level: Level) {
        let mut patterns = Patterns::new(&DetectorSettings::default(), level);
        let mut scales = KNOWN.map(|(_, part)| Scale::new(part));
        let mut raw = Component::ALL.map(|part| part.prior().0);
        for (t, y) in (0..).zip(numbers(&case["y"])) {
            let normal = Normalised { token: 0.0, shape: y };
            let forecasts = patterns.forecasts(t);
            patterns.push(t, u64::MAX / 4, y, normal, &forecasts, &mut raw);
            let predictability = patterns.character().predictability;
            let close = |name: &str, found: f64| {
                let Some(wanted) = case[name].get(t as usize).and_then(Value::as_f64) else { return };
                assert!(
                    (found - wanted).abs() <= 1e-9 * (1.0 + wanted.abs()),
                    "{name} at {t}: {found} for {wanted}"
                );
            };
            close("rho", predictability);
            for (scale, (name, part)) in scales.iter_mut().zip(KNOWN) {
                close(name, scale.z(t, raw[part as usize]));
            }
        }
    }
}
