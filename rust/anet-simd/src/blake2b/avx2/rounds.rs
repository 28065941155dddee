//! The rounds of BLAKE2b in AVX2's sixteen registers.
//!
//! The state fills them all, and a compiler that looks for one to spare moves a third of the state to memory and back in every
//! round. Here word `i` of the state is register `i` from the first instruction to the last.

use std::arch::asm;
use std::mem::MaybeUninit;

use crate::blake2b::avx2::{DOWN_BY_2_BYTES, DOWN_BY_3_BYTES, Words};

/// Columns, then diagonals, with the message words in this order.
macro_rules! round {
    ($x0:literal $y0:literal $x1:literal $y1:literal $x2:literal $y2:literal $x3:literal $y3:literal
     $x4:literal $y4:literal $x5:literal $y5:literal $x6:literal $y6:literal $x7:literal $y7:literal) => {
        concat!(
            mix!([0 4 8 12 $x0 $y0] [1 5 9 13 $x1 $y1] [2 6 10 14 $x2 $y2] [3 7 11 15 $x3 $y3]),
            mix!([0 5 10 15 $x4 $y4] [1 6 11 12 $x5 $y5] [3 4 9 14 $x7 $y7] [2 7 8 13 $x6 $y6]),
        )
    };
}

/// Four mixings side by side, each of the words `a b c d` of the state with the words `x y` of the message.
///
/// Word 8 steps aside for the rotations by 63, which need a register in between.
macro_rules! mix {
    ($([$a:literal $b:literal $c:literal $d:literal $x:literal $y:literal])*) => {
        concat!(
            $(plus!($a $x),)*
            $("vpaddq ymm", $a, ", ymm", $a, ", ymm", $b, "\n",)*
            $("vpxor ymm", $d, ", ymm", $d, ", ymm", $a, "\n",)*
            $("vpshufd ymm", $d, ", ymm", $d, ", 0xb1\n",)*
            $("vpaddq ymm", $c, ", ymm", $c, ", ymm", $d, "\n",)*
            $("vpxor ymm", $b, ", ymm", $b, ", ymm", $c, "\n",)*
            $("vpshufb ymm", $b, ", ymm", $b, ", [rip + {down_by_3_bytes}]\n",)*
            $(plus!($a $y),)*
            $("vpaddq ymm", $a, ", ymm", $a, ", ymm", $b, "\n",)*
            $("vpxor ymm", $d, ", ymm", $d, ", ymm", $a, "\n",)*
            $("vpshufb ymm", $d, ", ymm", $d, ", [rip + {down_by_2_bytes}]\n",)*
            $("vpaddq ymm", $c, ", ymm", $c, ", ymm", $d, "\n",)*
            $("vpxor ymm", $b, ", ymm", $b, ", ymm", $c, "\n",)*
            "vmovdqu [{aside}], ymm8\n",
            $(
                "vpsrlq ymm8, ymm", $b, ", 63\n",
                "vpaddq ymm", $b, ", ymm", $b, ", ymm", $b, "\n",
                "vpor ymm", $b, ", ymm", $b, ", ymm8\n",
            )*
            "vmovdqu ymm8, [{aside}]\n",
        )
    };
}

/// Adds a word of the message, unless it lies past the end: there all are zero.
macro_rules! plus {
    ($a:literal $x:literal) => {
        concat!(
            ".if ",
            $x,
            " < {words}\n",
            "vpaddq ymm",
            $a,
            ", ymm",
            $a,
            ", [{message} + 32 * ",
            $x,
            "]\n",
            ".endif\n",
        )
    };
}

/// Eleven rounds of the twelve, in the orders of the table `SIGMA`.
#[target_feature(enable = "avx2")]
#[inline]
pub(super) fn all_but_the_last<const WORDS: usize>(v: &mut [Words; 16], message: &[Words; WORDS]) {
    let [v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, v15] = v;
    let mut aside = MaybeUninit::<Words>::uninit();
    // SAFETY: these are instructions of AVX2. Besides registers they touch the statics, those words of the message that it has,
    // and `aside`, which they write before they read it.
    unsafe {
        asm!(
            round!(0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15),
            round!(14 10 4 8 9 15 13 6 1 12 0 2 11 7 5 3),
            round!(11 8 12 0 5 2 15 13 10 14 3 6 7 1 9 4),
            round!(7 9 3 1 13 12 11 14 2 6 5 10 4 0 15 8),
            round!(9 0 5 7 2 4 10 15 14 1 11 12 6 8 3 13),
            round!(2 12 6 10 0 11 8 3 4 13 7 5 15 14 1 9),
            round!(12 5 1 15 14 13 4 10 0 7 6 3 9 2 8 11),
            round!(13 11 7 14 12 1 3 9 5 0 15 4 8 6 2 10),
            round!(6 15 14 9 11 3 0 8 12 2 13 7 1 4 10 5),
            round!(10 2 8 4 7 6 1 5 15 11 9 14 3 12 13 0),
            round!(0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15),
            words = const WORDS,
            message = in(reg) message,
            aside = in(reg) &mut aside,
            down_by_2_bytes = sym DOWN_BY_2_BYTES,
            down_by_3_bytes = sym DOWN_BY_3_BYTES,
            inout("ymm0") v0.0, inout("ymm1") v1.0, inout("ymm2") v2.0, inout("ymm3") v3.0,
            inout("ymm4") v4.0, inout("ymm5") v5.0, inout("ymm6") v6.0, inout("ymm7") v7.0,
            inout("ymm8") v8.0, inout("ymm9") v9.0, inout("ymm10") v10.0, inout("ymm11") v11.0,
            inout("ymm12") v12.0, inout("ymm13") v13.0, inout("ymm14") v14.0, inout("ymm15") v15.0,
            options(nostack, preserves_flags)
        );
    }
}
