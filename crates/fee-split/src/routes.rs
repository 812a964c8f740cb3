//! Revenue to named places, at rates that change with a delay.

use tokenomics_fixed_math::{Amount, Fraction, Timestamp};

use crate::check::in_range;
use crate::weighted_split::sum;
use crate::{ChangeRules, DelayedRates, Error, Quantity, SplitStream};

/// Routes of revenue to N places under the caller's own names: lockers, a treasury, buyback, burn,
/// insurance.
///
/// Payments are split at the rates in force when they are made, which change as
/// [`DelayedRates`] say, and as a [`SplitStream`] does it: however small payments are, each place gets its
/// rate of them. What was earned at old rates stays earned.
///
/// The names are part of the code; the rates and the stream are what is stored.
///
/// # Laws
/// `routes_conserve`: what was paid in = parts + carried, and each place has what its rates at the times of
/// the payments come to, to a unit.
///
/// ```
/// use tokenomics_fee_split::{ChangeRules, Routes};
/// use tokenomics_fixed_math::{fraction, Amount, Span, Timestamp};
///
/// #[derive(Debug, Clone, Copy, PartialEq)]
/// enum To {
///     Lockers,
///     Burn,
/// }
///
/// let at = Timestamp::new;
/// let rules = ChangeRules { delay: Span::new(100), max_step: fraction!("0.25") };
/// let rates = [fraction!("0.75"), fraction!("0.25")];
/// let mut routes = Routes::new([To::Lockers, To::Burn], rates, rules, at(0))?;
/// let paid = routes.distribute(Amount::new(1_000), at(5))?;
/// assert_eq!(paid, [(To::Lockers, Amount::new(750)), (To::Burn, Amount::new(250))]);
///
/// routes.announce([fraction!("0.5"), fraction!("0.5")], at(10))?;
/// assert_eq!(routes.distribute(Amount::new(100), at(109))?[1].1, Amount::new(25));
/// assert_eq!(routes.distribute(Amount::new(100), at(110))?[1].1, Amount::new(50));
/// assert_eq!(routes.rate_of(To::Burn, at(110))?, Some(fraction!("0.5")));
/// # Ok::<(), tokenomics_fee_split::Error>(())
/// ```
#[doc(alias("fee switch", "revenue", "distributor"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Routes<K, const N: usize> {
    // No two are the same.
    names: [K; N],
    rates: DelayedRates<N>,
    // Its weights are the rates in force when it was last paid.
    stream: SplitStream<N>,
}

impl<K: Copy + PartialEq, const N: usize> Routes<K, N> {
    /// Creates routes to places by names, at rates that are in force from `at` on.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a name that is there twice, and for what [`DelayedRates::new`] refuses.
    ///
    /// ```
    /// # use tokenomics_fee_split::{ChangeRules, Error, Quantity, Routes};
    /// # use tokenomics_fixed_math::{fraction, Fraction, Span, Timestamp};
    /// let rules = ChangeRules { delay: Span::new(1), max_step: Fraction::ONE };
    /// let halves = [fraction!("0.5"), fraction!("0.5")];
    /// let new = |names| Routes::new(names, halves, rules, Timestamp::new(0));
    /// assert!(new(["burn", "treasury"]).is_ok());
    /// let what = Quantity::RoutesOfOneName;
    /// assert_eq!(new(["burn", "burn"]), Err(Error::OutOfRange { what, value: 2, bound: 1 }));
    /// ```
    pub fn new(
        names: [K; N],
        rates: [Fraction; N],
        rules: ChangeRules,
        at: Timestamp,
    ) -> Result<Self, Error> {
        let delayed = DelayedRates::new(rates, rules, at)?;
        let stream = SplitStream::new(rates.map(Fraction::raw))?;
        Self::restore(names, delayed, stream)
    }

    /// Restores routes from their [`rates`](Self::rates) and their [`stream`](Self::stream), each of which was
    /// checked as it was read.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a name that is there twice, and for a stream whose weights aren't rates: they
    /// don't sum to 10^18.
    ///
    /// ```
    /// # use tokenomics_fee_split::{ChangeRules, Routes, SplitStream};
    /// # use tokenomics_fixed_math::{Fraction, Span, Timestamp};
    /// let rules = ChangeRules { delay: Span::new(1), max_step: Fraction::ONE };
    /// let rates = [Fraction::ONE, Fraction::ZERO];
    /// let routes = Routes::new(["burn", "treasury"], rates, rules, Timestamp::new(0))?;
    /// let (rates, stream) = (*routes.rates(), *routes.stream());
    /// assert_eq!(Routes::restore(["burn", "treasury"], rates, stream)?, routes);
    /// let other = SplitStream::new([1, 0])?;
    /// assert!(Routes::restore(["burn", "treasury"], rates, other).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn restore(
        names: [K; N],
        rates: DelayedRates<N>,
        stream: SplitStream<N>,
    ) -> Result<Self, Error> {
        for name in names {
            let same = names.iter().filter(|&other| *other == name);
            let same = same.fold(0_u128, |count, _| count.saturating_add(1));
            in_range(Quantity::RoutesOfOneName, same, 0, 1)?;
        }
        let (one, sum) = (Fraction::SCALE.into(), sum(&stream.weights()));
        in_range(Quantity::RateSum, sum, one, one)?;
        Ok(Self {
            names,
            rates,
            stream,
        })
    }

    /// Returns the names, in order.
    #[must_use]
    pub const fn names(&self) -> [K; N] {
        self.names
    }

    /// Returns the rates, in the order of the names, to be stored.
    #[must_use]
    pub const fn rates(&self) -> &DelayedRates<N> {
        &self.rates
    }

    /// Returns the stream that payments are split by, to be stored.
    #[must_use]
    pub const fn stream(&self) -> &SplitStream<N> {
        &self.stream
    }

    /// Returns the whole units that were paid in and aren't paid out yet, fewer than N.
    #[must_use]
    pub fn carried(&self) -> Amount {
        self.stream.carried()
    }

    /// Returns the rate of a place at a time; `None` for a name that has no route.
    ///
    /// # Errors
    /// [`Error::Backdated`] for a time before the last call that changed anything.
    ///
    /// ```
    /// # use tokenomics_fee_split::{ChangeRules, Routes};
    /// # use tokenomics_fixed_math::{Fraction, Span, Timestamp};
    /// let rules = ChangeRules { delay: Span::new(1), max_step: Fraction::ONE };
    /// let routes = Routes::new(["burn"], [Fraction::ONE], rules, Timestamp::new(3))?;
    /// assert_eq!(routes.rate_of("burn", Timestamp::new(3))?, Some(Fraction::ONE));
    /// assert_eq!(routes.rate_of("treasury", Timestamp::new(3))?, None);
    /// assert!(routes.rate_of("burn", Timestamp::new(2)).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn rate_of(&self, name: K, at: Timestamp) -> Result<Option<Fraction>, Error> {
        let rates = self.rates.rates_at(at)?;
        let mut named = self.names.iter().zip(rates);
        let found = named.find(|(other, _)| **other == name);
        Ok(found.map(|(_, rate)| rate))
    }

    /// Distributes a payment, and returns what each place is paid, in the order of the names.
    ///
    /// # Rounding
    /// Floor, of what a place is held and its share at the rate in force; the fraction is held for it.
    ///
    /// # Errors
    /// [`Error::Backdated`] for a time before the last call that changed anything.
    ///
    /// # Laws
    /// `routes_conserve`.
    ///
    /// ```
    /// # use tokenomics_fee_split::{ChangeRules, Routes};
    /// # use tokenomics_fixed_math::{fraction, Amount, Fraction, Span, Timestamp};
    /// let rules = ChangeRules { delay: Span::new(1), max_step: Fraction::ONE };
    /// let rates = [fraction!("0.9"), fraction!("0.1")];
    /// let mut routes = Routes::new(["burn", "treasury"], rates, rules, Timestamp::new(3))?;
    /// let mut treasury = 0;
    /// for time in 3..103 {
    ///     treasury += routes.distribute(Amount::new(1), Timestamp::new(time))?[1].1.get();
    /// }
    /// assert_eq!(treasury, 10);
    /// assert!(routes.distribute(Amount::new(1), Timestamp::new(101)).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn distribute(&mut self, amount: Amount, at: Timestamp) -> Result<[(K, Amount); N], Error> {
        let rates = self.rates.settled(at)?;
        let weights = rates.state().rates.map(Fraction::raw);
        if weights != self.stream.weights() {
            self.stream.set_weights(weights)?;
        }
        self.rates = rates;
        let parts = self.stream.distribute(amount);
        Ok(self.named(parts))
    }

    /// Pays out what is carried, at the end of the routes, as [`SplitStream::close`]: a unit to each of the places
    /// that are held the largest fractions, in the order of the names.
    ///
    /// # Rounding
    /// All that each place was ever paid is the floor or the ceiling of what its rates come to, and nobody is
    /// held anything then.
    ///
    /// # Laws
    /// `routes_conserve`.
    ///
    /// ```
    /// # use tokenomics_fee_split::{ChangeRules, Routes};
    /// # use tokenomics_fixed_math::{fraction, Amount, Fraction, Span, Timestamp};
    /// let rules = ChangeRules { delay: Span::new(1), max_step: Fraction::ONE };
    /// let rates = [fraction!("0.3"), fraction!("0.7")];
    /// let mut routes = Routes::new(["burn", "treasury"], rates, rules, Timestamp::new(3))?;
    /// let paid = routes.distribute(Amount::new(11), Timestamp::new(3))?; // of 3.3 and 7.7
    /// assert_eq!(paid.map(|(_, part)| part.get()), [3, 7]);
    /// assert_eq!(routes.close(), [("burn", Amount::ZERO), ("treasury", Amount::new(1))]);
    /// assert_eq!(routes.carried(), Amount::ZERO);
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    #[must_use = "each place is to be paid its part"]
    pub fn close(&mut self) -> [(K, Amount); N] {
        let parts = self.stream.close();
        self.named(parts)
    }

    /// Announces other rates, as [`DelayedRates::announce`], and returns the time from which they are in
    /// force.
    ///
    /// # Errors
    /// Those of [`DelayedRates::announce`].
    ///
    /// ```
    /// # use tokenomics_fee_split::{ChangeRules, Routes};
    /// # use tokenomics_fixed_math::{fraction, Fraction, Span, Timestamp};
    /// let rules = ChangeRules { delay: Span::new(7), max_step: fraction!("0.1") };
    /// let rates = [Fraction::ONE, Fraction::ZERO];
    /// let mut routes = Routes::new(["burn", "treasury"], rates, rules, Timestamp::new(3))?;
    /// let nine_tenths = [fraction!("0.9"), fraction!("0.1")];
    /// assert_eq!(routes.announce(nine_tenths, Timestamp::new(4))?, Timestamp::new(11));
    /// let halves = [fraction!("0.5"), fraction!("0.5")];
    /// assert!(routes.announce(halves, Timestamp::new(4)).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn announce(&mut self, rates: [Fraction; N], at: Timestamp) -> Result<Timestamp, Error> {
        self.rates.announce(rates, at)
    }

    /// Cancels the change of rates that isn't in force yet, if there is one.
    ///
    /// # Errors
    /// [`Error::Backdated`] for a time before the last call that changed anything.
    ///
    /// ```
    /// # use tokenomics_fee_split::{ChangeRules, Routes};
    /// # use tokenomics_fixed_math::{Fraction, Span, Timestamp};
    /// let rules = ChangeRules { delay: Span::new(7), max_step: Fraction::ONE };
    /// let rates = [Fraction::ONE, Fraction::ZERO];
    /// let mut routes = Routes::new(["burn", "treasury"], rates, rules, Timestamp::new(3))?;
    /// routes.announce([Fraction::ZERO, Fraction::ONE], Timestamp::new(4))?;
    /// routes.cancel(Timestamp::new(5))?;
    /// assert_eq!(routes.rates().announced(), None);
    /// assert!(routes.cancel(Timestamp::new(4)).is_err());
    /// # Ok::<(), tokenomics_fee_split::Error>(())
    /// ```
    pub fn cancel(&mut self, at: Timestamp) -> Result<(), Error> {
        self.rates.cancel(at)
    }

    fn named(&self, parts: [Amount; N]) -> [(K, Amount); N] {
        let mut named = self.names.map(|name| (name, Amount::ZERO));
        for ((_, place), part) in named.iter_mut().zip(parts) {
            *place = part;
        }
        named
    }
}
