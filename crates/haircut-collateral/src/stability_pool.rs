//! Deposits that cancel bad debt, and gain the collateral of it.

use tokenomics_fixed_math::{Amount, Rounding, U256};
use tokenomics_internals::Store;

use crate::check::in_range;
use crate::loss_book::{LossBook, SCALES_OF_ALL, SCALE_BITS};
use crate::{Error, Quantity};

mod deposit;
mod room;
mod state;
use deposit::per_share;
pub use deposit::{PoolDeposit, PoolDepositState};
pub use state::StabilityPoolState;

/// A stability pool: deposits that a debt is cancelled with, in proportion, and that gain the collateral
/// behind it, at a cost that doesn't depend on how many have deposited.
///
/// A deposit is a number of shares of the pool's assets A among T, worth ⌊s·A/T⌋: A/T is the product P of
/// what all losses leave, kept as two integers instead of a product that each loss rounds. The gains of a
/// share add up to the sum S. When a loss leaves more than 2^64 shares a unit, all are divided by 2^32,
/// and the sum at that moment becomes an entry of `G`: an array, a `Vec` with the feature `alloc`, or a map
/// of a chain's storage. A loss of everything makes six entries; nothing but losses makes any, and a
/// deposit reads six at most, however old.
///
/// Who deposits a unit and has it cancelled makes six entries of it, so anybody who can bring about small
/// losses fills an array. Keep the sums in a map or a `Vec`, or leave an amount in the pool that a loss
/// never takes, and size the array by [`entries_for`](StabilityPool::entries_for). What the pool can't absorb,
/// above [`absorbable`](Self::absorbable), is for whoever comes next, such as a
/// [`LossWaterfall`](crate::LossWaterfall).
///
/// # Rounding
/// Against the deposit that is changed: a deposit is floored and a withdrawal ceiled, in shares of at most
/// 2^-32 of a unit; gains are floored, with what a division leaves carried to the next.
///
/// # Laws
/// `stability_conserves`: deposited = withdrawn + lost + assets, and gained ≥ paid + claimable, whatever
/// the order of the calls · `stability_by_loop`: each deposit is, to a unit, that of a loop over all
/// depositors, and each gain too, but for what is carried and 2^-26 of what a unit deposited gains ·
/// `last_is_payable`: all can leave, in any order · `loss_conserving` · `absorbable_is_tight`: the largest debt
/// is absorbed, and one unit more isn't · `scales_are_bounded`: no more entries than
/// [`entries_for`](StabilityPool::entries_for) says.
///
/// ```
/// use tokenomics_fixed_math::{Amount, U256};
/// use tokenomics_haircut_collateral::{PoolDeposit, StabilityPool};
///
/// let mut pool = StabilityPool::new([U256::ZERO; 8]);
/// let (mut alice, mut bob) = (PoolDeposit::new(), PoolDeposit::new());
/// pool.deposit(&mut alice, Amount::new(600))?;
/// pool.deposit(&mut bob, Amount::new(300))?;
///
/// // A debt of 450 is cancelled; its collateral is 675.
/// pool.absorb(Amount::new(450), Amount::new(675))?;
/// assert_eq!(pool.amount(&alice)?, Amount::new(300));
/// assert_eq!(pool.claim(&mut alice)?, Amount::new(450));
/// assert_eq!(pool.claim(&mut bob)?, Amount::new(225));
/// # Ok::<(), tokenomics_haircut_collateral::Error>(())
/// ```
///
/// # Source
/// Liquity, StabilityPool: the product P, the sum S, scales and epochs. There each loss rounds P, whose
/// error a later loss makes up for, and the last depositor may be short of a unit (liquity/dev #23); here
/// no loss is rounded, and an epoch is six scales.
#[doc(alias("product_sum", "liquidation_pool", "offset", "backstop"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StabilityPool<G> {
    book: LossBook,
    gains: Gains,
    ended: G,
}

/// The gains of all shares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Gains {
    // A share's since the beginning, in 2^-160 units. There are at least 2^32 shares when something is
    // gained, so it is at most 2^128 times what was ever gained: below 2^256.
    per_share: U256,
    // The remainder of the last division, in 2^-160 units: less than there were shares, below 2^192.
    rest: U256,
    gained: Amount,
    paid: Amount,
}

impl Gains {
    const NONE: Self = Self {
        per_share: U256::ZERO,
        rest: U256::ZERO,
        gained: Amount::ZERO,
        paid: Amount::ZERO,
    };

    /// Distributes a gain to so many shares.
    fn distribute(&mut self, amount: Amount, shares: U256) -> Result<(), Error> {
        if amount.is_zero() {
            return Ok(());
        }
        if shares.is_zero() {
            let (what, value, bound) = (Quantity::Gain, amount.get(), 0);
            return Err(Error::OutOfRange { what, value, bound });
        }
        let gained = self.gained.checked_add(amount)?;
        // amount·2^160 + rest, by the shares: 288 bits by at most 192.
        let parts = U256::new(amount.get(), 0);
        let by = U256::from(1 << SCALE_BITS);
        let quotient = parts.mul_div(by, shares, Rounding::Floor)?;
        let rest = remainder(parts, by, quotient, shares);
        let (more, rest) = rest.checked_add(self.rest)?.div_rem_wide(shares)?;
        self.per_share = self.per_share.checked_add(quotient)?.checked_add(more)?;
        (self.rest, self.gained) = (rest, gained);
        Ok(())
    }
}

/// Returns a·b − quotient·divisor, which is less than the divisor: all of it lies in the lower 256 bits.
fn remainder(a: U256, b: U256, quotient: U256, divisor: U256) -> U256 {
    use tokenomics_internals::Wrapping256;

    let product = |a: U256, b: U256| {
        let upper = Wrapping256::from(a).times(b.high());
        let upper = Wrapping256::new(upper.low(), 0);
        Wrapping256::from(a).times(b.low()).plus(upper)
    };
    product(a, b)
        .plus(product(quotient, divisor).negated())
        .into()
}

impl<G> StabilityPool<G> {
    /// Creates a pool without deposits, with an empty store for the sums at which scales end.
    #[must_use]
    pub const fn new(ended: G) -> Self {
        Self {
            book: LossBook::EMPTY,
            gains: Gains::NONE,
            ended,
        }
    }

    /// Returns the amount of all deposits.
    #[must_use]
    pub const fn assets(&self) -> Amount {
        self.book.assets
    }

    /// Returns the number of shares of it.
    #[must_use]
    pub const fn shares(&self) -> U256 {
        self.book.shares
    }

    /// Returns the number of scales that have ended.
    #[must_use]
    pub const fn scale(&self) -> u32 {
        self.book.scale
    }

    /// Returns the collateral that was ever gained.
    #[must_use]
    pub const fn gained(&self) -> Amount {
        self.gains.gained
    }

    /// Returns the collateral that was ever claimed.
    #[must_use]
    pub const fn paid(&self) -> Amount {
        self.gains.paid
    }

    /// Returns the store of the sums at which scales ended.
    #[must_use]
    pub const fn ended(&self) -> &G {
        &self.ended
    }
}

impl<G: Store<Entry = U256>> StabilityPool<G> {
    /// Adds an amount to a deposit.
    ///
    /// # Rounding
    /// Floor, of the shares: the deposit gains the amount or one unit less.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] or [`Error::Math`] for a deposit that isn't this pool's; [`Error::Missing`] if the
    /// store has lost an entry; [`Error::Overflow`] above [`Amount::MAX`].
    ///
    /// ```
    /// # use tokenomics_fixed_math::{Amount, U256};
    /// # use tokenomics_haircut_collateral::{PoolDeposit, StabilityPool};
    /// let (mut pool, mut alice) = (StabilityPool::new([U256::ZERO; 6]), PoolDeposit::new());
    /// pool.deposit(&mut alice, Amount::new(9))?;
    /// pool.absorb(Amount::new(3), Amount::ZERO)?;
    /// pool.deposit(&mut alice, Amount::new(2))?;
    /// assert_eq!(pool.amount(&alice)?, Amount::new(8));
    /// assert!(pool.deposit(&mut alice, Amount::MAX).is_err());
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    #[doc(alias("provide", "provideToSP"))]
    pub fn deposit(&mut self, deposit: &mut PoolDeposit, amount: Amount) -> Result<(), Error> {
        let mut after = self.settled(deposit)?;
        self.book.deposit(&mut after.held, amount)?;
        *deposit = after;
        Ok(())
    }

    /// Takes an amount from a deposit.
    ///
    /// # Rounding
    /// Ceil, of the shares.
    ///
    /// # Errors
    /// As [`deposit`](Self::deposit), and [`Error::OutOfRange`] for more than the deposit is worth.
    ///
    /// ```
    /// # use tokenomics_fixed_math::{Amount, U256};
    /// # use tokenomics_haircut_collateral::{PoolDeposit, StabilityPool};
    /// let (mut pool, mut alice) = (StabilityPool::new([U256::ZERO; 6]), PoolDeposit::new());
    /// pool.deposit(&mut alice, Amount::new(9))?;
    /// pool.absorb(Amount::new(3), Amount::ZERO)?;
    /// assert!(pool.withdraw(&mut alice, Amount::new(7)).is_err());
    /// pool.withdraw(&mut alice, Amount::new(6))?;
    /// assert_eq!(pool.assets(), Amount::ZERO);
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    #[doc(alias("withdrawFromSP"))]
    pub fn withdraw(&mut self, deposit: &mut PoolDeposit, amount: Amount) -> Result<(), Error> {
        let mut after = self.settled(deposit)?;
        self.book.withdraw(&mut after.held, amount)?;
        *deposit = after;
        Ok(())
    }

    /// Cancels a debt with the deposits, and distributes its collateral among them, both in proportion to
    /// what each is worth.
    ///
    /// # Rounding
    /// Floor, of a share's gain; what the division leaves is carried to the next.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a debt above all deposits, and for a gain where there are none;
    /// [`Error::Full`] if a scale ends and the store has no room; [`Error::Overflow`] for more than
    /// [`Amount::MAX`] ever gained.
    ///
    /// ```
    /// # use tokenomics_fixed_math::{Amount, U256};
    /// # use tokenomics_haircut_collateral::{PoolDeposit, StabilityPool};
    /// let (mut pool, mut alice) = (StabilityPool::new([U256::ZERO; 6]), PoolDeposit::new());
    /// pool.deposit(&mut alice, Amount::new(9))?;
    /// assert!(pool.absorb(Amount::new(10), Amount::new(10)).is_err());
    /// pool.absorb(Amount::new(9), Amount::new(18))?;
    /// assert_eq!(pool.amount(&alice)?, Amount::ZERO);
    /// assert_eq!(pool.claim(&mut alice)?, Amount::new(18));
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    #[doc(alias("offset", "cancel_debt"))]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn absorb(&mut self, debt: Amount, collateral: Amount) -> Result<(), Error> {
        let (mut book, mut gains) = (self.book, self.gains);
        // Those gain who bear the loss, so before their shares are cut.
        gains.distribute(collateral, book.shares)?;
        let first = book.scale;
        book.lose(debt)?;
        let capacity = self.ended.capacity();
        if book.scale > first && book.scale > capacity {
            return Err(Error::Full { capacity });
        }
        for scale in first..book.scale {
            self.ended.set(scale, gains.per_share);
        }
        (self.book, self.gains) = (book, gains);
        Ok(())
    }

    /// Pays the collateral that a deposit has gained, in whole units; the fraction stays.
    ///
    /// # Rounding
    /// Floor.
    ///
    /// # Errors
    /// As [`deposit`](Self::deposit), and [`Error::OutOfRange`] for more than is left of all gains.
    ///
    /// ```
    /// # use tokenomics_fixed_math::{Amount, U256};
    /// # use tokenomics_haircut_collateral::{PoolDeposit, StabilityPool};
    /// let (mut pool, mut alice) = (StabilityPool::new([U256::ZERO; 6]), PoolDeposit::new());
    /// pool.deposit(&mut alice, Amount::new(8))?;
    /// pool.absorb(Amount::ZERO, Amount::new(7))?;
    /// assert_eq!(pool.claim(&mut alice)?, Amount::new(7));
    /// assert!(StabilityPool::new([U256::ZERO; 6]).claim(&mut alice).is_err());
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    pub fn claim(&mut self, deposit: &mut PoolDeposit) -> Result<Amount, Error> {
        let mut after = self.settled(deposit)?;
        let units = after.take_units();
        let paid = self.gains.paid.checked_add(units)?;
        let gained = self.gains.gained.get();
        in_range(Quantity::GainPaid, paid.get(), 0, gained)?;
        (self.gains.paid, *deposit) = (paid, after);
        Ok(units)
    }

    /// Returns the amount that a deposit is worth.
    ///
    /// # Rounding
    /// Floor.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a deposit that isn't this pool's.
    ///
    /// ```
    /// # use tokenomics_fixed_math::{Amount, U256};
    /// # use tokenomics_haircut_collateral::{PoolDeposit, StabilityPool};
    /// let (mut pool, mut alice) = (StabilityPool::new([U256::ZERO; 6]), PoolDeposit::new());
    /// pool.deposit(&mut alice, Amount::new(9))?;
    /// assert_eq!(pool.amount(&alice)?, Amount::new(9));
    /// assert!(StabilityPool::new([U256::ZERO; 6]).amount(&alice).is_err());
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    #[doc(alias("compounded_deposit", "balance"))]
    pub fn amount(&self, deposit: &PoolDeposit) -> Result<Amount, Error> {
        self.book.worth(deposit.held)
    }

    /// Returns the collateral that a deposit could claim.
    ///
    /// # Rounding
    /// Floor.
    ///
    /// # Errors
    /// As [`deposit`](Self::deposit).
    ///
    /// ```
    /// # use tokenomics_fixed_math::{Amount, U256};
    /// # use tokenomics_haircut_collateral::{PoolDeposit, StabilityPool};
    /// let (mut pool, mut alice) = (StabilityPool::new([U256::ZERO; 6]), PoolDeposit::new());
    /// pool.deposit(&mut alice, Amount::new(9))?;
    /// pool.absorb(Amount::new(1), Amount::new(7))?;
    /// assert_eq!(pool.claimable(&alice)?, Amount::new(6)); // 7, less a fraction that is carried
    /// assert!(StabilityPool::new([U256::ZERO; 6]).claimable(&alice).is_err());
    /// # Ok::<(), tokenomics_haircut_collateral::Error>(())
    /// ```
    pub fn claimable(&self, deposit: &PoolDeposit) -> Result<Amount, Error> {
        Ok(self.settled(deposit)?.take_units())
    }

    /// Returns a deposit with all that it has gained, at the present scale.
    fn settled(&self, deposit: &PoolDeposit) -> Result<PoolDeposit, Error> {
        let held = self.book.present(deposit.held)?;
        let (mut shares, mut from) = (deposit.held.shares, deposit.checkpoint);
        let mut owed = deposit.owed;
        let first = deposit.held.scale;
        // Six scales later no share is left.
        let last = self.book.scale.min(first.saturating_add(SCALES_OF_ALL));
        for index in first..last {
            let end = self.ended.get(index).ok_or(Error::Missing { index })?;
            owed = owed.checked_add(per_share(from, end, shares)?)?;
            (from, shares) = (end, shares.shr_floor(SCALE_BITS));
        }
        let checkpoint = self.gains.per_share;
        let owed = owed.checked_add(per_share(from, checkpoint, shares)?)?;
        Ok(PoolDeposit {
            held,
            checkpoint,
            owed,
        })
    }
}
