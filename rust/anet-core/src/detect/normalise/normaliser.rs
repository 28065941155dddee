//! Puts a stream on a scale without units, twice: once for tokens, once for shapes.

use crate::detect::normalise::beginning::{Beginning, KEPT};
use crate::detect::normalise::bounded::Bounded;
use crate::detect::normalise::extent::{Extent, Range};
use crate::state::fields;
use crate::stats::ew_moments::EwMoments;

/// Samples are cut here: beyond it their squares overflow.
pub(crate) const LARGEST: f64 = 1e150;

/// The largest size of a shape, in deviations; in sixteenths it must fit an `i16` with room for sums.
const SHAPE_LIMIT: f64 = 100.0;
/// The largest size of a token's value, in deviations: 13 whole ones make the alphabet of the tokens.
pub(crate) const TOKEN_LIMIT: f64 = 6.0;
/// A sample further out than this many deviations moves the shape scale as one at just this distance would. Without the cut
/// one spike hides the next. Fitted with [`OFTEN`] by `make detection` (2026-11-24).
const CUT: f64 = 3.0;
/// Where more than this share of the samples is cut, the stream has changed its scale, and nothing is cut. Without it a
/// stream that is constant for its first samples stays blind for ten thousands more.
const OFTEN: f64 = 0.2;
/// Half-lives of the two scales, in samples: tokens follow the stream, shapes stay comparable over the ring of 1024.
const TOKEN_HALF: f64 = 512.0;
const SHAPE_HALF: f64 = 2048.0;
/// The shape scale is at least this share of the bounded scale: a stream that wakes up has a usable one at once.
const LEAST_SHARE: f64 = 0.05;
/// Samples that lie together within this share of a scale are not what it was made of: it is made anew of them. Their quarter
/// is taken for the deviation.
const STALE: f64 = 3e-5;

/// One sample without units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Normalised {
    /// Deviations from the recent mean, within ±6.
    pub(crate) token: f64,
    /// Deviations from a slower mean that outliers hardly move, within ±100.
    pub(crate) shape: f64,
}

/// Running scales that nothing short can blind.
///
/// The token scale is a plain one with bounded updates. The shape scale takes updates cut at three deviations, so that one
/// spike does not hide the next; the share of cut samples gives a stream that changes its scale the new one soon, and so does
/// `bounded`, which follows faster. The first samples are taken by their median: there is no scale yet to cut them by.
#[derive(Debug, Clone)]
pub(crate) struct Normaliser {
    plain: Bounded,
    plain_share: EwMoments,
    robust: EwMoments,
    cut_share: EwMoments,
    bounded: Bounded,
    extent: Extent,
    beginning: Beginning,
}

impl Normaliser {
    /// Has seen nothing.
    pub(crate) fn new() -> Self {
        Self {
            plain: Bounded::new(TOKEN_HALF),
            plain_share: EwMoments::new(TOKEN_HALF),
            robust: EwMoments::new(SHAPE_HALF),
            cut_share: EwMoments::new(TOKEN_HALF),
            bounded: Bounded::new(TOKEN_HALF),
            extent: Extent::new(),
            beginning: Beginning::default(),
        }
    }

    /// Scales sample number `t` by what came before it, then learns it.
    pub(crate) fn push(&mut self, t: u64, x: f64) -> Normalised {
        // Before the first sample its own value is the mean.
        if t == 0 {
            self.start_at(x);
        }
        // The shape first: its scale leans on the bounded one as it stood before this sample.
        let shape = self.shape(t, x);
        let normal = Normalised { token: self.token(t, x), shape };
        if t < KEPT {
            self.begin(t, x);
        }
        if let Some(range) = self.extent.push(t, x) {
            self.renew(range);
        }
        // One sample has no deviation and two have only their own.
        if t < 2 { Normalised { token: 0.0, shape: 0.0 } } else { normal }
    }

    /// A value of the shape in the stream's own unit.
    pub(crate) fn denormalise(&self, shape: f64) -> f64 {
        self.robust.mean() + shape * self.robust_scale()
    }

    fn token(&mut self, t: u64, x: f64) -> f64 {
        let u = ((x - self.plain.mean()) / self.plain.scale()).clamp(-TOKEN_LIMIT, TOKEN_LIMIT);
        let far = self.plain.push(x, t < KEPT || self.plain_share.mean() >= OFTEN);
        self.plain_share.push(f64::from(far));
        u
    }

    fn shape(&mut self, t: u64, x: f64) -> f64 {
        let d = x - self.robust.mean();
        let scale = self.robust_scale();
        let beyond = d.abs() > CUT * scale;
        let often = t < KEPT || self.cut_share.mean() >= OFTEN;
        self.cut_share.push(f64::from(beyond));
        self.robust.add(if beyond && !often { (CUT * scale).copysign(d) } else { d });
        self.bounded.push(x, often);
        (d / scale).clamp(-SHAPE_LIMIT, SHAPE_LIMIT)
    }

    /// Never far below the bounded scale.
    fn robust_scale(&self) -> f64 {
        self.robust.deviation().max(LEAST_SHARE * self.bounded.deviation()).max(floor(self.robust.mean()))
    }

    fn start_at(&mut self, mean: f64) {
        self.plain.restart(0.0, mean, 0.0);
        self.robust.restart(0.0, mean, 0.0);
        self.bounded.restart(0.0, mean, 0.0);
    }

    /// Builds the scales of the first samples, the newest included, for the next one.
    fn begin(&mut self, t: u64, x: f64) {
        self.beginning.push(x);
        let mut samples = self.beginning.cut().peekable();
        let first = *samples.peek().unwrap_or(&x);
        let (plain, robust, bounded) = (&mut self.plain, &mut self.robust, &mut self.bounded);
        plain.restart(0.0, first, 0.0);
        robust.restart(0.0, first, 0.0);
        bounded.restart(0.0, first, 0.0);
        for x in samples {
            plain.push_whole(x);
            robust.push(x);
            bounded.push_whole(x);
        }
        if t + 1 == KEPT {
            self.beginning.end();
        }
    }

    /// A scale that no longer has to do with what comes is made anew of the last samples.
    fn renew(&mut self, range: Range) {
        let (middle, quarter) = (range.middle(), range.width() / 4.0);
        let stale = |scale: f64| range.width() > 0.0 && range.width() < STALE * scale;
        if stale(self.robust_scale()) {
            self.robust.restart(TOKEN_HALF, middle, quarter);
            self.bounded.restart(TOKEN_HALF / 2.0, middle, quarter);
            self.cut_share.recentre(0.0);
        }
        if stale(self.plain.deviation()) {
            self.plain.restart(TOKEN_HALF / 2.0, middle, quarter);
            self.plain_share.recentre(0.0);
        }
    }
}

fields!(Normaliser { plain, plain_share, robust, cut_share, bounded, extent, beginning });

/// What a scale is at least, so that rounding in a constant stream is no event: some units in the last place of its mean.
pub(crate) fn floor(mean: f64) -> f64 {
    (16.0 * f64::EPSILON * mean.abs()).max(1e-290)
}
