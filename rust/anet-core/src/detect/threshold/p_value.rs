//! From a score to how often a healthy stream gives one as high.

use crate::detect::component::{COMPONENTS, Component};
use crate::detect::normalise::WARM_UP;
use crate::detect::settings::DetectorOptions;
use crate::detect::threshold::own_line::{OwnLine, THRESHOLD};
use crate::detect::threshold::peaks::TAIL;
use crate::detect::threshold::spiky::Spiky;
use crate::error::Result;
use crate::state::{Fields, Reader, Writer, fields};
use crate::stats::ew_scale::EwScale;

/// The smallest p-value.
const SMALLEST: f64 = 1e-300;
/// The p-value at the threshold.
pub(crate) const AT_THRESHOLD: f64 = 1e-4;
/// How fast ln p falls up to the threshold and beyond it, a deviation. These and the threshold were fitted so that p is the rate
/// of false alarm episodes on healthy training curves and on the clean parts of series (`make detection`).
const SLOPE: f64 = 0.7;
const SLOPE_BEYOND: f64 = 0.5;
/// The half-life of the score's scale, in samples: that of the components.
const HALF: f64 = 4096.0;
/// Weight and mean, and weight and variance, that the scale starts from. The scores of a young stream lie high, so that their mean
/// must follow soon.
const PRIOR_MEAN: (f64, f64) = (30.0, 0.0);
const PRIOR_VARIANCE: (f64, f64) = (300.0, 16.0);
/// The least deviation of the score, in deviations of a component.
const FLOOR: f64 = 1.0;
/// A score further out moves the mean as one at this many deviations would.
const CUT: f64 = 5.0;
/// What is held back has this p-value.
const HELD: f64 = 1e-3;

/// A component that rings by itself, too: from which value on, and from which sample on.
struct Alone {
    part: Component,
    line: f64,
    from: u64,
}

const ALONE: [Alone; 4] = [
    Alone { part: Component::Flatline, line: 17.0, from: 3000 },
    Alone { part: Component::Drift, line: 5.0, from: 0 },
    Alone { part: Component::Fall, line: 5.0, from: 0 },
    Alone { part: Component::Place, line: 8.0, from: 0 },
];

/// How rare a sample is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Verdict {
    /// How often a healthy stream scores this high.
    pub(crate) p_value: f64,
    /// Whether the score is beyond the ordinary threshold and only the stream's own habits keep it from alarming.
    pub(crate) held: bool,
}

impl Verdict {
    const QUIET: Self = Self { p_value: 1.0, held: false };

    /// The rarer of two; an alarm is not held back.
    fn or(self, other: Self) -> Self {
        let p_value = self.p_value.min(other.p_value);
        Self { p_value, held: (self.held || other.held) && p_value > AT_THRESHOLD }
    }
}

/// The running scale of the score, and the map from there to p.
#[derive(Debug, Clone)]
pub(crate) struct PValue {
    scale: EwScale,
    line: Line,
    spiky: Option<Spiky>,
    alone: [Line; ALONE.len()],
}

impl PValue {
    /// Has seen nothing.
    pub(crate) fn new(options: DetectorOptions) -> Self {
        let line = || Line(options.adaptive_threshold.then(OwnLine::new));
        Self {
            scale: EwScale::new(HALF, PRIOR_MEAN, PRIOR_VARIANCE),
            line: line(),
            spiky: options.adaptive_threshold.then(Spiky::new),
            alone: std::array::from_fn(|_| line()),
        }
    }

    /// The verdict on the score of sample number `t`, which was `x`, by the scores before it.
    pub(crate) fn push(&mut self, t: u64, x: f64, score: f64, parts: &[f64; COMPONENTS]) -> Verdict {
        if t < WARM_UP {
            self.spiky.iter_mut().for_each(|spiky| _ = spiky.push(t, x, false));
            return Verdict::QUIET;
        }
        let z = self.scale.judge(score, FLOOR, CUT);
        let together = self.line.push(t, z);
        let asked = together.p_value <= AT_THRESHOLD;
        let habit = self.spiky.as_mut().is_some_and(|spiky| spiky.push(t, x, asked));
        let together = if habit { Verdict { p_value: HELD, held: true } } else { together };
        let lines = ALONE.iter().zip(&mut self.alone).filter(|(alone, _)| t >= alone.from);
        lines
            .map(|(alone, line)| line.alone(t, THRESHOLD * parts[alone.part as usize].abs() / alone.line))
            .fold(together, Verdict::or)
    }
}

fields!(PValue { scale, line, [spiky], alone });

/// The ordinary threshold, or one of the stream's own.
#[derive(Debug, Clone)]
struct Line(Option<OwnLine>);

impl Line {
    fn push(&mut self, t: u64, z: f64) -> Verdict {
        let threshold = self.0.as_mut().map_or(THRESHOLD, |own| own.push(t, z));
        Verdict { p_value: probability(z, threshold), held: (THRESHOLD..threshold).contains(&z) }
    }

    /// That of a component alone, which has nothing to say below the tail: others speak of that.
    fn alone(&mut self, t: u64, z: f64) -> Verdict {
        let verdict = self.push(t, z);
        if z < TAIL { Verdict::QUIET } else { verdict }
    }
}

impl Fields for Line {
    fn save(&self, out: &mut Writer) {
        self.0.iter().for_each(|own| own.save(out));
    }

    fn load(&mut self, from: &mut Reader<'_>) -> Result<()> {
        self.0.iter_mut().try_for_each(|own| own.load(from))
    }
}

/// Three exponentials: a slow one up to z = 3, one from there that passes 10⁻⁴ at the threshold, one that falls more slowly beyond.
fn probability(z: f64, threshold: f64) -> f64 {
    if z <= -1.0 {
        return 1.0;
    }
    if z < TAIL {
        let at_tail = libm::log(AT_THRESHOLD) + SLOPE * (THRESHOLD - TAIL);
        return libm::exp(at_tail * (z + 1.0) / (TAIL + 1.0));
    }
    let beyond = (THRESHOLD - TAIL) * (z - threshold) / (threshold - TAIL);
    let slope = if beyond > 0.0 { SLOPE_BEYOND } else { SLOPE };
    (AT_THRESHOLD * libm::exp(-slope * beyond)).max(SMALLEST)
}
