//! The room that a pool's store has and needs.

use tokenomics_fixed_math::{Amount, U256};
use tokenomics_internals::Store;

use super::StabilityPool;

impl StabilityPool<()> {
    /// Computes how many entries a store needs for all losses of a pool's life together, if each of them
    /// leaves at least `least` in the pool, whoever deposits and withdraws in between: lost/(22·least).
    /// `None` if there is no bound, or one above `u32::MAX`.
    ///
    /// The host keeps that: it absorbs at most what is above `least`.
    ///
    /// # Rounding
    /// Floor, as entries are whole; 22 stands for 32·ln 2, which is 22.18.
    ///
    /// # Laws
    /// `scales_are_bounded`.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, U256};
    /// use tokenomics_haircut_collateral::StabilityPool;
    ///
    /// // A pool of which 1,000,000 stay, for losses of 1,000,000,000.
    /// const SUMS: usize = {
    ///     let (lost, least) = (Amount::new(1_000_000_000), Amount::new(1_000_000));
    ///     match StabilityPool::entries_for(lost, least) {
    ///         Some(entries) => entries as usize,
    ///         None => panic!("no array is large enough"),
    ///     }
    /// };
    /// assert_eq!(SUMS, 45);
    /// let pool = StabilityPool::new([U256::ZERO; SUMS]);
    /// assert_eq!(StabilityPool::entries_for(Amount::new(1), Amount::ZERO), None);
    /// ```
    #[allow(
        clippy::as_conversions,
        reason = "both are checked, and a conversion that says so isn't const"
    )]
    #[must_use]
    pub const fn entries_for(lost: Amount, least: Amount) -> Option<u32> {
        // A loss L of A multiplies the shares of a unit by A/(A − L) = 1 + L/(A − L) ≤ 2^(L/(least·ln 2)).
        // Deposits and withdrawals never raise them, as both round shares down. They begin at 2^32, and
        // a scale ends above 2^64: so k scales take more than 32·k·ln 2·least.
        let Some(each) = least.get().checked_mul(22) else {
            return Some(0);
        };
        let Some(entries) = lost.get().checked_div(each) else {
            return None;
        };
        if entries > u32::MAX as u128 {
            return None;
        }
        Some(entries as u32)
    }
}

impl<G: Store<Entry = U256>> StabilityPool<G> {
    /// Returns the largest debt that can be [absorbed](Self::absorb) now: all deposits, or where the store
    /// has room for fewer than six sums, what ends no more scales than that. A full store still
    /// absorbs what ends none.
    ///
    /// # Rounding
    /// Floor.
    ///
    /// # Laws
    /// `absorbable_is_tight`.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, U256};
    /// use tokenomics_haircut_collateral::{PoolDeposit, StabilityPool};
    ///
    /// let (mut pool, mut alice) = (StabilityPool::new([U256::ZERO; 0]), PoolDeposit::new());
    /// pool.deposit(&mut alice, Amount::new(1 << 40))?;
    /// let most = Amount::new((1 << 40) - (1 << 8));
    /// assert_eq!(pool.absorbable(), most);
    /// assert!(pool.absorb(Amount::new(1 << 40), Amount::ZERO).is_err());
    /// pool.absorb(most, Amount::ZERO)?;
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    #[must_use]
    pub fn absorbable(&self) -> Amount {
        let room = self.ended.capacity().saturating_sub(self.book.scale);
        self.book.largest_loss(room)
    }
}
