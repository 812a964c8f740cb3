//! The amounts of a deposit or a withdrawal.

use tokenomics_fixed_math::Amount;

/// The amounts that adding or removing liquidity moves in a pool of `N` tokens, and the shares that are
/// made or taken back.
///
/// ```
/// use tokenomics_fixed_math::Amount;
/// use tokenomics_liquidity_curves::{Amplification, ConstantProduct, Fee, Liquidity, StableSwap};
///
/// let (ten, thousand) = (Amount::new(10), Amount::new(1_000));
/// let mut pool = ConstantProduct::new(ten, thousand, Fee::NONE)?;
/// let added = pool.add_liquidity(ten, thousand)?;
/// let (amounts, fees, shares) = ([ten, thousand], [Amount::ZERO; 2], Amount::new(100));
/// assert_eq!(added, Liquidity { amounts, fees, shares });
///
/// // A fee is taken on what is out of proportion.
/// let (amplification, fee) = (Amplification::new(100)?, Fee::new(4_000_000, 10_000_000_000)?);
/// let mut pool = StableSwap::new(amplification, fee, [10_u128.pow(18); 2], [thousand; 2])?;
/// let added = pool.add_liquidity([Amount::new(20_000), Amount::ZERO])?;
/// assert_eq!(added.fees, [Amount::new(2), Amount::new(1)]);
/// # Ok::<(), tokenomics_liquidity_curves::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(
    feature = "cosmwasm",
    derive(cw_schema::Schemaifier),
    schemaifier(type = tokenomics_fixed_math::schema_fields!(visitor; amounts: ([Amount; N]), fees: ([Amount; N]), shares: (Amount))),
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
pub struct Liquidity<const N: usize = 2> {
    /// The amount of each token that is handed in or paid out.
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_internals::serde_with::array")
    )]
    #[cfg_attr(
        feature = "schemars",
        schemars(with = "tokenomics_fixed_math::schema::Entries<Amount, N>")
    )]
    pub amounts: [Amount; N],
    /// The fees on what is out of proportion, which stay in the pool: parts of the amounts handed in, or
    /// beside those paid out.
    #[cfg_attr(
        feature = "serde",
        serde(with = "tokenomics_internals::serde_with::array")
    )]
    #[cfg_attr(
        feature = "schemars",
        schemars(with = "tokenomics_fixed_math::schema::Entries<Amount, N>")
    )]
    pub fees: [Amount; N],
    /// The shares; of a position in [`Concentrated`](crate::Concentrated), its liquidity.
    pub shares: Amount,
}

impl<const N: usize> Liquidity<N> {
    /// Creates those that are moved without a fee.
    pub(crate) const fn without_fees(amounts: [Amount; N], shares: Amount) -> Self {
        Self {
            amounts,
            fees: [Amount::ZERO; N],
            shares,
        }
    }

    /// Creates those of one token alone, and its fee.
    pub(crate) fn of_single(token: usize, amount: Amount, fee: Amount, shares: Amount) -> Self {
        let mut moved = Self::without_fees([Amount::ZERO; N], shares);
        let places = moved.amounts.get_mut(token).zip(moved.fees.get_mut(token));
        if let Some(places) = places {
            (*places.0, *places.1) = (amount, fee);
        }
        moved
    }
}
