//! The pass over the blocks of a tensor.

use anet_simd::Level;

use super::layout::{Layout, SEGMENT};
use super::rounding::{Rounding, RoundingSquares};
use super::rows::RowCounts;
use super::sums::{Segment, Sums, sums};
use super::{Comparison, ModelSums, PairSums};
use crate::decode::Decode;
use crate::dtype::Float;
use crate::error::{Error, Result};
use crate::file::Tensor;

/// Numbers in a block: of three models it stays in the second cache.
const BLOCK: u64 = 1 << 16;

/// Compares a tensor of several models, each with each, and with their base.
///
/// Cosine, norms and distance follow from the sums: cos = Σ x y / √(Σ x² Σ y²). One pass over the files; memory for a block
/// of each. Numbers are taken in single precision, sums good to about six digits; of numbers that are not finite only their
/// count is known. Of fewer than two models nothing is said.
///
/// # Errors
/// [`Error::Shapes`] where the shapes differ, [`Error::NotRead`] for types that are not read, and what the operating system
/// refuses.
pub fn compare(models: &[Tensor<'_>], base: Option<Tensor<'_>>) -> Result<Comparison> {
    compare_in_blocks(models, base, BLOCK)
}

fn compare_in_blocks(models: &[Tensor<'_>], base: Option<Tensor<'_>>, block: u64) -> Result<Comparison> {
    let sources = models.iter().copied().chain(base).map(Source::new).collect::<Result<Vec<_>>>()?;
    let mut pass = Pass::new(models.len(), sources)?;
    let mut start = 0;
    while start < pass.layout.length {
        let end = pass.layout.block_end(start, block);
        for source in &mut pass.sources {
            source.tensor.read_bytes(source.float, start..end, &mut source.bytes)?;
        }
        pass.add_block(start, end);
        start = end;
    }
    Ok(pass.finish())
}

/// A tensor with a block of its bytes, and a segment of its numbers.
struct Source<'a> {
    tensor: Tensor<'a>,
    float: Float,
    bytes: Vec<u8>,
    segment: Box<Segment>,
}

impl<'a> Source<'a> {
    fn new(tensor: Tensor<'a>) -> Result<Self> {
        let float = tensor.float()?;
        Ok(Self { tensor, float, bytes: Vec::new(), segment: Box::new([0.0; SEGMENT]) })
    }

    /// Decodes the numbers at these places of the block, and clears what is left of the segment.
    fn decode(&mut self, level: Level, from: usize, count: usize) {
        let width = self.float.width();
        let (values, rest) = self.segment.split_at_mut(count);
        rest.fill(0.0);
        let bytes = &self.bytes[from * width..(from + count) * width];
        level.run(Decode { float: self.float, bytes, into: values });
    }
}

/// Two models' sums so far, and those of the row under way.
struct Pair {
    models: (usize, usize),
    total: Sums,
    row: Sums,
    rounding_squares: f64,
    rows: Option<RowCounts>,
}

struct Pass<'a> {
    level: Level,
    layout: Layout,
    /// The models, then the base.
    sources: Vec<Source<'a>>,
    base: Option<usize>,
    rounding: Option<Rounding>,
    pairs: Vec<Pair>,
}

impl<'a> Pass<'a> {
    fn new(models: usize, sources: Vec<Source<'a>>) -> Result<Self> {
        let shape = sources.first().map_or(&[][..], |source| &source.tensor.info().shape);
        if let Some(other) = sources.iter().find(|source| source.tensor.info().shape != shape) {
            return Err(Error::Shapes { name: other.tensor.info().name.clone() });
        }
        let layout = Layout::new(shape);
        let rows = layout.has_rows.then(RowCounts::new);
        let pair = |models| Pair {
            models,
            total: Sums::default(),
            row: Sums::default(),
            rounding_squares: 0.0,
            rows: rows.clone(),
        };
        let pairs = (0..models).flat_map(|first| (first + 1..models).map(move |second| (first, second)));
        Ok(Self {
            level: Level::detect(),
            layout,
            base: (sources.len() > models).then_some(models),
            rounding: sources.first().and_then(|source| Rounding::of(source.float)),
            pairs: pairs.map(pair).collect(),
            sources,
        })
    }

    fn add_block(&mut self, start: u64, end: u64) {
        let mut at = start;
        while at < end {
            let next = self.layout.segment_end(at);
            for source in &mut self.sources {
                source.decode(self.level, (at - start) as usize, (next - at) as usize);
            }
            self.add_segment(next);
            at = next;
        }
    }

    /// Adds the segment that ends before `end`.
    fn add_segment(&mut self, end: u64) {
        let Self { level, layout, sources, .. } = self;
        let base = self.base.map(|base| &*sources[base].segment);
        for pair in &mut self.pairs {
            let (a, b) = (&*sources[pair.models.0].segment, &*sources[pair.models.1].segment);
            pair.row.join(&sums(*level, a, b, base));
            if let Some(rounding) = self.rounding {
                pair.rounding_squares += level.run(RoundingSquares { a, b, rounding });
            }
            if end.is_multiple_of(layout.row) {
                pair.end_row(end / layout.row - 1);
            }
        }
    }

    fn finish(self) -> Comparison {
        let of_first = |sums: &Sums, which: usize| ModelSums {
            squares: sums.squares[which],
            largest: sums.largest[which],
            not_finite: sums.not_finite[which],
            change_squares: sums.change_squares[which],
        };
        // The first model's pairs hold the sums of every model, and each those of the base.
        let firsts = self.pairs.iter().filter(|pair| pair.models.0 == 0).map(|pair| &pair.total);
        let first = firsts.clone().take(1).map(|sums| of_first(sums, 0));
        let models = first.chain(firsts.map(|sums| of_first(sums, 1))).collect();
        let base = self.base.and(self.pairs.first()).map(|pair| ModelSums {
            squares: pair.total.base_squares,
            largest: pair.total.base_largest,
            not_finite: pair.total.base_not_finite,
            change_squares: 0.0,
        });
        Comparison { models, base, pairs: self.pairs.into_iter().map(Pair::finish).collect() }
    }
}

impl Pair {
    fn end_row(&mut self, place: u64) {
        if let Some(rows) = &mut self.rows {
            rows.take(place, self.row.squares, self.row.products);
        }
        self.total.join(&self.row);
        self.row = Sums::default();
    }

    fn finish(self) -> PairSums {
        let Sums { products, distance_squares, change_products, opposed, moved, .. } = self.total;
        let rows = self.rows.map(RowCounts::finish);
        let rounding_squares = self.rounding_squares;
        PairSums { products, distance_squares, change_products, opposed, moved, rounding_squares, rows }
    }
}

impl Sums {
    /// Adds what comes behind.
    fn join(&mut self, next: &Self) {
        for side in 0..2 {
            self.squares[side] += next.squares[side];
            self.change_squares[side] += next.change_squares[side];
            self.not_finite[side] += next.not_finite[side];
            self.largest[side] = self.largest[side].max(next.largest[side]);
        }
        self.products += next.products;
        self.distance_squares += next.distance_squares;
        self.base_squares += next.base_squares;
        self.change_products += next.change_products;
        self.opposed += next.opposed;
        self.moved += next.moved;
        self.base_largest = self.base_largest.max(next.base_largest);
        self.base_not_finite += next.base_not_finite;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::WeightsFile;

    /// A file with one tensor `w`, removed when it is dropped.
    struct Written(std::path::PathBuf);

    impl Written {
        fn new(name: &str, dtype: &str, shape: &[u64], data: &[u8]) -> Self {
            let end = data.len();
            let header =
                format!(r#"{{"w":{{"dtype":"{dtype}","shape":{shape:?},"data_offsets":[0,{end}]}}}}"#);
            let path = std::env::temp_dir().join(format!("anet-weights-{}-{name}", std::process::id()));
            let file = [&(header.len() as u64).to_le_bytes()[..], header.as_bytes(), data].concat();
            std::fs::write(&path, file).expect("a folder for temporary files");
            Self(path)
        }
    }

    impl Drop for Written {
        fn drop(&mut self) {
            let _ = std::fs::remove_file(&self.0);
        }
    }

    fn noise(seed: u64, count: usize) -> Vec<f32> {
        let mut state = seed;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 40) as f32 / (1 << 24) as f32 - 0.5
        };
        (0..count).map(|_| next()).collect()
    }

    fn bytes(values: &[f32]) -> Vec<u8> {
        values.iter().flat_map(|x| x.to_le_bytes()).collect()
    }

    #[test]
    fn the_size_of_a_block_changes_no_bit() {
        let shape = [9, 2500];
        let files: Vec<_> = (0..4)
            .map(|n| Written::new(&format!("block-{n}"), "F32", &shape, &bytes(&noise(n, 22_500))))
            .map(|written| (WeightsFile::open(&written.0).expect("a good file"), written))
            .collect();
        let tensors: Vec<_> = files.iter().map(|(file, _)| file.tensor("w").expect("it is there")).collect();
        let of = |block| compare_in_blocks(&tensors[..3], Some(tensors[3]), block).expect("a good file");
        let whole = of(1 << 30);
        assert_eq!((whole.models.len(), whole.pairs.len()), (3, 3));
        for block in [1, 1024, 2500, 7000] {
            assert_eq!(of(block), whole, "blocks of {block}");
        }
    }

    #[test]
    fn a_model_compared_with_itself_has_cosine_one_and_distance_zero() {
        let written = Written::new("itself", "F32", &[16, 300], &bytes(&noise(1, 4800)));
        let file = WeightsFile::open(&written.0).expect("a good file");
        let tensor = file.tensor("w").expect("it is there");
        let found = compare(&[tensor, tensor], None).expect("a good file");
        assert_eq!(found.pairs[0].products, found.models[0].squares);
        assert_eq!(found.pairs[0].distance_squares, 0.0);
        assert_eq!(found.pairs[0].rows.as_ref().map(|rows| (rows.rows, rows.other)), Some((16, 0)));
    }

    #[test]
    fn opposite_changes_have_the_opposite_product_and_every_sign_opposed() {
        let (base, change) = (noise(1, 5000), noise(2, 5000));
        let moved =
            |sign: f32| base.iter().zip(&change).map(|(o, d)| o + sign * 0.25 * d).collect::<Vec<_>>();
        let files = [moved(1.0), moved(-1.0), base.clone()];
        let files: Vec<_> = files
            .iter()
            .enumerate()
            .map(|(n, values)| Written::new(&format!("opposite-{n}"), "F32", &[50, 100], &bytes(values)))
            .map(|written| (WeightsFile::open(&written.0).expect("a good file"), written))
            .collect();
        let [a, b, o] = [0, 1, 2].map(|n| files[n].0.tensor("w").expect("it is there"));
        let found = compare(&[a, b], Some(o)).expect("a good file");
        let (pair, squares) = (&found.pairs[0], found.models[0].change_squares);
        assert!((pair.change_products + squares).abs() < 1e-5 * squares);
        assert_eq!(pair.opposed, pair.moved);
        assert!(pair.moved > 4900);
    }

    #[test]
    fn a_file_that_was_cut_is_an_error() {
        let written = Written::new("cut", "F32", &[5000], &bytes(&noise(1, 5000)));
        let file = WeightsFile::open(&written.0).expect("a good file");
        std::fs::OpenOptions::new()
            .write(true)
            .open(&written.0)
            .and_then(|file| file.set_len(900))
            .expect("a file");
        let tensor = file.tensor("w").expect("it is there");
        assert!(matches!(compare(&[tensor, tensor], None), Err(Error::Io(_))));
        assert!(matches!(tensor.read(0..5000), Err(Error::Io(_))));
    }
}
