//! States in pages: with the hashes that came, and with the hashes that belong to them.

use std::sync::OnceLock;

use anet_core::state::{Kind, PageSize, Paged, Pages, VERSION};
use anet_core::{Escalation, FalseAlarmRate, Monitor, RunMonitor, StreamScorer};
use anet_simd::Key;

use super::Target;
use super::subjects::Subject;

/// The first two bytes are the length of the manifest, which follows; then pages alike.
pub(crate) const RAW: Target = Target { name: "pages", run: raw, seeds: raw_seeds };

/// The body of a monitor in one page, sealed by whoever changed it.
pub(crate) const SEALED: Target = Target { name: "sealed_pages", run: sealed, seeds: sealed_seeds };

fn fresh() -> Paged<Monitor> {
    Paged::new(Monitor::new(RunMonitor::new(FalseAlarmRate::default(), Escalation::On)))
}

fn raw(bytes: &[u8]) -> bool {
    let (parts, mut rest) = (&mut Vec::new(), bytes);
    while let Some((length, left)) = rest.split_first_chunk::<2>() {
        let (part, left) = left.split_at(usize::from(u16::from_le_bytes(*length)).min(left.len()));
        parts.push(part);
        rest = left;
    }
    let Some((manifest, pages)) = parts.split_first() else { return false };
    let scorers = StreamScorer::trained();
    let mut scorer = Paged::new(scorers[1].clone());
    let numbered =
        |page: &&'_ [u8]| page.get(8..16).map_or(0, |at| u64::from_le_bytes(at.try_into().expect("8")));
    let is_taken = scorer.restore(manifest, pages.iter().map(|page| (numbered(page), *page))).is_ok();
    scorer.look().use_up();
    is_taken
}

fn raw_seeds() -> Vec<Vec<u8>> {
    let mut scorer = Paged::new(StreamScorer::trained().swap_remove(0));
    let pages: Pages = scorer.changed_pages(PageSize::try_from(256).expect("the smallest"));
    let parts = [scorer.manifest()].into_iter().chain(pages.into_values());
    let framed = parts.map(|part| [&(part.len() as u16).to_le_bytes()[..], &part].concat());
    vec![framed.collect::<Vec<_>>().concat()]
}

fn hash(bytes: &[u8]) -> u64 {
    Key::new(b"").hash(bytes)
}

/// The manifest of a fresh monitor, whose parameters are those of any other.
fn manifest() -> &'static [u8] {
    static MANIFEST: OnceLock<Vec<u8>> = OnceLock::new();
    MANIFEST.get_or_init(|| fresh().manifest())
}

fn sealed(body: &[u8]) -> bool {
    let own = hash(body);
    let kind = (Kind::Monitor as u16).to_le_bytes();
    let page = [b"ANEP", &VERSION.to_le_bytes()[..], &kind, &[0; 8], &own.to_le_bytes(), body].concat();
    let mut head = manifest()[..41].to_vec();
    head.extend(1_u64.to_le_bytes());
    head.extend(hash(&[[0; 8], own.to_le_bytes()].concat()).to_le_bytes());
    head.extend(hash(&head).to_le_bytes());
    let mut monitor = fresh();
    let is_taken = monitor.restore(&head, [(0, &page[..])]).is_ok();
    monitor.look().use_up();
    is_taken
}

fn sealed_seeds() -> Vec<Vec<u8>> {
    let bodies = Monitor::trained().into_iter().map(|monitor| {
        let bytes = anet_core::State::to_bytes(&monitor);
        bytes[16..bytes.len() - 4].to_vec()
    });
    bodies.collect()
}
