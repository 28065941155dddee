//! Puts a stream on a scale without units, twice: once for tokens, once for shapes.

use crate::state::fields;
use crate::stats::ew_moments::EwMoments;

/// Samples are cut here: beyond it their squares overflow.
pub(crate) const LARGEST: f64 = 1e150;

/// The largest size of a shape, in deviations; in sixteenths it must fit an `i16` with room for sums.
const SHAPE_LIMIT: f64 = 100.0;
/// The largest size of a token's value, in deviations: 13 whole ones make the alphabet of the tokens.
pub(crate) const TOKEN_LIMIT: f64 = 6.0;
/// A sample further out than this many deviations moves the shape scale as one at just this distance would. Without the cut
/// one spike hides the next. Fitted with [`CUT_FROM`] and [`CUT_SHARE`] by `make detection` (2026-11-24).
const CUT: f64 = 3.0;
/// The first samples are never cut: there is no scale yet to cut them by.
const CUT_FROM: u64 = 20;
/// Where more than this share of the samples is cut, the stream has changed its scale, and nothing is cut. Without it a
/// stream that is constant for its first samples stays blind for ten thousands more.
const CUT_SHARE: f64 = 0.2;
/// Half-lives of the two scales, in samples: tokens follow the stream, shapes stay comparable over the ring of 1024.
const TOKEN_HALF: f64 = 512.0;
const SHAPE_HALF: f64 = 2048.0;
/// The shape scale is at least this share of the token scale: a stream that wakes up has a usable one at once.
const LEAST_SHARE: f64 = 0.05;

/// One sample without units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Normalised {
    /// Deviations from the recent mean, within ±6.
    pub(crate) token: f64,
    /// Deviations from a slower mean that outliers hardly move, within ±100.
    pub(crate) shape: f64,
}

/// Two running scales.
///
/// The token scale is a plain one. The shape scale takes cut updates, so that one spike does not hide the next; the share of
/// cut samples gives a stream that wakes up, or changes its scale, its new scale soon.
#[derive(Debug, Clone)]
pub(crate) struct Normaliser {
    plain: EwMoments,
    robust: EwMoments,
    cut_share: EwMoments,
}

impl Normaliser {
    /// Has seen nothing.
    pub(crate) fn new() -> Self {
        Self {
            plain: EwMoments::new(TOKEN_HALF),
            robust: EwMoments::new(SHAPE_HALF),
            cut_share: EwMoments::new(TOKEN_HALF),
        }
    }

    /// Scales sample number `t` by what came before it, then learns it.
    pub(crate) fn push(&mut self, t: u64, x: f64) -> Normalised {
        if t == 0 {
            self.plain.set_mean(x);
            self.robust.set_mean(x);
        }
        // The shape first: its scale leans on the plain one as it stood before this sample.
        let shape = self.shape(t, x);
        let normal = Normalised { token: self.token(x), shape };
        // One sample has no deviation and two have only their own.
        if t < 2 { Normalised { token: 0.0, shape: 0.0 } } else { normal }
    }

    fn token(&mut self, x: f64) -> f64 {
        let d = x - self.plain.mean();
        let scale = self.plain.deviation().max(floor(self.plain.mean()));
        self.plain.add(d);
        (d / scale).clamp(-TOKEN_LIMIT, TOKEN_LIMIT)
    }

    fn shape(&mut self, t: u64, x: f64) -> f64 {
        let d = x - self.robust.mean();
        let scale = self.robust_scale();
        let beyond = d.abs() > CUT * scale;
        let cut = beyond && t >= CUT_FROM && self.cut_share.mean() < CUT_SHARE;
        self.cut_share.push(f64::from(beyond));
        self.robust.add(if cut { (CUT * scale).copysign(d) } else { d });
        (d / scale).clamp(-SHAPE_LIMIT, SHAPE_LIMIT)
    }

    /// Never far below the plain scale.
    fn robust_scale(&self) -> f64 {
        self.robust.deviation().max(LEAST_SHARE * self.plain.deviation()).max(floor(self.robust.mean()))
    }
}

fields!(Normaliser { plain, robust, cut_share });

/// What a scale is at least, so that rounding in a constant stream is no event.
pub(crate) fn floor(mean: f64) -> f64 {
    1e-9 * (1.0 + mean.abs())
}
