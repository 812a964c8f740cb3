//! Emission that follows how much is at stake.

use std::fmt::Debug;

use tokenomics_emission_curves::Curve;
use tokenomics_fixed_math::{Amount, Fraction, Rounding, Timestamp};
use tokenomics_rate_controllers::{Error, NposInflation, SqrtIssuance, TargetBonded};

use super::path::Stage;

/// A controller that mints by how much is at stake.
pub(super) trait Mint: Copy + Debug + Send + Sync {
    /// How it counts the stake.
    type Stake: Copy + Debug + Send + Sync;

    /// Mints for the time since the last call, with this stake and out of this supply.
    fn mint(&mut self, at: Timestamp, stake: Self::Stake, supply: Amount) -> Result<Amount, Error>;
}

/// An issuance that counts in units of so many base units.
#[derive(Debug, Clone, Copy)]
pub(super) struct InUnits {
    pub(super) issuance: SqrtIssuance,
    pub(super) unit: u128,
}

impl Mint for InUnits {
    type Stake = u64;

    fn mint(&mut self, at: Timestamp, stake: u64, _: Amount) -> Result<Amount, Error> {
        let units = self.issuance.update(at, stake)?;
        Ok(units.mul_div(self.unit, 1, Rounding::Floor)?)
    }
}

impl Mint for TargetBonded {
    type Stake = Fraction;

    fn mint(&mut self, at: Timestamp, stake: Fraction, supply: Amount) -> Result<Amount, Error> {
        self.update(at, stake, supply)
    }
}

impl Mint for NposInflation {
    type Stake = Fraction;

    fn mint(&mut self, at: Timestamp, stake: Fraction, supply: Amount) -> Result<Amount, Error> {
        self.update(at, stake, supply)
    }
}

/// What a controller mints along a path of the stake, as a curve. A controller that is called late
/// mints what it would have been called for in time, so between two changes of the stake or of the
/// supply one call tells what is there at any time.
#[derive(Debug)]
pub(super) struct Responsive<M: Mint> {
    // In the order of time; never empty.
    spells: Vec<Spell<M>>,
    end: Timestamp,
    cap: Amount,
}

/// A time in which neither the stake nor the supply changes.
#[derive(Debug, Clone, Copy)]
struct Spell<M: Mint> {
    controller: M,
    staked: Stage<M::Stake>,
    supply: Amount,
    /// What had been minted when it began.
    emitted: Amount,
}

impl<M: Mint> Spell<M> {
    fn emitted_at(&self, at: Timestamp) -> Result<Amount, Error> {
        let mut controller = self.controller;
        let minted = controller.mint(at, self.staked.value, self.supply)?;
        Ok(self.emitted.checked_add(minted)?)
    }

    /// The one that begins at `from`. What was minted has joined the supply.
    fn next(&self, from: u64, value: M::Stake) -> Result<Self, Error> {
        let (mut next, at) = (*self, Timestamp::new(from));
        let minted = next.controller.mint(at, self.staked.value, self.supply)?;
        next.staked = Stage { from, value };
        next.emitted = self.emitted.checked_add(minted)?;
        next.supply = self.supply.checked_add(minted)?;
        Ok(next)
    }
}

impl<M: Mint> Responsive<M> {
    /// Along a path in the order of time, whose first time is that of the controller, up to `end`,
    /// which comes after its last. What is minted joins the supply at each change of the stake and,
    /// if so asked, every so many units of the clock.
    pub(super) fn new(
        controller: M,
        supply: Amount,
        path: &[Stage<M::Stake>],
        every: Option<u64>,
        end: Timestamp,
    ) -> Result<Self, Error> {
        let mut spells: Vec<Spell<M>> = Vec::new();
        for (index, staked) in path.iter().enumerate() {
            let first = match spells.last() {
                Some(last) => last.next(staked.from, staked.value)?,
                None => Spell {
                    controller,
                    staked: *staked,
                    supply,
                    emitted: Amount::ZERO,
                },
            };
            let until = path.get(index + 1).map_or(end.get(), |next| next.from);
            let mut spell = first;
            spells.push(spell);
            for at in joins(staked.from, until, every) {
                spell = spell.next(at, staked.value)?;
                spells.push(spell);
            }
        }
        let cap = match spells.last() {
            Some(last) => last.emitted_at(end)?,
            None => Amount::ZERO,
        };
        Ok(Self { spells, end, cap })
    }
}

/// When the supply is counted anew between two changes of the stake.
fn joins(from: u64, until: u64, every: Option<u64>) -> impl Iterator<Item = u64> {
    let step = every.unwrap_or(u64::MAX).max(1);
    let next = move |at: &u64| at.checked_add(step).filter(|next| *next < until);
    std::iter::successors(next(&from), next)
}

impl<M: Mint> Curve for Responsive<M> {
    fn cap(&self) -> Amount {
        self.cap
    }

    fn start(&self) -> Timestamp {
        self.spells
            .first()
            .map_or(self.end, |spell| Timestamp::new(spell.staked.from))
    }

    fn end(&self) -> Timestamp {
        self.end
    }

    fn emitted_at(&self, at: Timestamp) -> Amount {
        if at >= self.end {
            return self.cap;
        }
        let begun = self
            .spells
            .partition_point(|spell| spell.staked.from <= at.get());
        let spell = begun.checked_sub(1).and_then(|last| self.spells.get(last));
        // No more than what the spell has brought by its end, which has been minted once already.
        spell.map_or(Amount::ZERO, |spell| {
            spell.emitted_at(at).unwrap_or(spell.emitted)
        })
    }
}

#[cfg(test)]
mod tests {
    use tokenomics_fixed_math::{fraction, wad, Span};
    use tokenomics_rate_controllers::{SqrtIssuanceParams, TargetBondedParams};

    use super::*;

    fn staked<S>(from: u64, value: S) -> Stage<S> {
        Stage { from, value }
    }

    fn bonded(every: Option<u64>) -> Responsive<TargetBonded> {
        let params = TargetBondedParams {
            year: Span::new(1_000),
            ..TargetBondedParams::COSMOS
        };
        let mint = TargetBonded::new(params, wad!("0.1"), Timestamp::new(5)).unwrap();
        let path = [
            staked(5, fraction!("0.3")),
            staked(1_205, fraction!("0.9")),
            staked(2_000, fraction!("0.67")),
        ];
        let supply = Amount::new(1_000_000);
        Responsive::new(mint, supply, &path, every, Timestamp::new(4_000)).unwrap()
    }

    #[test]
    fn a_controller_called_at_every_unit_mints_the_same() {
        for every in [None, Some(1), Some(7), Some(100), Some(1_200), Some(10_000)] {
            let curve = bonded(every);
            let first = curve.spells[0];
            let (mut mint, mut supply) = (first.controller, first.supply);
            let (mut emitted, mut joined, mut since) = (Amount::ZERO, Amount::ZERO, 5);
            assert_eq!(curve.emitted_at(Timestamp::new(4)), Amount::ZERO);
            for at in 5..=4_000 {
                let stake = match at {
                    0..=1_205 => fraction!("0.3"),
                    1_206..=2_000 => fraction!("0.9"),
                    _ => fraction!("0.67"),
                };
                let minted = mint.update(Timestamp::new(at), stake, supply).unwrap();
                emitted = emitted.checked_add(minted).unwrap();
                let changes = [1_205, 2_000].contains(&at);
                if changes || every.is_some_and(|every| at > since && (at - since) % every == 0) {
                    since = if changes { at } else { since };
                    let more = emitted.checked_sub(joined).unwrap();
                    supply = supply.checked_add(more).unwrap();
                    joined = emitted;
                }
                assert_eq!(
                    curve.emitted_at(Timestamp::new(at)),
                    emitted,
                    "{every:?} {at}"
                );
            }
            assert_eq!(curve.cap(), emitted);
            assert_eq!(curve.emitted_at(Timestamp::MAX), emitted);
        }
        // The more often it joins, the more it compounds.
        assert!(bonded(Some(1)).cap() > bonded(Some(100)).cap());
        assert!(bonded(Some(100)).cap() > bonded(None).cap());
    }

    #[test]
    fn the_time_of_an_amount_is_the_earliest() {
        let curve = bonded(Some(100));
        for amount in [1, 2, 100, 50_000, curve.cap().get()] {
            let amount = Amount::new(amount);
            let at = curve.time_of(amount).unwrap();
            assert!(curve.emitted_at(at) >= amount);
            let before = at.checked_sub(Span::new(1)).unwrap();
            assert!(curve.emitted_at(before) < amount);
        }
    }

    #[test]
    fn more_than_the_largest_amount_is_an_error() {
        let params = SqrtIssuanceParams {
            increment: 1,
            factor: u64::MAX,
        };
        let issuance = SqrtIssuance::new(params, Timestamp::ZERO).unwrap();
        let mint = InUnits { issuance, unit: 1 };
        let path = [staked(0, u64::MAX)];
        let long = Responsive::new(mint, Amount::ZERO, &path, None, Timestamp::MAX);
        assert!(long.is_err());
        let short = Responsive::new(mint, Amount::ZERO, &path, None, Timestamp::new(9));
        assert!(short.is_ok());
    }
}
