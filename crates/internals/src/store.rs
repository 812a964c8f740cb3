//! The places where what grows is kept, an entry at a time.

#[cfg(feature = "alloc")]
use alloc::vec::Vec;

/// A place that keeps entries of one type by their number, such as the nodes of a sum over time: an
/// array or a slice, a `Vec` with the feature `alloc`, or a map of a chain's storage.
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

    /// Changes an entry, if there is one of that number, and returns what `change` returns beside
    /// whether the entry is another now: one that isn't need not be set.
    fn update<R>(
        &mut self,
        index: u32,
        change: impl FnOnce(&mut Self::Entry) -> (bool, R),
    ) -> Option<R> {
        let mut entry = self.get(index)?;
        let (is_another, answer) = change(&mut entry);
        if is_another {
            self.set(index, entry);
        }
        Some(answer)
    }

    /// Returns how many entries there is room for: without bound, unless said otherwise.
    fn capacity(&self) -> u32 {
        u32::MAX
    }
}

impl<T: Copy> Store for [T] {
    type Entry = T;

    fn get(&self, index: u32) -> Option<T> {
        <[T]>::get(self, usize::try_from(index).ok()?).copied()
    }

    fn read<R>(&self, index: u32, look: impl FnOnce(&T) -> R) -> Option<R> {
        <[T]>::get(self, usize::try_from(index).ok()?).map(look)
    }

    fn set(&mut self, index: u32, entry: T) {
        let place = usize::try_from(index).ok();
        if let Some(place) = place.and_then(|place| self.get_mut(place)) {
            *place = entry;
        }
    }

    fn update<R>(&mut self, index: u32, change: impl FnOnce(&mut T) -> (bool, R)) -> Option<R> {
        let entry = self.get_mut(usize::try_from(index).ok()?)?;
        Some(change(entry).1)
    }

    fn capacity(&self) -> u32 {
        u32::try_from(self.len()).unwrap_or(u32::MAX)
    }
}

impl<T: Copy, const N: usize> Store for [T; N] {
    type Entry = T;

    fn get(&self, index: u32) -> Option<T> {
        Store::get(self.as_slice(), index)
    }

    fn read<R>(&self, index: u32, look: impl FnOnce(&T) -> R) -> Option<R> {
        self.as_slice().read(index, look)
    }

    fn set(&mut self, index: u32, entry: T) {
        self.as_mut_slice().set(index, entry);
    }

    fn update<R>(&mut self, index: u32, change: impl FnOnce(&mut T) -> (bool, R)) -> Option<R> {
        self.as_mut_slice().update(index, change)
    }

    fn capacity(&self) -> u32 {
        self.as_slice().capacity()
    }
}

#[cfg(feature = "alloc")]
impl<T: Copy> Store for Vec<T> {
    type Entry = T;

    fn get(&self, index: u32) -> Option<T> {
        Store::get(self.as_slice(), index)
    }

    fn read<R>(&self, index: u32, look: impl FnOnce(&T) -> R) -> Option<R> {
        self.as_slice().read(index, look)
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

    fn update<R>(&mut self, index: u32, change: impl FnOnce(&mut T) -> (bool, R)) -> Option<R> {
        self.as_mut_slice().update(index, change)
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

    fn update<R>(
        &mut self,
        index: u32,
        change: impl FnOnce(&mut S::Entry) -> (bool, R),
    ) -> Option<R> {
        (**self).update(index, change)
    }

    fn capacity(&self) -> u32 {
        (**self).capacity()
    }
}
