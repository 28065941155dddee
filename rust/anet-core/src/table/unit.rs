//! Units behind numbers, and what one of them is in another.

/// A unit of a family, such as `ms` of seconds.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Scale {
    family: &'static str,
    factor: f64,
}

const TIMES: [(&str, f64); 27] = [
    ("ns", 1e-9),
    ("us", 1e-6),
    ("µs", 1e-6),
    ("μs", 1e-6),
    ("ms", 1e-3),
    ("s", 1.0),
    ("sec", 1.0),
    ("secs", 1.0),
    ("second", 1.0),
    ("seconds", 1.0),
    ("min", 60.0),
    ("mins", 60.0),
    ("minute", 60.0),
    ("minutes", 60.0),
    ("h", 3600.0),
    ("hr", 3600.0),
    ("hrs", 3600.0),
    ("hour", 3600.0),
    ("hours", 3600.0),
    ("d", 86_400.0),
    ("day", 86_400.0),
    ("days", 86_400.0),
    ("week", 604_800.0),
    ("weeks", 604_800.0),
    ("millisecond", 1e-3),
    ("milliseconds", 1e-3),
    ("w", 604_800.0),
];
const MEASURED: [&str; 12] = ["B/s", "Bps", "b/s", "bps", "bytes", "bit", "B", "Hz", "Wh", "W", "V", "A"];
const PREFIXES: [(&str, f64); 15] = [
    ("Ki", 1024.0),
    ("Mi", 1_048_576.0),
    ("Gi", 1_073_741_824.0),
    ("Ti", 1_099_511_627_776.0),
    ("k", 1e3),
    ("K", 1e3),
    ("M", 1e6),
    ("G", 1e9),
    ("T", 1e12),
    ("P", 1e15),
    ("m", 1e-3),
    ("µ", 1e-6),
    ("u", 1e-6),
    ("n", 1e-9),
    ("", 1.0),
];
/// Prefixes that alone multiply a number: `1.2k`, `3Mi`. A lone `m` is as often minutes or metres.
const ALONE: usize = 10;

/// What a lone prefix multiplies a number by.
pub(crate) fn multiplier(unit: &str) -> Option<f64> {
    PREFIXES[..ALONE].iter().find(|(prefix, _)| *prefix == unit).map(|&(_, factor)| factor)
}

/// What a number in one unit is multiplied by to be in another; `None` where they are not of a family.
pub(crate) fn conversion(from: &str, to: &str) -> Option<f64> {
    let (from, to) = (scale(from)?, scale(to)?);
    (from.family == to.family).then_some(from.factor / to.factor)
}

fn scale(unit: &str) -> Option<Scale> {
    if let Some(&(_, factor)) = TIMES.iter().find(|(name, _)| *name == unit) {
        return Some(Scale { family: "s", factor });
    }
    MEASURED.iter().find_map(|&family| {
        let prefix = unit.strip_suffix(family)?;
        let &(_, factor) = PREFIXES.iter().find(|(name, _)| *name == prefix)?;
        Some(Scale { family, factor })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_of_a_family_are_converted_and_others_not() {
        assert_eq!(conversion("s", "ms"), Some(1000.0));
        assert_eq!(conversion("MiB", "KiB"), Some(1024.0));
        assert_eq!(conversion("GB/s", "MB/s"), Some(1000.0));
        assert_eq!(conversion("ms", "MB"), None);
        assert_eq!(conversion("x", "x"), None);
        assert_eq!(
            (multiplier("k"), multiplier("Gi"), multiplier("m")),
            (Some(1e3), Some(1_073_741_824.0), None)
        );
    }
}
