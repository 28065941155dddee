//! The pass over a tensor: chunks by threads, each block by block.

use std::ops::Range;
use std::thread;

use anet_simd::Level;

use super::Comparison;
use super::layout::Layout;
use super::part::Part;
use super::rounding::Rounding;
use super::segment::Segment;
use crate::dtype::Float;
use crate::error::{Error, Result};
use crate::file::Tensor;

/// Numbers in a block: of three models it stays in the second cache.
const BLOCK: u64 = 1 << 16;

/// Numbers that are worth a thread: a few milliseconds.
const CHUNK: u64 = 1 << 22;

/// Threads at most: more than a disk can feed are of no use.
const THREADS: usize = 16;

/// Compares a tensor of several models, each with each, and with their base.
///
/// Cosine, norms and distance follow from the sums: cos = Σ x y / √(Σ x² Σ y²). One pass over the files, by as many threads
/// as there are cores, whose number changes no bit; memory for a block of each tensor a thread. Numbers are taken in single
/// precision, sums good to about six digits; of numbers that are not finite only their count is known. Of fewer than two
/// models nothing is said.
///
/// # Errors
/// [`Error::Shapes`] where the shapes differ, [`Error::NotRead`] for types that are not read, and what the operating system
/// refuses.
pub fn compare(models: &[Tensor<'_>], base: Option<Tensor<'_>>) -> Result<Comparison> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    Pass::new(models, base)?.run(BLOCK, cores.min(THREADS))
}

/// What all threads share.
struct Pass<'a> {
    level: Level,
    layout: Layout,
    /// The models, then the base, with the types of their numbers.
    sources: Vec<(Tensor<'a>, Float)>,
    models: usize,
    rounding: Option<Rounding>,
}

impl<'a> Pass<'a> {
    fn new(models: &[Tensor<'a>], base: Option<Tensor<'a>>) -> Result<Self> {
        let sources = models.iter().copied().chain(base).map(|tensor| Ok((tensor, tensor.float()?)));
        let sources = sources.collect::<Result<Vec<_>>>()?;
        let shape = sources.first().map_or(&[][..], |(tensor, _)| &tensor.info().shape);
        if let Some((other, _)) = sources.iter().find(|(tensor, _)| tensor.info().shape != shape) {
            return Err(Error::Shapes { name: other.info().name.clone() });
        }
        let rounding = sources.first().and_then(|&(_, float)| Rounding::of(float));
        let (level, layout) = (Level::detect(), Layout::new(shape));
        Ok(Self { level, layout, sources, models: models.len(), rounding })
    }

    /// Joins the parts in the order of their chunks.
    fn run(&self, block: u64, threads: usize) -> Result<Comparison> {
        let mut total = self.part();
        let mut chunks = self.chunks().peekable();
        while chunks.peek().is_some() {
            for part in self.wave(chunks.by_ref().take(threads).collect(), block) {
                total.join(part?);
            }
        }
        Ok(total.finish())
    }

    /// The parts of some chunks, each by a thread; a single one by this.
    fn wave(&self, chunks: Vec<Range<u64>>, block: u64) -> Vec<Result<Part>> {
        if chunks.len() == 1 {
            return chunks.into_iter().map(|chunk| self.add_up(chunk, block)).collect();
        }
        thread::scope(|scope| {
            let start = |chunk| scope.spawn(move || self.add_up(chunk, block));
            let threads: Vec<_> = chunks.into_iter().map(start).collect();
            let end = |thread: thread::ScopedJoinHandle<'_, _>| {
                thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            };
            threads.into_iter().map(end).collect()
        })
    }

    fn chunks(&self) -> impl Iterator<Item = Range<u64>> {
        let mut start = 0;
        std::iter::from_fn(move || {
            let is_left = start < self.layout.length;
            let chunk = is_left.then(|| start..self.layout.chunk_end(start, CHUNK))?;
            start = chunk.end;
            Some(chunk)
        })
    }

    fn part(&self) -> Part {
        Part::new(self.models, self.sources.len() > self.models, self.layout.has_rows)
    }

    /// Reads a chunk and adds it up.
    fn add_up(&self, chunk: Range<u64>, block: u64) -> Result<Part> {
        let (mut part, mut start) = (self.part(), chunk.start);
        let mut bytes = vec![Vec::new(); self.sources.len()];
        let mut segments = vec![Segment::new(); self.sources.len()];
        while start < chunk.end {
            let end = self.layout.block_end(start, block).min(chunk.end);
            for ((tensor, float), bytes) in self.sources.iter().zip(&mut bytes) {
                tensor.read_bytes(*float, start..end, bytes)?;
            }
            self.add_block(&mut part, start..end, &bytes, &mut segments);
            start = end;
        }
        Ok(part)
    }

    fn add_block(&self, part: &mut Part, block: Range<u64>, bytes: &[Vec<u8>], segments: &mut [Segment]) {
        let mut at = block.start;
        while at < block.end {
            let end = self.layout.segment_end(at);
            let places = (at - block.start) as usize..(end - block.start) as usize;
            for ((segment, (_, float)), bytes) in segments.iter_mut().zip(&self.sources).zip(bytes) {
                let width = float.width();
                segment.decode(self.level, *float, &bytes[places.start * width..places.end * width]);
            }
            part.add(self.level, segments);
            if self.layout.is_sampled(at) {
                part.sample(self.level, segments, self.rounding);
            }
            if end.is_multiple_of(self.layout.row) {
                part.end_row(end / self.layout.row - 1);
            }
            at = end;
        }
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
        let pass = Pass::new(&tensors[..3], Some(tensors[3])).expect("good files");
        let whole = pass.run(1 << 30, 1).expect("good files");
        assert_eq!((whole.models.len(), whole.pairs.len()), (3, 3));
        for block in [1, 1024, 2500, 7000] {
            assert_eq!(pass.run(block, 1).expect("good files"), whole, "blocks of {block}");
        }
    }

    #[test]
    fn the_number_of_threads_changes_no_bit() {
        for shape in [&[2_100, 5_000][..], &[10_500_000]] {
            let written = Written::new(
                &format!("threads-{}", shape.len()),
                "F32",
                shape,
                &bytes(&noise(1, 10_500_000)),
            );
            let file = WeightsFile::open(&written.0).expect("a good file");
            let tensor = file.tensor("w").expect("it is there");
            let pass = Pass::new(&[tensor, tensor], None).expect("a good file");
            assert_eq!(pass.run(BLOCK, 3).expect("a good file"), pass.run(BLOCK, 1).expect("a good file"));
            assert_eq!(pass.chunks().count(), 3);
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
        assert_eq!(pair.signs.0, pair.signs.1);
        assert!(pair.signs.1 > 300);
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
