//! Accounts of any entries.

use tokenomics_fixed_math::{Amount, Ratio};

use super::FromSeed;
use crate::{Account, AccountState, Debt, Haircut, Holding};

/// An entry, or a place that is free.
type Entry = Option<(Amount, Ratio, Haircut)>;

impl<const N: usize> FromSeed for AccountState<N> {
    /// The holdings and the debts; free places between them are closed.
    type Seed = ([Entry; N], [Entry; N]);

    fn from_seed((holdings, debts): Self::Seed) -> Option<Self> {
        Some(Self {
            holdings: compact(holdings)?,
            debts: compact(debts)?,
        })
    }
}

impl<const N: usize> FromSeed for Account<N> {
    type Seed = <AccountState<N> as FromSeed>::Seed;

    fn from_seed(seed: Self::Seed) -> Option<Self> {
        Self::restore(FromSeed::from_seed(seed)?).ok()
    }
}

fn compact<T, const N: usize>(entries: [Entry; N]) -> Option<[Option<T>; N]>
where
    T: Copy + FromSeed<Seed = (Amount, Ratio, Haircut)>,
{
    let mut places = [None; N];
    for (place, entry) in places.iter_mut().zip(entries.into_iter().flatten()) {
        *place = Some(T::from_seed(entry)?);
    }
    Some(places)
}

// The seeds of both kinds of entry are the same.
const _: fn(<Holding as FromSeed>::Seed) -> <Debt as FromSeed>::Seed = |seed| seed;
