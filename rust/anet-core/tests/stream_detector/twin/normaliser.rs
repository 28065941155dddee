//! Two scales without units, which nothing that is short can blind.

use crate::twin::median::cut_about_median;
use crate::twin::moments::Moments;
use crate::twin::scales::WARM_UP;

/// One sample without units: for tokens within 6, for shapes within 100.
pub(crate) struct Normal {
    pub(crate) token: f64,
    pub(crate) shape: f64,
}

/// Samples between two looks for a stale scale, which compare it with twice as many.
const STALE: usize = 256;
/// A range below this share of a scale makes it stale.
const LEAST: f64 = 3e-5;

/// Every sample by those before it.
pub(crate) fn normalise(x: &[f64]) -> Vec<Normal> {
    let Some(&first) = x.first() else { return Vec::new() };
    let mut scales = Scales::at(first);
    let push = |t: usize| {
        if (1..WARM_UP).contains(&t) {
            scales.rebuild(&x[..t]);
        }
        // The shape first: its floor is the bounded scale as it stood before this sample.
        let (shape, token) = (scales.shape(t, x[t]), scales.token(t, x[t]));
        if t == WARM_UP - 1 {
            scales.rebuild(&x[..WARM_UP]);
        }
        if (t + 1).is_multiple_of(STALE) {
            scales.restart_stale(&x[(t + 1).saturating_sub(2 * STALE)..=t]);
        }
        let (token, shape) = (token.clamp(-6.0, 6.0), shape.clamp(-100.0, 100.0));
        if t < 2 { Normal { token: 0.0, shape: 0.0 } } else { Normal { token, shape } }
    };
    (0..x.len()).map(push).collect()
}

/// The least scale about a mean: some units in its last place. Not of the largest sample, which a fill value would be.
fn floor(mean: f64) -> f64 {
    (16.0 * f64::EPSILON * mean.abs()).max(1e-290)
}

/// N1 for tokens, N2 for shapes, and B, below whose twentieth N2 never falls.
struct Scales {
    token: Bounded,
    /// The share of samples that are far for N1.
    far: Moments,
    robust: Moments,
    /// The share of samples that are cut for N2.
    cuts: Moments,
    bound: Bounded,
}

impl Scales {
    fn at(first: f64) -> Self {
        let at = |half| Moments::start(half, [0.0; 2], first, 0.0);
        let [far, cuts] = [Moments::new(512.0); 2];
        let bounded = || Bounded { moments: at(512.0), run: 0 };
        Self { token: bounded(), far, robust: at(2048.0), cuts, bound: bounded() }
    }

    /// From all samples so far, cut about their median. Shares and runs stay as they are.
    fn rebuild(&mut self, x: &[f64]) {
        let cut = cut_about_median(x);
        let moments = |half| {
            let mut moments = Moments::start(half, [0.0; 2], cut[0], 0.0);
            cut.iter().for_each(|&x| moments.push(x));
            moments
        };
        self.robust = moments(2048.0);
        self.token.moments = moments(512.0);
        self.bound.moments = moments(512.0);
    }

    fn robust_scale(&self) -> f64 {
        let least = 0.05 * self.bound.moments.deviation();
        self.robust.deviation().max(least).max(floor(self.robust.mean))
    }

    fn shape(&mut self, t: usize, x: f64) -> f64 {
        let (d, scale, share) = (x - self.robust.mean, self.robust_scale(), self.cuts.mean);
        let beyond = d.abs() > 3.0 * scale;
        let cut = beyond && t >= WARM_UP && share < 0.2;
        self.robust.add(if cut { (3.0 * scale).copysign(d) } else { d });
        self.cuts.push(f64::from(beyond));
        self.bound.push(t, x, share);
        d / scale
    }

    fn token(&mut self, t: usize, x: f64) -> f64 {
        let (z, far) = self.token.push(t, x, self.far.mean);
        self.far.push(f64::from(far));
        z
    }

    /// What hardly moves any more against its scale gets a new one. The weights of the shares stay.
    fn restart_stale(&mut self, newest: &[f64]) {
        let (low, high) =
            newest.iter().fold((f64::MAX, f64::MIN), |(low, high), &x| (low.min(x), high.max(x)));
        let range = high - low;
        let restarted =
            |half, weight: f64| Moments::start(half, [weight; 2], (low + high) / 2.0, (range / 4.0).powi(2));
        if range > 0.0 && range < LEAST * self.robust_scale() {
            self.robust = restarted(2048.0, 512.0);
            self.bound.moments = restarted(512.0, 256.0);
            self.cuts.mean = 0.0;
        }
        if range > 0.0 && range < LEAST * self.token.moments.deviation() {
            self.token.moments = restarted(512.0, 256.0);
            self.far.mean = 0.0;
        }
    }
}

/// A scale that one sample moves by 6.5 % at most, and a true change after 24.
struct Bounded {
    moments: Moments,
    /// Far samples just before this one.
    run: usize,
}

impl Bounded {
    /// Deviations from the mean so far, and whether that is far; then learns, whole where a `share` of a fifth is odd already.
    fn push(&mut self, t: usize, x: f64, share: f64) -> (f64, bool) {
        let (d, deviation, floor) =
            (x - self.moments.mean, self.moments.deviation(), floor(self.moments.mean));
        let scale = deviation.max(floor);
        let far = d.abs() > 10.0 * scale;
        let free = deviation <= floor || self.run >= 24 || share >= 0.2;
        let cut = far && t >= WARM_UP && !free;
        self.moments.add(if cut { (10.0 * scale).copysign(d) } else { d });
        self.run = if far { self.run + 1 } else { 0 };
        (d / scale, far)
    }
}
