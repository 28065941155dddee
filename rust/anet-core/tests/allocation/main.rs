//! A warm monitor takes a healthy row without a single allocation. A binary of its own, since it replaces the allocator.
#![allow(unsafe_code, reason = "an allocator cannot be written without")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use anet_core::{Escalation, FalseAlarmRate, Monitor, Row, RunMonitor, Status};

struct Counting;

thread_local! {
    // Each thread counts its own: the test harness allocates meanwhile. No destructor, so it may be used in an allocator.
    static ALLOCATIONS: Cell<u64> = const { Cell::new(0) };
}

// SAFETY: every call goes to the system's allocator with the arguments that came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.set(ALLOCATIONS.get() + 1);
        // SAFETY: the caller's promises are the system's conditions.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: as above.
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        ALLOCATIONS.set(ALLOCATIONS.get() + 1);
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
    let before = ALLOCATIONS.get();
    work();
    ALLOCATIONS.get() - before
}

#[test]
fn a_warm_monitor_allocates_nothing() {
    let mut monitor = Monitor::new(RunMonitor::new(FalseAlarmRate::default(), Escalation::On));
    (0..300).for_each(|at| _ = monitor.update(&row(at)));
    let healthy =
        counted(|| (300..20_000).for_each(|at| assert_eq!(monitor.update(&row(at)), Status::Healthy)));
    assert_eq!(healthy, 0);
    assert!(size_of::<RunMonitor>() < 28_500, "{} bytes", size_of::<RunMonitor>());
    assert!(counted(|| drop(vec![0u8; 64])) > 0, "the allocator counts");
}
