//! The places where what grows is kept, an entry at a time.

#[cfg(feature = "alloc")]
use alloc::vec::Vec;

/// A place that keeps entries of one type by their number, such as the nodes of a sum over time: an
/// array, a `Vec` with the feature `alloc`, or a map of a chain's storage.
///
/// A change reads and sets some entries and never all of them, so a host that keeps each under a key
/// of its own pays for those alone. Numbers begin at 0, and each new one is the next.
///
/// ```
/// use tokenomics_internals::Store;
///
/// let mut room = [0_u32; 2];
/// room.set(1, 7);
/// assert_eq!((room.get(1), room.get(2), room.capacity()), (Some(7), None, 2));
/// ```
pub trait Store {
    /// The type of an entry.
    type Entry: Copy;

    /// Returns an entry, or `None` if there is none of that number.
    fn get(&self, index: u32) -> Option<Self::Entry>;

    /// Returns what `look` makes of an entry: what is in memory isn't copied for it.
    fn read<R>(&self, index: u32, look: impl FnOnce(&Self::Entry) -> R) -> Option<R> {
        self.get(index).as_ref().map(look)
    }

    /// Sets an entry: one that there is, or the next. It is below the capacity.
    fn set(&mut self, index: u32, entry: Self::Entry);

    /// Returns how many entries there is room for: without bound, unless said otherwise.
    fn capacity(&self) -> u32 {
        u32::MAX
    }
}

impl<T: Copy, const N: usize> Store for [T; N] {
    type Entry = T;

    fn get(&self, index: u32) -> Option<T> {
        self.as_slice().get(usize::try_from(index).ok()?).copied()
    }

    fn read<R>(&self, index: u32, look: impl FnOnce(&T) -> R) -> Option<R> {
        let place = usize::try_from(index).ok()?;
        self.as_slice().get(place).map(look)
    }

    fn set(&mut self, index: u32, entry: T) {
        let place = usize::try_from(index).ok();
        if let Some(place) = place.and_then(|place| self.as_mut_slice().get_mut(place)) {
            *place = entry;
        }
    }

    fn capacity(&self) -> u32 {
        u32::try_from(N).unwrap_or(u32::MAX)
    }
}

#[cfg(feature = "alloc")]
impl<T: Copy> Store for Vec<T> {
    type Entry = T;

    fn get(&self, index: u32) -> Option<T> {
        self.as_slice().get(usize::try_from(index).ok()?).copied()
    }

    fn read<R>(&self, index: u32, look: impl FnOnce(&T) -> R) -> Option<R> {
        let place = usize::try_from(index).ok()?;
        self.as_slice().get(place).map(look)
    }

    fn set(&mut self, index: u32, entry: T) {
        let Ok(place) = usize::try_from(index) else {
            return;
        };
        match self.as_mut_slice().get_mut(place) {
            Some(old) => *old = entry,
            None => self.push(entry),
        }
    }
}

impl<S: Store + ?Sized> Store for &mut S {
    type Entry = S::Entry;

    fn get(&self, index: u32) -> Option<S::Entry> {
        (**self).get(index)
    }

    fn read<R>(&self, index: u32, look: impl FnOnce(&S::Entry) -> R) -> Option<R> {
        (**self).read(index, look)
    }

    fn set(&mut self, index: u32, entry: S::Entry) {
        (**self).set(index, entry);
    }

    fn capacity(&self) -> u32 {
        (**self).capacity()
    }
}
