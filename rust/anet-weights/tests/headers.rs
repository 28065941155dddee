//! Headers that strangers may have written: each is refused with its reason, or describes tensors inside of the file.
//!
//! `ANET_FUZZ` says how many headers are damaged at random, 20,000 where it is not set.

use anet_weights::{Error, TensorInfo, read_header};
use proptest::prelude::Rng;
use proptest::test_runner::{RngAlgorithm, TestRng};

/// Bytes of data behind each header.
const DATA: usize = 24;

fn file(header: &str) -> Vec<u8> {
    [&(header.len() as u64).to_le_bytes()[..], header.as_bytes(), &[0; DATA]].concat()
}

fn read(file: &[u8]) -> anet_weights::Result<Vec<TensorInfo>> {
    read_header(file, file.len() as u64).map(|(_, tensors)| tensors)
}

fn refused(header: &str) -> String {
    read(&file(header)).expect_err(header).to_string()
}

const GOOD: &str = r#"{"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]},
    "b":{"dtype":"BF16","shape":[4],"data_offsets":[16,24]},"none":{"dtype":"I64","shape":[0],"data_offsets":[24,24]}}   "#;

#[test]
fn a_good_header_is_read() {
    let tensors = read(&file(GOOD)).expect("it is good");
    let names: Vec<_> =
        tensors.iter().map(|tensor| (&*tensor.name, tensor.length(), tensor.dtype.is_read())).collect();
    assert_eq!(names, [("a", 4, true), ("b", 4, true), ("none", 0, false)]);
}

#[test]
fn each_fault_is_told() {
    let one = |entry: &str| refused(&format!("{{\"a\":{entry}}}"));
    let entry = |dtype: &str, shape: &str, offsets: &str| {
        one(&format!(r#"{{"dtype":"{dtype}","shape":{shape},"data_offsets":{offsets}}}"#))
    };
    assert_eq!(entry("F32", "[4]", "[0,20]"), "tensor \"a\" has 20 bytes, its shape needs 16");
    assert_eq!(entry("F32", "[8]", "[0,32]"), "tensor \"a\" lies outside of the file: 0 to 32 of 24 bytes");
    assert_eq!(entry("F32", "[1]", "[8,4]"), "tensor \"a\" lies outside of the file: 8 to 4 of 24 bytes");
    assert_eq!(
        entry("F32", "[4294967296,4294967296]", "[0,4]"),
        "tensor \"a\" has 4 bytes, its shape needs more than any file has"
    );
    assert!(entry("F32", "[-1]", "[0,4]").starts_with("the header is damaged: invalid value: integer `-1`"));
    assert!(entry("F32", "[1]", "[0,1e99]").starts_with("the header is damaged:"));
    assert!(one("7").starts_with("the header is damaged: invalid type: integer `7`"));
    assert!(
        refused("[]")
            .starts_with("the header is damaged: invalid type: sequence, expected an object of tensors")
    );
    let first = r#""a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}"#;
    let twice = format!("{{{first},{}}}", first.replace("[0,8]", "[8,16]"));
    assert_eq!(refused(&twice), "the header names \"a\" twice");
    let shared =
        format!("{{{first},{}}}", first.replace("\"a\"", "\"\\u001b[2J\"").replace("[0,8]", "[4,12]"));
    assert_eq!(refused(&shared), "tensors \"a\" and \"\\u{1b}[2J\" share bytes");
}

#[test]
fn a_length_beyond_the_file_takes_no_memory() {
    for length in [u64::MAX, 1 << 63, 25] {
        let lying = [&length.to_le_bytes()[..], &[0; DATA]].concat();
        let text = read(&lying).expect_err("it lies").to_string();
        assert_eq!(text, format!("not safetensors: a header of {length} bytes, where 24 are possible"));
    }
    let far = read_header(&100_000_001_u64.to_le_bytes()[..], 1 << 40);
    assert!(matches!(far, Err(Error::HeaderLength { most: 100_000_000, .. })));
    // The file ends before the header that its size allows: the reader says so, and nothing was set aside for it.
    assert!(read_header(&99_000_000_u64.to_le_bytes()[..], 1 << 40).is_err());
    assert!(matches!(read(&[0; 7]), Err(Error::TooShort { size: 7 })));
}

#[test]
fn a_deep_header_is_refused_and_ends_no_stack() {
    for before in ["{\"__metadata__\":", "{\"a\":{\"shape\":", "{\"a\":{\"other\":"] {
        assert!(refused(&format!("{before}{}", "[".repeat(1_000_000))).starts_with("the header is damaged:"));
    }
}

#[test]
fn damaged_headers_are_refused_or_true() {
    let count =
        std::env::var("ANET_FUZZ").map_or(20_000, |text| text.parse().expect("ANET_FUZZ is a number"));
    let mut random = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut below = move |end: usize| (random.next_u64() % end as u64) as usize;
    let (mut accepted, mut refused) = (0, 0);
    for _ in 0..count {
        let mut bytes = file(GOOD);
        for _ in 0..=below(3) {
            let at = below(bytes.len());
            match below(4) {
                0 => bytes[at] ^= 1 << below(8),
                1 => bytes[at] = b"0123456789[]{},:\"-e"[below(19)],
                2 => drop(bytes.drain(at..(at + below(9)).min(bytes.len()))),
                _ => bytes.splice(at..at, file(GOOD)[8 + below(100)..][..below(40)].to_vec()).for_each(drop),
            }
        }
        match read(&bytes) {
            Ok(tensors) => {
                accepted += 1;
                assert!(tensors.iter().all(|tensor| tensor.offsets.0 <= tensor.offsets.1));
                assert!(tensors.iter().all(|tensor| tensor.offsets.1 <= bytes.len() as u64));
                assert!(tensors.windows(2).all(|pair| pair[0].offsets.1 <= pair[1].offsets.0));
            }
            Err(error) => {
                refused += 1;
                assert!(error.to_string().chars().all(|letter| !letter.is_control()));
            }
        }
    }
    assert!(accepted > count / 100 && refused > count / 2, "{accepted} accepted, {refused} refused");
}
