//! An object with its event digest and the hashes of the pages that were last taken.

use std::collections::BTreeMap;
use std::ops::Deref;

use crate::error::{Result, StateError};
use crate::state::codec::State;
use crate::state::event_digest::EventDigest;
use crate::state::hash;
use crate::state::manifest::Manifest;
use crate::state::page::{PageSize, pieces, seal, unseal};
use crate::state::reader::Reader;
use crate::state::writer::{Versions, Writer};

/// Pages by number. A page of no bytes is to be removed from the store.
pub type Pages = BTreeMap<u64, Vec<u8>>;

/// The hash of each page by its number.
type Table = BTreeMap<u64, u64>;

/// A state of which a part never changes: what the object was made from.
pub trait Parameters: State {
    /// What of that part the pages do not hold, or the whole of it.
    const UNSAVED: &'static str = "parameters";

    /// Appends that part.
    fn parameters(&self, out: &mut Writer);

    /// What of that part the pages hold: each parameter by the name that a user gives it, and its value as text.
    fn named_parameters(&self) -> Vec<(&'static str, String)>;

    /// Takes over from an object of the same parameters what the bytes do not hold.
    #[must_use]
    fn settled(self, _like: &Self) -> Self {
        self
    }
}

/// An object whose state can be stored page by page.
///
/// ```
/// use anet_core::{DetectorSettings, StreamDetector};
/// use anet_core::state::{PageSize, Paged};
///
/// let fresh = || Paged::new(StreamDetector::new(DetectorSettings::default()));
/// let mut detector = fresh();
/// detector.enter([1.5_f64.to_bits()]).push(&[1.5])?;
/// let pages = detector.changed_pages(PageSize::DEFAULT);
/// let manifest = detector.manifest();
/// let mut restored = fresh();
/// restored.restore(&manifest, pages.iter().map(|(&number, page)| (number, &page[..])))?;
/// assert_eq!(restored.manifest(), manifest);
/// assert!(restored.changed_pages(PageSize::DEFAULT).is_empty());
/// # Ok::<(), anet_core::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Paged<T> {
    object: T,
    event_digest: EventDigest,
    size: PageSize,
    /// Hashes of the pages that were last taken.
    taken: Table,
    /// Versions of the sections that those pages were made of.
    versions: Versions,
    /// Hashes of the current pages; none after an event.
    now: Option<Table>,
}

impl<T> Deref for Paged<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.object
    }
}

impl<T: Parameters> Paged<T> {
    /// An object of which no page has been taken.
    pub fn new(object: T) -> Self {
        let (event_digest, size) = (EventDigest::default(), PageSize::DEFAULT);
        Self { object, event_digest, size, taken: Table::new(), versions: Versions::new(), now: None }
    }

    /// Lends the object to a call that leaves its state as it was.
    pub fn look(&mut self) -> &mut T {
        &mut self.object
    }

    /// Notes an event and lends the object to the call that makes it.
    pub fn enter(&mut self, words: impl IntoIterator<Item = u64>) -> &mut T {
        self.event_digest.enter(words);
        self.now = None;
        &mut self.object
    }

    /// [`Paged::enter`] of an event with a place in some order.
    pub fn enter_at(&mut self, order: Option<i64>, words: impl IntoIterator<Item = u64>) -> &mut T {
        let Some(order) = order else { return self.enter(words) };
        self.event_digest.enter_at(order, words);
        self.now = None;
        &mut self.object
    }

    /// The events so far.
    pub fn event_digest(&self) -> &EventDigest {
        &self.event_digest
    }

    /// The bytes of a [`Manifest`] of the current pages, in the size in which they were last taken.
    pub fn manifest(&mut self) -> Vec<u8> {
        let table = self.now.take().unwrap_or_else(|| self.table());
        let manifest = Manifest {
            parameters: self.parameters(),
            event_digest: self.event_digest.clone(),
            pages: table.len(),
            hash: hash_of(&table),
        };
        self.now = Some(table);
        manifest.to_bytes(T::KIND)
    }

    /// Takes the pages whose hashes have changed since the last call; no bytes for each that is no more.
    pub fn changed_pages(&mut self, size: PageSize) -> Pages {
        if size != self.size {
            self.size = size;
            self.versions.clear();
        }
        let body = self.body();
        let (mut pages, mut table) = (Pages::new(), self.kept(&body));
        for (number, piece) in pieces(&body, size) {
            let hash = hash(piece);
            table.insert(number, hash);
            if self.taken.get(&number) != Some(&hash) {
                pages.insert(number, seal(T::KIND, number, hash, piece));
            }
        }
        let gone = self.taken.keys().filter(|number| !table.contains_key(number));
        pages.extend(gone.map(|&number| (number, Vec::new())));
        self.taken.clone_from(&table);
        self.versions.clone_from(body.versions());
        self.now = Some(table);
        pages
    }

    /// Replaces the object by the one that was saved, which must have been made with the same parameters.
    ///
    /// # Errors
    /// [`StateError`] for a manifest or a page that is damaged, of another version or of another kind; for other parameters;
    /// for pages that were not all taken with this manifest. Nothing has changed then.
    pub fn restore<'a>(
        &mut self,
        manifest: &[u8],
        pages: impl IntoIterator<Item = (u64, &'a [u8])>,
    ) -> Result<()> {
        let manifest = Manifest::from_bytes(manifest, T::KIND)?;
        let saved = Self::read(&manifest, pages);
        self.check_parameters(manifest.parameters, saved.as_ref().ok().map(|(object, _)| object))?;
        let (object, table) = saved?;
        self.object = object.settled(&self.object);
        self.event_digest = manifest.event_digest;
        (self.taken, self.versions, self.now) = (table, Versions::new(), None);
        Ok(())
    }

    /// The object that was saved, and the hashes of its pages.
    fn read<'a>(manifest: &Manifest, pages: impl IntoIterator<Item = (u64, &'a [u8])>) -> Result<(T, Table)> {
        let (mut table, mut body) = (Table::new(), BTreeMap::new());
        for (number, page) in pages.into_iter().filter(|(_, page)| !page.is_empty()) {
            let (hash, piece) = unseal(T::KIND, number, page)?;
            table.insert(number, hash);
            body.insert(number, piece);
        }
        if table.len() != manifest.pages || hash_of(&table) != manifest.hash {
            return Err(StateError::Pages { got: table.len(), wanted: manifest.pages }.into());
        }
        let body = body.into_values().collect::<Vec<_>>().concat();
        let mut from = Reader::of(&body);
        let object = T::read(&mut from)?;
        from.close()?;
        Ok((object, table))
    }

    /// Names the parameters that differ, where the object that was saved can be read; otherwise their hashes.
    fn check_parameters(&self, got: u64, saved: Option<&T>) -> Result<()> {
        let wanted = self.parameters();
        if got == wanted {
            return Ok(());
        }
        let (got, wanted) = saved.and_then(|saved| differences(saved, &self.object)).unwrap_or_else(|| {
            let named = |hash: u64| format!("{} {hash:016x}", T::UNSAVED);
            (named(got), named(wanted))
        });
        Err(StateError::Parameters { got, wanted }.into())
    }

    fn parameters(&self) -> u64 {
        let mut out = Writer::default();
        self.object.parameters(&mut out);
        hash(&out.into_bytes())
    }

    /// The body without the sections that are known to be as they were last taken.
    fn body(&self) -> Writer {
        let mut out = Writer::beside(&self.versions);
        self.object.write(&mut out);
        out
    }

    /// The pages of these sections.
    fn kept(&self, body: &Writer) -> Table {
        let pages = body.left_out().flat_map(|section| self.taken.range(section << 32..(section + 1) << 32));
        pages.map(|(&number, &hash)| (number, hash)).collect()
    }

    fn table(&self) -> Table {
        let body = self.body();
        let mut table = self.kept(&body);
        table.extend(pieces(&body, self.size).map(|(number, piece)| (number, hash(piece))));
        table
    }
}

/// The parameters that two objects do not share, with the value of each; none where no page holds one that differs.
fn differences<T: Parameters>(saved: &T, own: &T) -> Option<(String, String)> {
    let pairs = saved.named_parameters().into_iter().zip(own.named_parameters());
    let (got, wanted): (Vec<_>, Vec<_>) = pairs
        .filter(|(saved, own)| saved != own)
        .map(|((name, saved), (_, own))| (format!("{name} {saved}"), format!("{name} {own}")))
        .unzip();
    (!got.is_empty()).then(|| (got.join(", "), wanted.join(", ")))
}

fn hash_of(table: &Table) -> u64 {
    let words = table.iter().flat_map(|(&number, &hash)| [number, hash]);
    hash(&words.flat_map(u64::to_le_bytes).collect::<Vec<u8>>())
}
