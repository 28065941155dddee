//! The one place where code for certain instructions is entered.

/// Defines a method of [`crate::Level`] that runs on the instructions of the level.
///
/// With a body, the body is compiled once for each level; what it calls must be `#[inline(always)]` to be compiled with it,
/// and its closures are. Without one, the method calls the function of its name in the modules `portable`, `avx2` and
/// `avx512` beside it.
///
/// No call can go wrong: the compiler takes a function of other instructions, or one that is `unsafe`, for an error.
macro_rules! dispatch {
    ($(#[$about:meta])* pub fn $name:ident $(<$generic:ident: $bound:path>)? (
        $self:ident, $($argument:ident: $type:ty),* $(,)?
    ) $(-> $output:ty)? $body:block) => {
        $(#[$about])*
        #[allow(unsafe_code, reason = "the processor has the instructions, as the level proves")]
        pub fn $name $(<$generic: $bound>)? ($self, $($argument: $type),*) $(-> $output)? {
            #[inline(always)]
            fn portable $(<$generic: $bound>)? ($($argument: $type),*) $(-> $output)? $body

            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx2,fma")]
            fn avx2 $(<$generic: $bound>)? ($($argument: $type),*) $(-> $output)? $body

            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx2,fma,avx512f,avx512bw,avx512dq,avx512vl")]
            fn avx512 $(<$generic: $bound>)? ($($argument: $type),*) $(-> $output)? $body

            $crate::level::dispatch::enter!($self, $($argument),*)
        }
    };
    ($(#[$about:meta])* pub fn $name:ident (
        $self:ident, $($argument:ident: $type:ty),* $(,)?
    ) $(-> $output:ty)?;) => {
        $(#[$about])*
        #[allow(unsafe_code, reason = "the processor has the instructions, as the level proves")]
        pub fn $name($self, $($argument: $type),*) $(-> $output)? {
            #[inline(always)]
            fn portable($($argument: $type),*) $(-> $output)? {
                portable::$name($($argument),*)
            }

            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx2,fma")]
            fn avx2($($argument: $type),*) $(-> $output)? {
                avx2::$name($($argument),*)
            }

            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx2,fma,avx512f,avx512bw,avx512dq,avx512vl")]
            fn avx512($($argument: $type),*) $(-> $output)? {
                avx512::$name($($argument),*)
            }

            $crate::level::dispatch::enter!($self, $($argument),*)
        }
    };
}

/// Calls that of the functions `portable`, `avx2` and `avx512` above which the level stands for.
macro_rules! enter {
    ($self:ident, $($argument:ident),*) => {
        match $self.instructions() {
            $crate::level::instructions::Instructions::Portable => portable($($argument),*),
            // SAFETY: the variant holds the proof that the processor has all that the function is compiled to.
            #[cfg(target_arch = "x86_64")]
            $crate::level::instructions::Instructions::Avx2(_) => unsafe { avx2($($argument),*) },
            // SAFETY: the variant holds the proof that the processor has all that the function is compiled to.
            #[cfg(target_arch = "x86_64")]
            $crate::level::instructions::Instructions::Avx512(_) => unsafe { avx512($($argument),*) },
        }
    };
}

pub(crate) use {dispatch, enter};
