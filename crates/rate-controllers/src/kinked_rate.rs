//! The rate of a lending pool by how much of it is lent: two straight lines that meet at the optimum.

mod state;

use tokenomics_fixed_math::{mul_div, Amount, Fraction, Rounding, Span, Timestamp, Wad};

pub use self::state::KinkedRateState;
use crate::check::elapsed;
use crate::interest::{accrue, growth, owed};
#[cfg(any(feature = "arbitrary", feature = "proptest"))]
use crate::support::seed::{self, FromSeed, Seed};
use crate::Error;

/// The parameters of a [`KinkedRate`], which [`KinkedRate::new`] checks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(
    feature = "cosmwasm",
    derive(cw_schema::Schemaifier),
    schemaifier(mute_warnings)
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(
    feature = "borsh",
    derive(borsh::BorshSerialize, borsh::BorshDeserialize)
)]
#[cfg_attr(feature = "borsh-schema", derive(borsh::BorshSchema))]
#[cfg_attr(
    feature = "scale",
    derive(
        parity_scale_codec::Encode,
        parity_scale_codec::Decode,
        parity_scale_codec::DecodeWithMemTracking,
        parity_scale_codec::MaxEncodedLen,
        scale_info::TypeInfo
    ),
    scale_info(crate = tokenomics_fixed_math::scale_metadata)
)]
pub struct KinkedRateParams {
    /// The utilisation at which the lines meet; above 0.
    pub optimal: Fraction,
    /// The rate a year at a utilisation of 0; at most 100 (10,000%), as the next two.
    pub base: Wad,
    /// The rise of the rate up to the optimum.
    pub slope1: Wad,
    /// The rise of the rate from there to a utilisation of 1.
    pub slope2: Wad,
    /// The length of a year on the clock; 1 to 10^10.
    pub year: Span,
}

/// A borrowing rate by utilisation, and the interest that it comes to.
///
/// Up to the optimum the rate is `base + slope1 · u / optimal`, beyond it `base + slope1 + slope2 ·
/// (u − optimal) / (1 − optimal)`.
///
/// The utilisation that a call passes is the one since the call before. The state is the sum of the
/// rate over time, as an integer, and a debt grows with its exponential: interest is compounded at
/// every moment. So a call that comes late does what timely calls would have, to the bit, as long as
/// the utilisation was the same; and a second call at the same time changes nothing.
///
/// # Rounding
/// Ceil for the borrowing rate and for what is owed, floor for the supply rate.
///
/// # Laws
/// `stays_in_range`, `late_call_equals_timely_call`, `twice_in_a_second_is_once`,
/// `monotone_response`.
///
/// ```
/// use tokenomics_rate_controllers::{KinkedRate, KinkedRateParams};
/// use tokenomics_fixed_math::{fraction, wad, Amount, Span, Timestamp};
///
/// let params = KinkedRateParams {
///     optimal: fraction!("0.8"),
///     base: wad!("0"),
///     slope1: wad!("0.04"),
///     slope2: wad!("0.75"),
///     year: Span::new(31_536_000),
/// };
/// let mut pool = KinkedRate::new(params, Timestamp::ZERO)?;
/// assert_eq!(pool.rate(fraction!("0.4")), wad!("0.02"));
/// assert_eq!(pool.rate(fraction!("0.9")), wad!("0.415"));
/// assert_eq!(pool.supply_rate(fraction!("0.4"), fraction!("0.1")), wad!("0.0072"));
///
/// // A year at 40%, nobody having called: e^0.02.
/// pool.update(Timestamp::new(31_536_000), fraction!("0.4"))?;
/// assert_eq!(pool.index(), Ok(wad!("1.020201340026755811")));
/// assert_eq!(pool.owed(Amount::new(1_000_000), 0), Ok(Amount::new(1_020_202)));
/// # Ok::<(), tokenomics_rate_controllers::Error>(())
/// ```
///
/// # Source
/// Aave v3, `DefaultReserveInterestRateStrategy` and its `V2`, beside which both rates are run. There
/// rates have 27 decimals, each step is rounded to the nearest, and a debt is compounded by three terms
/// of a binomial series in each call: by how much less than the exponential depends on how often it is
/// called.
#[doc(alias("interest_rate", "jump_rate", "utilization", "Aave", "apr"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct KinkedRate {
    params: KinkedRateParams,
    accrued: u128,
    last: Timestamp,
}

impl KinkedRate {
    /// Creates one with no interest yet, from `last` on.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a parameter outside of its range.
    ///
    /// ```
    /// use tokenomics_fixed_math::{fraction, wad, Span, Timestamp};
    /// use tokenomics_rate_controllers::{Error, KinkedRate, KinkedRateParams};
    ///
    /// let params = KinkedRateParams {
    ///     optimal: fraction!("0.8"),
    ///     base: wad!("0.01"),
    ///     slope1: wad!("0.04"),
    ///     slope2: wad!("0.75"),
    ///     year: Span::new(31_536_000),
    /// };
    /// assert_eq!(KinkedRate::new(params, Timestamp::ZERO)?.accrued(), 0);
    /// let flat = KinkedRateParams { optimal: fraction!("0"), ..params };
    /// assert!(matches!(KinkedRate::new(flat, Timestamp::ZERO), Err(Error::OutOfRange { .. })));
    /// # Ok::<(), tokenomics_rate_controllers::Error>(())
    /// ```
    pub fn new(params: KinkedRateParams, last: Timestamp) -> Result<Self, Error> {
        Self::restore(
            params,
            KinkedRateState {
                accrued: Amount::ZERO,
                last,
            },
        )
    }

    /// Returns its parameters.
    #[must_use]
    pub const fn params(&self) -> KinkedRateParams {
        self.params
    }

    /// Returns the time up to which interest has accrued.
    #[must_use]
    pub const fn last(&self) -> Timestamp {
        self.last
    }

    /// Returns the sum of the rate over time, in 10^−18 a year times units of the clock: a debt keeps
    /// it of the time it began, for [`owed`](Self::owed).
    #[must_use]
    pub const fn accrued(&self) -> u128 {
        self.accrued
    }

    /// Computes what borrowers pay a year with this part of the pool lent.
    ///
    /// # Rounding
    /// Ceil.
    #[doc(alias("borrow_rate", "apr"))]
    #[must_use]
    pub fn rate(&self, utilisation: Fraction) -> Wad {
        let KinkedRateParams {
            optimal,
            base,
            slope1,
            slope2,
            ..
        } = self.params;
        let (used, optimal) = (utilisation.raw(), optimal.raw());
        let on_line = |slope: Wad, part: u64, whole: u64| {
            let rise = mul_div(slope.raw(), part.into(), whole.into(), Rounding::Ceil);
            // The part is at most the whole, and the whole isn't 0.
            rise.unwrap_or(u128::MAX).min(slope.raw())
        };
        let rise = if used <= optimal {
            on_line(slope1, used, optimal)
        } else {
            let beyond = used.saturating_sub(optimal);
            let all = Fraction::ONE.raw().saturating_sub(optimal);
            // Two of at most 10^20.
            slope1.raw().wrapping_add(on_line(slope2, beyond, all))
        };
        // Three of at most 10^20.
        Wad::from_raw(base.raw().wrapping_add(rise))
    }

    /// Computes what suppliers earn a year if `reserve` of the interest is kept from them.
    ///
    /// # Rounding
    /// Floor, of what borrowers pay.
    #[doc(alias("deposit_rate", "lend_rate", "apy"))]
    #[must_use]
    pub fn supply_rate(&self, utilisation: Fraction, reserve: Fraction) -> Wad {
        let lent = self
            .rate(utilisation)
            .mul_fraction(utilisation, Rounding::Floor);
        lent.mul_fraction(reserve.complement(), Rounding::Floor)
    }

    /// Lets interest accrue for the time since the last call, in which this part of the pool was
    /// lent. Returns the rate.
    ///
    /// # Rounding
    /// Ceil for the rate; the sum is exact.
    ///
    /// # Errors
    /// [`Error::Backdated`] for a time before the last one; [`Error::OutOfRange`] once a debt has grown
    /// by a factor of e^46.
    ///
    /// ```
    /// use tokenomics_fixed_math::{fraction, wad, Span, Timestamp};
    /// use tokenomics_rate_controllers::{KinkedRate, KinkedRateParams};
    ///
    /// let params = KinkedRateParams {
    ///     optimal: fraction!("0.8"),
    ///     base: wad!("0.01"),
    ///     slope1: wad!("0.04"),
    ///     slope2: wad!("0.75"),
    ///     year: Span::new(31_536_000),
    /// };
    /// let mut pool = KinkedRate::new(params, Timestamp::ZERO)?;
    /// assert_eq!(pool.update(Timestamp::new(1_000), fraction!("0.8"))?, wad!("0.05"));
    /// assert_eq!(pool.accrued(), wad!("0.05").raw() * 1_000);
    /// assert!(pool.update(Timestamp::new(999), fraction!("0.8")).is_err());
    /// # Ok::<(), tokenomics_rate_controllers::Error>(())
    /// ```
    #[doc(alias("accrue", "accrue_interest"))]
    pub fn update(&mut self, at: Timestamp, utilisation: Fraction) -> Result<Wad, Error> {
        let units = elapsed(self.last, at)?.get();
        let rate = self.rate(utilisation);
        let more = rate.raw().checked_mul(units.into());
        self.accrued = accrue(self.accrued, more, self.params.year)?;
        self.last = at;
        Ok(rate)
    }

    /// Computes what a debt of one has become since the first moment.
    ///
    /// # Rounding
    /// Ceil.
    ///
    /// # Errors
    /// None for what has accrued here: it is at most e^46.
    ///
    /// ```
    /// use tokenomics_fixed_math::{fraction, wad, Span, Timestamp};
    /// use tokenomics_rate_controllers::{KinkedRate, KinkedRateParams};
    ///
    /// let params = KinkedRateParams {
    ///     optimal: fraction!("0.8"),
    ///     base: wad!("0.01"),
    ///     slope1: wad!("0.04"),
    ///     slope2: wad!("0.75"),
    ///     year: Span::new(31_536_000),
    /// };
    /// let mut pool = KinkedRate::new(params, Timestamp::ZERO)?;
    /// assert_eq!(pool.index()?, wad!("1"));
    /// pool.update(Timestamp::new(31_536_000), fraction!("0.8"))?;
    /// assert_eq!(pool.index()?.to_string()[..8], *"1.051271"); // e^0.05
    /// # Ok::<(), tokenomics_rate_controllers::Error>(())
    /// ```
    #[doc(alias("borrow_index", "apy"))]
    pub fn index(&self) -> Result<Wad, Error> {
        growth(self.accrued, self.params.year)
    }

    /// Computes what a debt has become that was `principal` when `since` had
    /// [`accrued`](Self::accrued).
    ///
    /// # Rounding
    /// Ceil.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] if less than that has accrued; [`Error::Overflow`] for more than
    /// the largest amount.
    ///
    /// ```
    /// use tokenomics_fixed_math::{fraction, wad, Amount, Span, Timestamp};
    /// use tokenomics_rate_controllers::{KinkedRate, KinkedRateParams};
    ///
    /// let params = KinkedRateParams {
    ///     optimal: fraction!("0.8"),
    ///     base: wad!("0.01"),
    ///     slope1: wad!("0.04"),
    ///     slope2: wad!("0.75"),
    ///     year: Span::new(31_536_000),
    /// };
    /// let mut pool = KinkedRate::new(params, Timestamp::ZERO)?;
    /// pool.update(Timestamp::new(31_536_000), fraction!("1"))?;
    /// let since = pool.accrued(); // a debt begins
    /// pool.update(Timestamp::new(2 * 31_536_000), fraction!("0.8"))?;
    /// assert_eq!(pool.owed(Amount::new(1_000), since)?, Amount::new(1_052));
    /// assert!(pool.owed(Amount::new(1_000), since * 2).is_err());
    /// # Ok::<(), tokenomics_rate_controllers::Error>(())
    /// ```
    #[doc(alias("debt", "accrued_interest"))]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn owed(&self, principal: Amount, since: u128) -> Result<Amount, Error> {
        owed(principal, since, self.accrued, self.params.year)
    }
}

#[cfg(any(feature = "arbitrary", feature = "proptest"))]
impl FromSeed for KinkedRate {
    fn from_seed([optimal, base, slope1, slope2, length, last, ..]: Seed) -> Option<Self> {
        let params = KinkedRateParams {
            optimal: seed::part(optimal, 1, Fraction::ONE.raw())?,
            base: seed::rate(base),
            slope1: seed::rate(slope1),
            slope2: seed::rate(slope2),
            year: seed::year(length),
        };
        Self::new(params, seed::time(last)).ok()
    }
}
