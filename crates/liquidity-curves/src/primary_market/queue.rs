//! The queue of redemptions.

use tokenomics_fixed_math::{Amount, Rounding, Timestamp, U256};

use super::{PrimaryMarket, PrimaryMarketState};
use crate::check::{in_range, largest, times};
use crate::{Error, Quantity};

/// A redemption's place in the queue of a [`PrimaryMarket`]: the claims from one position in all that were
/// ever requested to another.
///
/// It is whose the host says it is, and a host stores it once: the market doesn't know who holds which. The
/// same place claimed twice, from a second copy in storage or by [`Ticket::restore`], is paid twice, out of
/// what is reserved for others, whose claims then fail with [`Quantity::Payment`]. So a ticket can't be
/// copied, and a claim leaves in it what is still to be paid; that is what the host stores again.
///
/// ```
/// use tokenomics_fixed_math::{Amount, Timestamp};
/// use tokenomics_liquidity_curves::{PrimaryMarket, PrimaryMarketParams};
///
/// let redeem_capacity = Amount::new(10);
/// let params = PrimaryMarketParams { redeem_capacity, ..PrimaryMarketParams::PAR };
/// let start = Timestamp::ZERO;
/// let mut market = PrimaryMarket::new(params, start)?;
/// market.mint(Amount::new(100), start)?;
/// let first = market.redeem(Amount::new(25), start)?.ticket;
/// let second = market.redeem(Amount::new(5), start)?.ticket;
/// assert_eq!((first.left(), second.left()), (Amount::new(15), Amount::new(5)));
/// # Ok::<(), tokenomics_liquidity_curves::Error>(())
/// ```
///
/// Used twice, it doesn't compile:
///
/// ```compile_fail,E0382
/// use tokenomics_liquidity_curves::Ticket;
///
/// fn twice(ticket: Ticket) -> [Ticket; 2] {
///     [ticket, ticket]
/// }
/// ```
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct Ticket {
    // At most the end.
    paid_to: Amount,
    end: Amount,
}

/// The claims that were redeemed, and what was paid for them.
///
/// ```
/// use tokenomics_fixed_math::Amount;
/// use tokenomics_liquidity_curves::Redeemed;
///
/// let redeemed = Redeemed { claims: Amount::new(10), amount: Amount::new(9), fee: Amount::new(1) };
/// assert!(redeemed.fee < redeemed.amount);
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
pub struct Redeemed {
    /// The claims, which are no more.
    pub claims: Amount,
    /// The amount of Token1 that is paid.
    pub amount: Amount,
    /// The fee in Token1, which isn't.
    pub fee: Amount,
}

/// A redemption: what was paid at once, and the place of the rest.
///
/// ```
/// use tokenomics_fixed_math::{Amount, Timestamp};
/// use tokenomics_liquidity_curves::{PrimaryMarket, PrimaryMarketParams};
///
/// let start = Timestamp::ZERO;
/// let mut market = PrimaryMarket::new(PrimaryMarketParams::PAR, start)?;
/// market.mint(Amount::new(100), start)?;
/// let redemption = market.redeem(Amount::new(25), start)?;
/// assert_eq!(redemption.redeemed.amount, Amount::new(25));
/// assert_eq!(redemption.ticket.left(), Amount::ZERO);
/// # Ok::<(), tokenomics_liquidity_curves::Error>(())
/// ```
#[derive(Debug, PartialEq, Eq, Hash)]
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
pub struct Redemption {
    /// The place in the queue.
    pub ticket: Ticket,
    /// The part that was paid at once.
    pub redeemed: Redeemed,
}

impl Ticket {
    /// Restores a ticket from the position up to which it has been paid and its end, as its host has stored
    /// them, once.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a position after the end.
    ///
    /// ```
    /// use tokenomics_fixed_math::Amount;
    /// use tokenomics_liquidity_curves::Ticket;
    ///
    /// let ticket = Ticket::restore(Amount::new(5), Amount::new(8))?;
    /// assert_eq!(ticket.left(), Amount::new(3));
    /// assert!(Ticket::restore(Amount::new(9), Amount::new(8)).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn restore(paid_to: Amount, end: Amount) -> Result<Self, Error> {
        in_range(Quantity::Position, paid_to.get(), 0, end.get())?;
        Ok(Self { paid_to, end })
    }

    /// Returns the position up to which it has been paid.
    #[must_use]
    pub const fn paid_to(&self) -> Amount {
        self.paid_to
    }

    /// Returns its end, in all claims that were ever requested.
    #[must_use]
    pub const fn end(&self) -> Amount {
        self.end
    }

    /// Returns the claims that haven't been paid.
    #[must_use]
    pub fn left(&self) -> Amount {
        self.end.abs_diff(self.paid_to)
    }
}

impl PrimaryMarket {
    /// Redeems claims: puts them at the end of the queue and pays what is served at once.
    ///
    /// # Rounding
    /// As at [`PrimaryMarket::claim`].
    ///
    /// # Errors
    /// [`Error::Backdated`] before the last call; [`Error::OutOfRange`] for no claims, and for more than
    /// are outstanding and not in the queue; [`Error::Overflow`] if all that were ever requested, or what
    /// they are worth, would exceed [`Amount::MAX`].
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Ratio, Timestamp};
    /// use tokenomics_liquidity_curves::{PrimaryMarket, PrimaryMarketParams};
    ///
    /// let minimum_backing = Ratio::new(4, 5)?;
    /// let params = PrimaryMarketParams { minimum_backing, ..PrimaryMarketParams::PAR };
    /// let start = Timestamp::ZERO;
    /// let mut market = PrimaryMarket::new(params, start)?;
    /// market.mint(Amount::new(100), start)?;
    /// market.lose_backing(Amount::new(10), start)?;
    /// // 40 of 50 are left: one more would leave less than 80% to the others.
    /// let redemption = market.redeem(Amount::new(60), start)?;
    /// assert_eq!(redemption.redeemed.amount, Amount::new(50));
    /// assert!(market.redeem(Amount::new(41), start).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn redeem(&mut self, claims: Amount, at: Timestamp) -> Result<Redemption, Error> {
        let mut next = *self;
        let paid_to = self.state.requested;
        next.transition(at, |next| {
            let free = next.outstanding.checked_sub(next.queued()?)?;
            in_range(Quantity::Claims, claims.get(), 1, free.get())?;
            next.requested = next.requested.checked_add(claims)?;
            // So what any position is worth fits.
            next.value(next.requested).map(|_| ())
        })?;
        let end = next.state.requested;
        let mut ticket = Ticket { paid_to, end };
        let redeemed = next.claim(&mut ticket, at)?;
        *self = next;
        Ok(Redemption { ticket, redeemed })
    }

    /// Computes what redeeming claims at a time would pay at once, and for how many of them; the others would
    /// wait in the queue.
    ///
    /// # Rounding
    /// As at [`PrimaryMarket::claim`].
    ///
    /// # Errors
    /// As at [`PrimaryMarket::redeem`].
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Timestamp};
    /// use tokenomics_liquidity_curves::{PrimaryMarket, PrimaryMarketParams};
    ///
    /// let redeem_capacity = Amount::new(10);
    /// let params = PrimaryMarketParams { redeem_capacity, ..PrimaryMarketParams::PAR };
    /// let start = Timestamp::ZERO;
    /// let mut market = PrimaryMarket::new(params, start)?;
    /// market.mint(Amount::new(100), start)?;
    /// assert_eq!(market.quote_redeem(Amount::new(25), start)?.claims, Amount::new(10));
    /// assert!(market.quote_redeem(Amount::new(101), start).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn quote_redeem(&self, claims: Amount, at: Timestamp) -> Result<Redeemed, Error> {
        let mut after = *self;
        Ok(after.redeem(claims, at)?.redeemed)
    }

    /// Pays what has been served of a ticket since it was last paid.
    ///
    /// # Rounding
    /// Floor, of the position in all that was ever requested: what a ticket is paid is the difference of
    /// two floors, for its price and for what the fee leaves. So how often one claims changes nothing, and
    /// all tickets together are paid the floor. A ticket itself is paid more or less than it is
    /// worth, by its place: by less than a unit, or than two with a fee. At a price of 1/1,000 and no fee the
    /// first 999 claims are paid 0, and one claim after them is paid 1.
    ///
    /// # Errors
    /// [`Error::Backdated`] before the last call; [`Error::OutOfRange`] for a ticket that ends after all
    /// that was requested, and for one that is worth more than what is reserved: this market gave neither,
    /// or a place has been claimed twice.
    ///
    /// ```
    /// use tokenomics_fixed_math::{Amount, Span, Timestamp};
    /// use tokenomics_liquidity_curves::{PrimaryMarket, PrimaryMarketParams};
    ///
    /// let redeem_capacity = Amount::new(10);
    /// let params = PrimaryMarketParams { redeem_capacity, ..PrimaryMarketParams::PAR };
    /// let start = Timestamp::ZERO;
    /// let mut market = PrimaryMarket::new(params, start)?;
    /// market.mint(Amount::new(100), start)?;
    /// let mut ticket = market.redeem(Amount::new(60), start)?.ticket;
    /// let fourth = start.checked_add(params.period.checked_mul(3)?)?;
    /// assert_eq!(market.claim(&mut ticket, fourth)?.amount, Amount::new(30));
    /// assert_eq!(market.claim(&mut ticket, fourth)?.amount, Amount::ZERO);
    /// assert!(market.claim(&mut ticket, start).is_err());
    /// # Ok::<(), tokenomics_liquidity_curves::Error>(())
    /// ```
    pub fn claim(&mut self, ticket: &mut Ticket, at: Timestamp) -> Result<Redeemed, Error> {
        let (from, end) = (ticket.paid_to, ticket.end);
        let mut next = *self;
        next.transition(at, |_| Ok(()))?;
        let state = &mut next.state;
        in_range(Quantity::Position, end.get(), 0, state.requested.get())?;
        // Nothing before its own place.
        let to = state.served.min(end).max(from);
        let redeemed = state.redeemed(from, to)?;
        let worth = redeemed.amount.checked_add(redeemed.fee)?;
        in_range(Quantity::Payment, worth.get(), 0, state.reserved.get())?;
        state.reserved = state.reserved.checked_sub(worth)?;
        (*self, ticket.paid_to) = (next, to);
        Ok(redeemed)
    }
}

impl PrimaryMarketState {
    /// Returns the claims that stand in the queue.
    pub(super) fn queued(&self) -> Result<Amount, Error> {
        Ok(self.requested.checked_sub(self.served)?)
    }

    /// Computes what all claims up to a position are worth, floored.
    pub(super) fn value(&self, position: Amount) -> Result<Amount, Error> {
        Ok(position.mul_ratio(self.params.redeem_price, Rounding::Floor)?)
    }

    /// Computes what is paid for the claims between two positions.
    pub(super) fn redeemed(&self, from: Amount, to: Amount) -> Result<Redeemed, Error> {
        let fee = self.params.redeem_fee;
        let [before, after] = [self.value(from)?, self.value(to)?];
        let left = |value: Amount| value.checked_sub(fee.of(value));
        let amount = left(after)?.checked_sub(left(before)?)?;
        Ok(Redeemed {
            claims: to.checked_sub(from)?,
            amount,
            fee: after.checked_sub(before)?.checked_sub(amount)?,
        })
    }

    /// Returns the number of the period that a time is in.
    fn period_at(&self, at: Timestamp) -> u64 {
        let since = at.get().saturating_sub(self.start.get());
        // A period has a length.
        since.checked_div(self.params.period.get()).unwrap_or(0)
    }

    /// Serves the queue in each period from the last call to `at`.
    pub(super) fn serve_until(&mut self, at: Timestamp) -> Result<(), Error> {
        let last = self.last;
        if at < last {
            return Err(Error::Backdated { at, last });
        }
        let capacity = self.params.redeem_capacity.get();
        let left = capacity.saturating_sub(self.served_in_period.get());
        let passed = self.period_at(at).saturating_sub(self.period_at(last));
        // What the whole periods since then had, which is without a bound where it doesn't fit. What was
        // left of that of the last call serves no more, or it had served then.
        let (earlier, now) = match u128::from(passed).checked_sub(1) {
            None => (0, left),
            Some(whole) => (whole.saturating_mul(capacity), capacity),
        };
        let most = self.queued()?.get().min(earlier.saturating_add(now));
        let served = largest(most, |claims| self.keeps_backed(claims));
        self.serve(Amount::new(served))?;
        let in_period = Amount::new(served.saturating_sub(earlier));
        if passed == 0 {
            self.served_in_period = self.served_in_period.checked_add(in_period)?;
        } else {
            (self.served_in_period, self.minted_in_period) = (in_period, Amount::ZERO);
        }
        self.last = at;
        Ok(())
    }

    /// Takes claims from the front of the queue, and what they are worth from the backing.
    fn serve(&mut self, claims: Amount) -> Result<(), Error> {
        let served = self.served.checked_add(claims)?;
        let worth = self.value(served)?.checked_sub(self.value(self.served)?)?;
        self.backing = self.backing.checked_sub(worth)?;
        self.reserved = self.reserved.checked_add(worth)?;
        self.outstanding = self.outstanding.checked_sub(claims)?;
        self.served = served;
        Ok(())
    }

    /// Returns `true` if the backing that is left without so many claims of the queue is at least the
    /// minimum for those that are left.
    ///
    /// By the exact price, so that it falls with each claim, and that serving in parts comes to the same.
    fn keeps_backed(&self, claims: u128) -> bool {
        let (price, minimum) = (self.params.redeem_price, self.params.minimum_backing);
        // What the floors have left to the backing so far, in parts of the price's denominator.
        let so_far = U256::product(self.served.get(), price.numerator());
        let Ok((_, kept)) = so_far.div_rem(price.denominator()) else {
            return false;
        };
        let left = U256::product(self.backing.get(), price.denominator())
            .checked_sub(kept.into())
            .and_then(|left| left.checked_sub(U256::product(claims, price.numerator())));
        let claims_left = self.outstanding.get().saturating_sub(claims);
        let least = U256::product(minimum.numerator(), price.denominator());
        left.is_ok_and(|left| times(left, minimum.denominator()) >= times(least, claims_left))
    }
}

tokenomics_internals::checked_codec! {
    Ticket::restore as RawTicket {
        paid_to: Amount = Ticket::paid_to,
        end: Amount = Ticket::end,
    }
}
