//! Minting by a signal, with the part of a unit carried to the next call.

use tokenomics_fixed_math::{Amount, Timestamp, U256};

use crate::Error;

/// An issuance that follows a signal, such as the stake: it mints for the time since its last call.
///
/// The signal and the supply that a call passes are those since the call before. So who feeds it
/// calls it whenever one of the two changes, with what it was before, and at any time at which the
/// amount is asked for. Calls between, or none for a long time, change no amount.
///
/// A call takes no effect outside of the controller. To plan first and commit later, copy it, mint
/// with the copy, and keep the copy once what it minted has been accepted.
///
/// # Laws
/// `late_call_equals_timely_call`: a call mints what calls in its interval, with the same signal and
/// supply, would have minted in sum. `twice_in_a_second_is_once`: a second call at one time mints
/// nothing.
///
/// ```
/// use tokenomics_fixed_math::{fraction, wad, Amount, Timestamp};
/// use tokenomics_rate_controllers::{Error, Mint, TargetBonded, TargetBondedParams};
///
/// /// Mints along stretches of one signal each. What was minted joins the supply at the end of each.
/// fn run<M: Mint>(
///     mut mint: M,
///     mut supply: Amount,
///     stretches: &[(Timestamp, M::Signal)],
/// ) -> Result<Amount, Error> {
///     for &(until, signal) in stretches {
///         supply = supply.checked_add(mint.mint(until, signal, supply)?)?;
///     }
///     Ok(supply)
/// }
///
/// let mint = TargetBonded::new(TargetBondedParams::COSMOS, wad!("0.13"), Timestamp::ZERO)?;
/// let (half_a_year, year) = (Timestamp::new(3_155_760), Timestamp::new(6_311_520));
/// let stretches = [(half_a_year, fraction!("0.5")), (year, fraction!("0.8"))];
/// let supply = run(mint, Amount::new(1_000_000_000_000_000), &stretches)?;
/// assert_eq!(supply, Amount::new(1_144_061_485_696_947));
/// # Ok::<(), Error>(())
/// ```
pub trait Mint: Clone {
    /// The signal that it follows.
    type Signal: Copy;

    /// Returns the time up to which everything is minted.
    fn last(&self) -> Timestamp;

    /// Mints for the time since the last call, in which the signal and the supply were these.
    ///
    /// # Rounding
    /// Floor: what isn't a whole unit is carried, or never issued, as the controller says.
    ///
    /// # Errors
    /// [`Error::Backdated`] for a time before the last one; [`Error::Overflow`] for more than the
    /// largest amount. Either leaves the controller as it was.
    fn mint(
        &mut self,
        at: Timestamp,
        signal: Self::Signal,
        supply: Amount,
    ) -> Result<Amount, Error>;
}

/// Computes ⌊(`supply` · `sum` + `carried`) / `divisor`⌋ and what is left of it. `carried` is below
/// the divisor, and the divisor above 0.
///
/// Whatever a supply mints in parts it mints at once: the remainders telescope.
#[cfg_attr(target_arch = "bpf", inline(always))]
pub(crate) fn minted(
    supply: Amount,
    sum: U256,
    carried: u128,
    divisor: u128,
) -> Result<(Amount, u128), Error> {
    if supply.is_zero() {
        return Ok((Amount::ZERO, carried));
    }
    let (whole, rest) = sum.div_rem(divisor)?;
    let whole = U256::product(supply.get(), whole.to_u128()?).to_u128()?;
    // (2^128 − 1)(d − 1) + d − 1 is below 2^128 · d, so the quotient is at most 2^128 − 1.
    let part = U256::product(supply.get(), rest).checked_add(U256::from(carried))?;
    let (part, left) = part.div_rem(divisor)?;
    let minted = Amount::new(whole).checked_add(Amount::new(part.to_u128()?))?;
    Ok((minted, left))
}
