//! The loops that both kinds of registers share.

/// Defines the function of a level that holds the sums of `$rows` rows and `$width` offsets in registers.
macro_rules! kernel {
    ($features:literal, $rows:expr, $width:literal, $zero:ident, $load:ident, $store:ident, $splat:ident, $fma:ident) => {
        use crate::dirichlet_product::{DirichletBlock, DirichletSums, HALF_OFFSETS, OFFSETS};

        #[target_feature(enable = $features)]
        pub(super) fn add_dirichlet_product(block: DirichletBlock<'_>, sums: &mut [DirichletSums]) {
            block.check(sums.len());
            let half = block.cos.len() / 2;
            for first in (0..OFFSETS).step_by($width) {
                let table = first / HALF_OFFSETS * half + first % HALF_OFFSETS;
                for (tile, sums) in sums.chunks_exact_mut($rows).enumerate() {
                    let mut held = [[$zero(); 4]; $rows];
                    for (held, sums) in held.iter_mut().zip(sums.iter()) {
                        for (held, sum) in held.iter_mut().zip(sums) {
                            // SAFETY: `first` is a multiple of $width below OFFSETS, which is one too.
                            *held = unsafe { $load(sum.as_ptr().add(first)) };
                        }
                    }
                    for n in 0..block.terms {
                        // SAFETY: `check` found eight offsets for each term in each half of a table; $width of them from `first`
                        // on lie in one half.
                        let (cos, sin) = unsafe {
                            let at = table + n * HALF_OFFSETS;
                            ($load(block.cos.as_ptr().add(at)), $load(block.sin.as_ptr().add(at)))
                        };
                        for (row, held) in held.iter_mut().enumerate() {
                            let at = (tile * $rows + row) * block.stride + n;
                            // One after the other: the registers have room for one of them.
                            // SAFETY: `check` found a coefficient for each row of the sums and each term.
                            let re = unsafe { $splat(*block.re.get_unchecked(at)) };
                            held[0] = $fma(re, cos, held[0]);
                            held[2] = $fma(re, sin, held[2]);
                            // SAFETY: `check` found a coefficient for each row of the sums and each term.
                            let im = unsafe { $splat(*block.im.get_unchecked(at)) };
                            held[1] = $fma(im, sin, held[1]);
                            held[3] = $fma(im, cos, held[3]);
                        }
                    }
                    for (held, sums) in held.iter().zip(sums.iter_mut()) {
                        for (held, sum) in held.iter().zip(sums) {
                            // SAFETY: `first` is a multiple of $width below OFFSETS, which is one too.
                            unsafe { $store(sum.as_mut_ptr().add(first), *held) };
                        }
                    }
                }
            }
        }
    };
}

pub(super) use kernel;
