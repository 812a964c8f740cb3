//! Shares of an amount, and of one.

use core::array;

use tokenomics_fixed_math::{Amount, Fraction, Rounding, U256};
use tokenomics_internals::Wrapping256;

use crate::check::in_range;
use crate::{Error, Quantity};

/// The shares of an amount that go to at most `N` names, delegates or gauges; what they leave is the
/// rest.
///
/// It splits an amount of base units into whole ones. A lock of each part weighs its part of the lock
/// at every time, so the weights sum to the lock's exactly, now and later, which parts of a weight that
/// was divided don't.
///
/// # Rounding
/// Largest remainder: each part is its exact quota floored, and the units that are left go to the
/// largest remainders, of equal ones to the earlier; the rest comes last. No part is a whole unit off
/// its quota.
///
/// ```
/// use tokenomics_escrow_weighting::Shares;
/// use tokenomics_fixed_math::{fraction, Amount};
///
/// let third = fraction!("0.333333333333333333");
/// let shares = Shares::<_, 4>::new(&[("bob", third), ("carol", third)])?;
/// let (parts, rest) = shares.split(Amount::new(11)); // 3.66…, 3.66… and 3.66…7
/// assert_eq!(parts.map(Amount::get), [4, 3, 0, 0]);
/// assert_eq!(rest, Amount::new(4));
/// # Ok::<(), tokenomics_escrow_weighting::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(
        try_from = "RawShares<K, N>",
        bound(
            serialize = "K: serde::Serialize",
            deserialize = "K: serde::Deserialize<'de>"
        )
    )
)]
#[cfg_attr(
    feature = "cosmwasm",
    derive(cw_schema::Schemaifier),
    schemaifier(type = tokenomics_fixed_math::schema_fields!(visitor; to: ([Option<(K, Fraction)>; N]))),
    schemaifier(mute_warnings)
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "borsh", derive(borsh::BorshSerialize))]
#[cfg_attr(feature = "borsh-schema", derive(borsh::BorshSchema))]
#[cfg_attr(
    feature = "scale",
    derive(
        parity_scale_codec::Encode,
        parity_scale_codec::MaxEncodedLen,
        scale_info::TypeInfo
    ),
    scale_info(crate = tokenomics_fixed_math::scale_metadata)
)]
pub struct Shares<K, const N: usize> {
    // Sum to at most one, and the places that are taken come first.
    #[cfg_attr(
        feature = "serde",
        serde(serialize_with = "tokenomics_internals::serde_with::array::serialize")
    )]
    #[cfg_attr(
        feature = "schemars",
        schemars(with = "tokenomics_fixed_math::schema::Entries<Option<(K, Fraction)>, N>")
    )]
    to: [Option<(K, Fraction)>; N],
}

/// The shares, unchecked.
#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
#[cfg_attr(
    feature = "serde",
    derive(serde::Deserialize),
    serde(
        rename = "Shares",
        deny_unknown_fields,
        bound(deserialize = "K: serde::Deserialize<'de>")
    )
)]
#[cfg_attr(feature = "borsh", derive(borsh::BorshDeserialize))]
#[cfg_attr(feature = "scale", derive(parity_scale_codec::Decode))]
pub(crate) struct RawShares<K, const N: usize> {
    #[cfg_attr(
        feature = "serde",
        serde(deserialize_with = "tokenomics_internals::serde_with::array::deserialize")
    )]
    #[cfg_attr(
        feature = "borsh",
        borsh(deserialize_with = "tokenomics_internals::borsh_read::options")
    )]
    to: [Option<(K, Fraction)>; N],
}

#[cfg(any(feature = "serde", feature = "borsh", feature = "scale"))]
impl<K, const N: usize> TryFrom<RawShares<K, N>> for Shares<K, N> {
    type Error = Error;

    fn try_from(RawShares { to }: RawShares<K, N>) -> Result<Self, Error> {
        let taken = to.iter().take_while(|place| place.is_some()).count();
        let all = to.iter().flatten().count();
        // One form for the same shares: no place is left free before another.
        let [taken, all] = [taken, all].map(|count| u128::try_from(count).unwrap_or(u128::MAX));
        in_range(Quantity::Names, all, 0, taken)?;
        let shares = to.iter().flatten();
        let sum = shares.fold(0_u128, |sum, (_, share)| {
            sum.saturating_add(share.raw().into())
        });
        in_range(Quantity::Share, sum, 0, ONE)?;
        Ok(Self { to })
    }
}

tokenomics_internals::checked_codec! {
    read [K: borsh::BorshDeserialize, const N: usize]
    [K: parity_scale_codec::Decode, const N: usize]
    [K: parity_scale_codec::DecodeWithMemTracking, const N: usize]
    Shares<K, N> as RawShares<K, N>
}

impl<K: Clone, const N: usize> Shares<K, N> {
    /// Creates the shares of nobody: all is rest.
    #[must_use]
    pub fn none() -> Self {
        let to = array::from_fn(|_| None);
        Self { to }
    }

    /// Creates the shares of some names.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for more than `N` names, and for a sum above one.
    ///
    /// ```
    /// # use tokenomics_escrow_weighting::{Error, Quantity, Shares};
    /// # use tokenomics_fixed_math::{fraction, Fraction};
    /// let shares = Shares::<u8, 2>::new(&[(7, fraction!("0.25"))])?;
    /// assert_eq!(shares.rest(), fraction!("0.75"));
    /// assert!(Shares::<u8, 2>::new(&[(7, Fraction::ONE), (8, fraction!("0.1"))]).is_err());
    ///
    /// let three = Shares::<u8, 2>::new(&[(7, Fraction::ZERO); 3]);
    /// let what = Quantity::Names;
    /// assert_eq!(three, Err(Error::OutOfRange { what, value: 3, bound: 2 }));
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    pub fn new(to: &[(K, Fraction)]) -> Result<Self, Error> {
        Self::collect(to.len(), to.iter().cloned().map(Ok))
    }

    /// Creates the shares of some names, in basis points.
    ///
    /// # Errors
    /// As [`new`](Self::new); [`Error::Math`] above 10,000.
    ///
    /// ```
    /// # use tokenomics_escrow_weighting::Shares;
    /// # use tokenomics_fixed_math::fraction;
    /// let shares = Shares::<_, 2>::from_bps(&[("pool", 2_500), ("other", 7_400)])?;
    /// assert_eq!(shares.rest(), fraction!("0.01"));
    /// assert!(Shares::<_, 2>::from_bps(&[("pool", 2_500), ("other", 7_501)]).is_err());
    /// # Ok::<(), tokenomics_escrow_weighting::Error>(())
    /// ```
    pub fn from_bps(to: &[(K, u64)]) -> Result<Self, Error> {
        let share = |(name, bps): &(K, u64)| Ok((name.clone(), Fraction::from_bps(*bps)?));
        Self::collect(to.len(), to.iter().map(share))
    }

    fn collect(
        count: usize,
        to: impl Iterator<Item = Result<(K, Fraction), Error>>,
    ) -> Result<Self, Error> {
        let [count, most] = [count, N].map(|count| u128::try_from(count).unwrap_or(u128::MAX));
        in_range(Quantity::Names, count, 0, most)?;
        let (mut shares, mut sum) = (Self::none(), 0_u128);
        for (place, share) in shares.to.iter_mut().zip(to) {
            let (name, share) = share?;
            sum = sum.saturating_add(share.raw().into());
            in_range(Quantity::Share, sum, 0, ONE)?;
            *place = Some((name, share));
        }
        Ok(shares)
    }

    /// Returns the names and their shares.
    pub fn iter(&self) -> impl Iterator<Item = (&K, Fraction)> + Clone {
        self.to.iter().flatten().map(|(name, share)| (name, *share))
    }

    /// Returns the share of nobody.
    #[must_use]
    pub fn rest(&self) -> Fraction {
        // The constructor has seen that they sum to at most one.
        let left = |left: Fraction, (_, share)| left.checked_sub(share).unwrap_or(Fraction::ZERO);
        self.iter().fold(Fraction::ONE, left)
    }

    /// Splits an amount into the part of each name, in order, and the rest: all sum to the amount.
    ///
    /// # Rounding
    /// Largest remainder, of equal ones to the earlier.
    #[must_use]
    pub fn split(&self, amount: Amount) -> ([Amount; N], Amount) {
        let shares = array::from_fn(|index| self.share_of(index));
        let quotas: [_; N] = shares.map(|share| quota(amount, share));
        let (floor, last) = quota(amount, self.rest());
        let floors = quotas.iter().map(|&(floor, _)| floor);
        let left = floors.fold(amount.get().saturating_sub(floor), u128::saturating_sub);
        let remainders = || (0..N).zip(quotas.iter().map(|&(_, remainder)| remainder));
        let parts = array::from_fn(|index| {
            let (floor, remainder) = quotas.get(index).copied().unwrap_or_default();
            let is_before = |&(other, its): &(usize, u128)| {
                its > remainder || (its == remainder && other < index)
            };
            let rank = remainders().chain([(N, last)]).filter(is_before).count();
            let extra = u128::try_from(rank).is_ok_and(|rank| rank < left);
            Amount::new(floor.saturating_add(extra.into()))
        });
        let given = parts.iter().map(|part| part.get());
        let rest = given.fold(amount.get(), u128::saturating_sub);
        (parts, Amount::new(rest))
    }

    fn share_of(&self, index: usize) -> Fraction {
        let place = self.to.get(index).and_then(Option::as_ref);
        place.map_or(Fraction::ZERO, |(_, share)| *share)
    }

    /// Returns the names and their parts of an amount, but for those of nothing; and then the rest.
    pub(crate) fn parts(
        &self,
        amount: Amount,
    ) -> impl Iterator<Item = (Option<K>, Amount)> + Clone + '_ {
        let (parts, rest) = self.split(amount);
        let names = self
            .to
            .iter()
            .map(|to| to.as_ref().map(|(name, _)| name.clone()));
        let parts = names.zip(parts).chain([(None, rest)]);
        parts.filter(|(_, part)| !part.is_zero())
    }
}

const ONE: u128 = 1_000_000_000_000_000_000;

/// Returns the floor of a share of an amount, and the remainder in 10^−18.
fn quota(amount: Amount, share: Fraction) -> (u128, u128) {
    let product = U256::product(amount.get(), share.raw().into());
    let quota = product.div_rem(ONE);
    // At most the amount.
    quota.map_or((0, 0), |(floor, remainder)| (floor.low(), remainder))
}

/// Computes the share of each weight in their sum, so that the shares sum to exactly one; `None` where
/// all weigh nothing, for which the caller has a rule of its own.
///
/// # Rounding
/// Largest remainder, to 10^−18, of equal ones to the earlier.
///
/// # Errors
/// [`Error::Math`] if the weights sum to more than [`U256::MAX`], which those of one escrow don't.
///
/// # Laws
/// `gauges_sum_to_one`.
///
/// ```
/// use tokenomics_escrow_weighting::relative_weights;
/// use tokenomics_fixed_math::{fraction, U256};
///
/// let shares = relative_weights(&[U256::ONE; 3])?;
/// let [first, others] = [fraction!("0.333333333333333334"), fraction!("0.333333333333333333")];
/// assert_eq!(shares, Some([first, others, others]));
/// assert_eq!(relative_weights(&[U256::ZERO; 3])?, None);
/// assert!(relative_weights(&[U256::MAX, U256::ONE]).is_err());
/// # Ok::<(), tokenomics_escrow_weighting::Error>(())
/// ```
#[doc(alias = "gauge_relative_weight")]
pub fn relative_weights<const G: usize>(
    weights: &[U256; G],
) -> Result<Option<[Fraction; G]>, Error> {
    let mut sum = U256::ZERO;
    for weight in weights {
        sum = sum.checked_add(*weight)?;
    }
    let mut places: [Place; G] = array::from_fn(|index| Place::of(weights, index, sum));
    if sum.is_zero() {
        return Ok(None);
    }
    apportion(&mut places);
    Ok(Some(places.map(|place| place.share())))
}

/// The share of one weight, on the way to shares that sum to one.
pub(crate) struct Place {
    index: usize,
    // In 10^−18.
    share: u64,
    remainder: U256,
}

impl Place {
    /// Returns the floor of the share of one of the weights, and its remainder.
    #[cfg_attr(target_arch = "bpf", inline(always))]
    pub(crate) fn of(weights: &[U256], index: usize, sum: U256) -> Self {
        let weight = weights.get(index).copied().unwrap_or(U256::ZERO);
        let share = weight.mul_div(U256::from(ONE), sum, Rounding::Floor);
        // At most one, and nothing of nothing.
        let share = share.map_or(0, U256::low);
        let taken = Wrapping256::from(sum).times(share).negated();
        // Below the sum, so that what wraps cancels.
        let remainder = Wrapping256::from(weight).times(ONE).plus(taken).into();
        let share = u64::try_from(share).unwrap_or(Fraction::SCALE);
        Self {
            index,
            share,
            remainder,
        }
    }

    pub(crate) fn share(&self) -> Fraction {
        Fraction::from_raw(self.share).unwrap_or(Fraction::ONE)
    }
}

/// Gives what the floors leave of one to the largest remainders, of equal ones to the earlier.
pub(crate) fn apportion(places: &mut [Place]) {
    let shares = places.iter().map(|place| place.share);
    let left = shares.fold(Fraction::SCALE, u64::saturating_sub);
    places.sort_unstable_by(|one, other| {
        let by_index = one.index.cmp(&other.index);
        other.remainder.cmp(&one.remainder).then(by_index)
    });
    // Less than there are remainders that aren't 0.
    let left = usize::try_from(left).unwrap_or(usize::MAX);
    for place in places.iter_mut().take(left) {
        place.share = place.share.saturating_add(1);
    }
    places.sort_unstable_by_key(|place| place.index);
}
