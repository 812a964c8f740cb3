//! The rules by which a total is cut into equal parts.
#![cfg_attr(
    feature = "scale",
    allow(
        clippy::as_conversions,
        reason = "the derived codec's, of a variant's number, which is below 7"
    )
)]

use tokenomics_fixed_math::{mul_div, Amount, Ratio, Rounding, U256};

use crate::Error;

/// The rule by which a total is cut into a number of equal parts that doesn't divide it: where the
/// dust goes.
///
/// The parts are whole base units that sum to the total under every rule. With a total T in n
/// parts, q = floor(T / n) and r = T − q·n, the first k parts hold:
///
/// | rule | the first k parts | 18 in 4 |
/// | --- | --- | --- |
/// | `CumulativeRounding` | T·k/n, to the nearest, ties up | 5 4 5 4 |
/// | `CumulativeRoundDown` | floor(T·k/n) | 4 5 4 5 |
/// | `FrontLoaded` | q·k + min(k, r) | 5 5 4 4 |
/// | `BackLoaded` | q·k + max(0, k − (n − r)) | 4 4 5 5 |
/// | `FrontLoadedToSingleTranche` | q·k + r | 6 4 4 4 |
/// | `BackLoadedToSingleTranche` | q·k, and T for k = n | 4 4 4 6 |
/// | `Fractional` | T·k/n, its whole units | 4.5 4.5 4.5 4.5 |
///
/// `Fractional` rounds nothing: each part is T/n exactly, and [`fraction`](Self::fraction) is what
/// the whole units leave out. Whole units are all that can be paid, so in them it is
/// `CumulativeRoundDown`; the two differ in what is owed, not in what is paid.
///
/// # Rounding
/// `CumulativeRoundDown`, `BackLoaded`, `BackLoadedToSingleTranche` and `Fractional` never pay
/// ahead of T·k/n. The other three do, and are there because agreements name them.
///
/// # Laws
/// Each part is floor(T/n) or one more, but for the one that takes all the dust under the two rules
/// named so. Under these two, raising T by a unit can complete a multiple of n, and the dust of up
/// to n − 1 units leaves that part for all; under the other five no unit of T ever vests more than
/// one unit more, nor less (`non_expansive`).
///
/// ```
/// use tokenomics_fixed_math::Amount;
/// use tokenomics_vesting::Allocation;
///
/// let parts = |rule: Allocation| [1, 2, 3, 4].map(|k| rule.part(Amount::new(18), 4, k).get());
/// assert_eq!(parts(Allocation::CumulativeRounding), [5, 4, 5, 4]);
/// assert_eq!(parts(Allocation::BackLoadedToSingleTranche), [4, 4, 4, 6]);
/// ```
///
/// # Source
/// The Open Cap Format's `AllocationType`, with its example of 18 shares over 4 months.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
#[cfg_attr(
    feature = "cosmwasm",
    derive(cw_schema::Schemaifier),
    schemaifier(mute_warnings)
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "borsh", derive(borsh::BorshSerialize))]
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
pub enum Allocation {
    /// Running totals rounded to the nearest unit, ties up.
    CumulativeRounding,
    /// Running totals rounded down.
    CumulativeRoundDown,
    /// Parts of which the first are a unit larger.
    FrontLoaded,
    /// Parts of which the last are a unit larger.
    BackLoaded,
    /// Parts of which the first takes all that equal parts leave.
    FrontLoadedToSingleTranche,
    /// Parts of which the last takes all that equal parts leave.
    BackLoadedToSingleTranche,
    /// Exact parts, a fraction of a unit included; of what has vested so far, the whole units are
    /// paid.
    Fractional,
}

tokenomics_internals::borsh_variants! {
    [] Allocation {
        0: CumulativeRounding,
        1: CumulativeRoundDown,
        2: FrontLoaded,
        3: BackLoaded,
        4: FrontLoadedToSingleTranche,
        5: BackLoadedToSingleTranche,
        6: Fractional,
    }
}

/// A total in equal parts: the quotient, and how many units are left.
struct Parts {
    count: u128,
    each: u128,
    dust: u128,
}

impl Parts {
    /// Divides `total`; `None` for no parts.
    fn of(total: Amount, count: u32) -> Option<Self> {
        let count = u128::from(count);
        Some(Self {
            count,
            each: total.get().checked_div(count)?,
            dust: total.get().checked_rem(count)?,
        })
    }

    /// Returns k parts without the dust: at most each·count, which is at most the total.
    fn plain(&self, k: u128) -> u128 {
        self.each.wrapping_mul(k.min(self.count))
    }

    /// Returns what the first k parts hold, 0 < k < count, under a rule that adds the dust to equal
    /// parts.
    fn with_dust(&self, rule: Allocation, k: u128) -> Amount {
        let dust = match rule {
            Allocation::FrontLoaded => k.min(self.dust),
            Allocation::BackLoaded => k.saturating_sub(self.smaller()),
            Allocation::FrontLoadedToSingleTranche => self.dust,
            // The last part has it all.
            _ => 0,
        };
        // No more than the equal parts and all the dust, which are the total.
        Amount::new(self.plain(k).wrapping_add(dust))
    }

    /// Returns how many parts come before those that are a unit larger under `BackLoaded`: the dust
    /// is below the count.
    fn smaller(&self) -> u128 {
        self.count.wrapping_sub(self.dust)
    }

    /// Inverts the four rules that add the dust to equal parts, for 0 < `amount` ≤ total. It
    /// divides by `each` only for an amount that the dust alone doesn't make, so not by 0.
    fn first_with(&self, rule: Allocation, amount: u128) -> Option<u128> {
        let larger = self.each.saturating_add(1);
        match rule {
            Allocation::FrontLoaded => {
                // r parts of q + 1 come first; r·(q + 1) is at most the total.
                let first = self.dust.wrapping_mul(larger);
                if amount <= first {
                    ceil(amount, larger)
                } else {
                    ceil(amount.wrapping_sub(self.dust), self.each)
                }
            }
            Allocation::BackLoaded => {
                let first = self.plain(self.smaller());
                match amount.checked_sub(first) {
                    None | Some(0) => ceil(amount, self.each),
                    Some(rest) => self.smaller().checked_add(ceil(rest, larger)?),
                }
            }
            Allocation::FrontLoadedToSingleTranche => match amount.checked_sub(self.dust) {
                None | Some(0) => Some(1),
                Some(rest) => ceil(rest, self.each),
            },
            // The last part is the one that holds the dust.
            _ if amount > self.plain(self.count.wrapping_sub(1)) => Some(self.count),
            _ => ceil(amount, self.each),
        }
    }
}

impl Allocation {
    /// All seven rules.
    pub const ALL: [Self; 7] = [
        Self::CumulativeRounding,
        Self::CumulativeRoundDown,
        Self::FrontLoaded,
        Self::BackLoaded,
        Self::FrontLoadedToSingleTranche,
        Self::BackLoadedToSingleTranche,
        Self::Fractional,
    ];

    /// Returns how much the first `k` of `count` parts of `total` hold together, in whole units:
    /// nothing for `k` = 0, and the total from `k` = `count` on, and for a count of 0.
    ///
    /// # Rounding
    /// That of the rule.
    #[must_use]
    pub fn cumulative(self, total: Amount, count: u32, k: u32) -> Amount {
        if k >= count {
            return total;
        }
        if k == 0 {
            return Amount::ZERO;
        }
        let (wide_k, wide_count) = (u128::from(k), u128::from(count));
        match self {
            Self::CumulativeRounding => nearest(total, wide_k, wide_count),
            Self::CumulativeRoundDown | Self::Fractional => floor(total, wide_k, wide_count),
            // There are parts, as k is fewer.
            _ => Parts::of(total, count).map_or(total, |parts| parts.with_dust(self, wide_k)),
        }
    }

    /// Returns this rule if what has vested under it grows with the total.
    ///
    /// # Errors
    /// [`Error::NotResizable`] where a single tranche takes the dust: a unit more of the total can
    /// move all of it.
    pub(crate) const fn non_expansive(self) -> Result<Self, Error> {
        match self {
            Self::FrontLoadedToSingleTranche | Self::BackLoadedToSingleTranche => {
                Err(Error::NotResizable)
            }
            _ => Ok(self),
        }
    }

    /// Returns the `k`-th of `count` parts of `total`, in whole units; `k` counts from 1.
    ///
    /// # Rounding
    /// That of the rule.
    #[must_use]
    pub fn part(self, total: Amount, count: u32, k: u32) -> Amount {
        let before = self.cumulative(total, count, k.saturating_sub(1));
        // What the first k hold never falls with k.
        let with = self.cumulative(total, count, k);
        with.checked_sub(before).unwrap_or(Amount::ZERO)
    }

    /// Returns what the first `k` of `count` parts of `total` hold beside their whole units: a
    /// fraction below 1 under `Fractional`, and 0 under the other rules.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Ratio};
    /// use tokenomics_vesting::Allocation;
    ///
    /// // 18 in 4 parts of 4.5: the first is 4 and a half.
    /// let (rule, total) = (Allocation::Fractional, Amount::new(18));
    /// assert_eq!(rule.cumulative(total, 4, 1), Amount::new(4));
    /// assert_eq!(rule.fraction(total, 4, 1), Ratio::new(1, 2)?);
    /// # Ok::<(), tokenomics_fixed_math::Error>(())
    /// ```
    #[must_use]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn fraction(self, total: Amount, count: u32, k: u32) -> Ratio {
        let dust = match (self, Parts::of(total, count)) {
            // T·k = q·n·k + r·k, so the part of T·k/n below 1 is that of r·k/n; r and k are below
            // n, which is a u32.
            (Self::Fractional, Some(parts)) if k < count => {
                parts.dust.wrapping_mul(k.into()).checked_rem(parts.count)
            }
            _ => None,
        };
        Ratio::new(dust.unwrap_or(0), count.max(1).into()).unwrap_or(Ratio::ONE)
    }

    /// Returns the fewest of `count` parts of `total` that hold at least `amount`, or `None` if all
    /// of them hold less.
    ///
    /// # Rounding
    /// Ceil: with one part fewer it is less.
    ///
    /// ```
    /// use tokenomics_fixed_math::Amount;
    /// use tokenomics_vesting::Allocation;
    ///
    /// // 18 in 4 parts of 4, 5, 4 and 5: two hold 9, and 10 take a third.
    /// let fewest = |amount| {
    ///     Allocation::CumulativeRoundDown.parts_for(Amount::new(18), 4, Amount::new(amount))
    /// };
    /// assert_eq!([9, 10, 18, 19].map(fewest), [Some(2), Some(3), Some(4), None]);
    /// ```
    #[must_use]
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub fn parts_for(self, total: Amount, count: u32, amount: Amount) -> Option<u32> {
        if amount > total {
            return None;
        }
        if amount.is_zero() {
            return Some(0);
        }
        let parts = Parts::of(total, count)?;
        let k = match self {
            // To the nearest is at least x ⟺ 2·T·k ≥ (2x − 1)·n ⟺ k ≥ ⌈(2x − 1)·n / 2T⌉.
            Self::CumulativeRounding => nearest_inverse(amount, total, parts.count)?,
            // floor(T·k/n) ≥ x ⟺ k ≥ ⌈x·n/T⌉.
            Self::CumulativeRoundDown | Self::Fractional => {
                mul_div(amount.get(), parts.count, total.get(), Rounding::Ceil).ok()?
            }
            _ => parts.first_with(self, amount.get())?,
        };
        // At most n, as x ≤ T.
        u32::try_from(k).ok()
    }
}

fn ceil(dividend: u128, divisor: u128) -> Option<u128> {
    mul_div(dividend, 1, divisor, Rounding::Ceil).ok()
}

/// Computes floor(total·k / count) for k < count: below the total, so it fits.
fn floor(total: Amount, k: u128, count: u128) -> Amount {
    let floor = total.mul_div(k, count, Rounding::Floor);
    floor.unwrap_or(Amount::ZERO)
}

/// Computes total·k / count to the nearest, for k < count: at most the total, so it fits.
fn nearest(total: Amount, k: u128, count: u128) -> Amount {
    let nearest = total.mul_div(k, count, Rounding::HalfUp);
    nearest.unwrap_or(total)
}

/// Computes ⌈(2·amount − 1)·count / (2·total)⌉ for 0 < amount ≤ total.
#[cfg_attr(target_arch = "bpf", inline(always))]
fn nearest_inverse(amount: Amount, total: Amount, count: u128) -> Option<u128> {
    // ⌈a / 2T⌉ = ⌈⌈a / 2⌉ / T⌉, and ⌈(2x·n − n) / 2⌉ = x·n − ⌊n/2⌋. x ≥ 1, so it isn't below 0.
    let half = U256::product(amount.get(), count).checked_sub((count >> 1).into());
    let k = half.ok()?.checked_div(total.get(), Rounding::Ceil).ok()?;
    k.to_u128().ok()
}
