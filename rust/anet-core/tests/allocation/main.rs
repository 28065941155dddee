//! A warm monitor takes a healthy row without a single allocation. A binary of its own, as it counts them all.
#![allow(unsafe_code, reason = "an allocator cannot be written without")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicU64, Ordering};

use anet_core::monitor::{FalseAlarms, Memory, Monitor, Panel, Row, Status};

struct Counting;

static ALLOCATIONS: AtomicU64 = AtomicU64::new(0);

// SAFETY: every call goes to the system's allocator with the arguments that came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Ordering::Relaxed);
        // SAFETY: the caller's promises are the system's conditions.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: as above.
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Ordering::Relaxed);
        // SAFETY: as above.
        unsafe { System.realloc(pointer, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// A row that wobbles and never repeats.
fn row(at: usize) -> Row {
    let wave = |period: f64| 1.0 + 0.1 * (at as f64 * std::f64::consts::TAU / period).sin();
    Row {
        loss: Some(wave(7.3)),
        grad_norm: Some(wave(5.1)),
        step_norm: Some(0.01 * wave(3.7)),
        noise: Some(wave(11.9)),
        lr: Some(0.01),
        step: Some(at as i64),
    }
}

fn counted(work: impl FnOnce()) -> u64 {
    let before = ALLOCATIONS.load(Ordering::Relaxed);
    work();
    ALLOCATIONS.load(Ordering::Relaxed) - before
}

// One test, so that no other thread allocates meanwhile.
#[test]
fn a_warm_monitor_allocates_nothing() {
    let mut panel = Panel::new(Monitor::new(FalseAlarms::default(), Memory::Kept));
    (0..300).for_each(|at| _ = panel.update(&row(at)));
    let healthy =
        counted(|| (300..20_000).for_each(|at| assert_eq!(panel.update(&row(at)), Status::Healthy)));
    assert_eq!(healthy, 0);
    assert!(size_of::<Monitor>() < 16_000, "{} bytes", size_of::<Monitor>());
    assert!(counted(|| drop(vec![0u8; 64])) > 0, "the allocator counts");
}
