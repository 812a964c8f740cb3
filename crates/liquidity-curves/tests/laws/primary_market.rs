//! The laws of the primary market, over any sequence of calls.

use num_bigint::BigUint;
use tokenomics_fixed_math::{Amount, Fraction, Ratio, Span, Timestamp};
use tokenomics_liquidity_curves::{
    Error, Fee, Market, PrimaryMarket, PrimaryMarketAt, PrimaryMarketParams, Redeemed, Sell, Ticket,
};

use super::draw::big;

/// The numbers that the rules are made of.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct Rules {
    /// The mint price, the redemption price and the minimum backing, in any order.
    pub prices: [[u64; 2]; 3],
    /// The fees of minting and of redeeming.
    pub fees: [[u64; 2]; 2],
    pub period: u8,
    /// Of minting and of redeeming.
    pub capacities: [u128; 2],
}

/// One call: what, how much, how long after the one before, and on which ticket.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
pub struct Call {
    pub what: u8,
    pub amount: u128,
    pub after: u8,
    pub ticket: u8,
}

impl Rules {
    fn params(&self) -> PrimaryMarketParams {
        let prices = self.prices.map(|[numerator, denominator]| {
            Ratio::new(numerator.max(1).into(), denominator.max(1).into()).unwrap()
        });
        let [mut low, mut middle, mut high] = prices;
        for _ in 0..2 {
            (low, middle) = (low.min(middle), low.max(middle));
            (middle, high) = (middle.min(high), middle.max(high));
        }
        let [mint_fee, redeem_fee] = self.fees.map(|[parts, whole]| {
            let whole = whole.max(1);
            Fee::new(parts % whole, whole).unwrap()
        });
        let [mint_capacity, redeem_capacity] = self.capacities.map(Amount::new);
        PrimaryMarketParams {
            mint_price: high,
            redeem_price: middle,
            minimum_backing: low,
            mint_fee,
            redeem_fee,
            period: Span::new(u64::from(self.period % 8 + 1)),
            mint_capacity,
            redeem_capacity,
        }
    }
}

/// A ticket, where it begins, and what it was paid.
#[derive(Debug)]
struct Held {
    ticket: Ticket,
    from: Amount,
    paid: Amount,
    fee: Amount,
}

/// A market and all that was moved, by the results of the calls alone.
struct Run {
    market: PrimaryMarket,
    at: Timestamp,
    held: Vec<Held>,
    minted: BigUint,
    handed_in: BigUint,
    lost: BigUint,
}

impl Held {
    /// A second one of the same ticket, for a second market.
    fn again(&self) -> Self {
        Self {
            ticket: Ticket::restore(self.ticket.paid_to(), self.ticket.end()).unwrap(),
            ..*self
        }
    }
}

impl Run {
    fn new(rules: Rules) -> Self {
        let at = Timestamp::new(3);
        Self {
            market: PrimaryMarket::new(rules.params(), at).unwrap(),
            at,
            held: Vec::new(),
            minted: BigUint::ZERO,
            handed_in: BigUint::ZERO,
            lost: BigUint::ZERO,
        }
    }

    fn call(&mut self, call: Call) -> Result<(), Error> {
        let after = Span::new((call.after % 32).into());
        self.at = self.at.checked_add(after).unwrap();
        let (at, amount, state) = (self.at, Amount::new(call.amount), self.market.state());
        match call.what % 6 {
            0 | 1 => {
                let minted = self.market.mint(amount, at)?;
                self.minted += big(minted.claims.get());
                self.handed_in += big(minted.amount.get() - minted.fee.get());
            }
            2 => {
                let redemption = self.market.redeem(amount, at)?;
                let Redeemed { amount, fee, .. } = redemption.redeemed;
                self.held.push(Held {
                    ticket: redemption.ticket,
                    from: state.requested,
                    paid: amount,
                    fee,
                });
            }
            3 => {
                self.market.add_backing(amount, at)?;
                self.handed_in += big(amount.get());
            }
            4 => {
                self.market.lose_backing(amount, at)?;
                self.lost += big(amount.get());
            }
            _ => {
                let count = self.held.len().max(1);
                if let Some(held) = self.held.get_mut(usize::from(call.ticket) % count) {
                    claim(&mut self.market, held, at)?;
                }
            }
        }
        Ok(())
    }

    /// Makes a call, which changes nothing if it is refused.
    fn step(&mut self, call: Call) {
        let before = self.market;
        if self.call(call).is_err() {
            assert_eq!(self.market, before);
        }
    }
}

fn claim(market: &mut PrimaryMarket, held: &mut Held, at: Timestamp) -> Result<(), Error> {
    let redeemed = market.claim(&mut held.ticket, at)?;
    held.paid = held.paid.checked_add(redeemed.amount).unwrap();
    held.fee = held.fee.checked_add(redeemed.fee).unwrap();
    Ok(())
}

fn is_backed(market: &PrimaryMarket) -> bool {
    let (state, minimum) = (market.state(), market.state().params.minimum_backing);
    big(state.backing.get()) * big(minimum.denominator())
        >= big(state.outstanding.get()) * big(minimum.numerator())
}

/// What is reserved is just what the tickets that were served can claim; and nothing but a loss takes the
/// backing below its minimum: what is served leaves it there.
pub fn backed(rules: Rules, calls: &[Call]) {
    let mut run = Run::new(rules);
    for call in calls {
        let before = run.market;
        run.step(*call);
        let (state, then) = (run.market.state(), before.state());
        let lost = call.what % 6 == 4;
        assert!(is_backed(&run.market) || lost || !is_backed(&before));
        assert!(is_backed(&run.market) || lost || state.served == then.served);
        let mut market = run.market;
        for held in &run.held {
            claim(&mut market, &mut held.again(), run.at).unwrap();
        }
        assert_eq!(market.state().reserved, Amount::ZERO);
    }
}

/// No ticket is paid before those that stand before it are paid in full, and each gets the floor of its
/// place for its price, and of what the fee leaves of that, however often it is claimed.
pub fn first_in_first_out(rules: Rules, calls: &[Call]) {
    let mut run = Run::new(rules);
    let params = run.market.state().params;
    let (price, fee) = (params.redeem_price, params.redeem_fee);
    let worth = |at: Amount| big(at.get()) * big(price.numerator()) / big(price.denominator());
    let net = |at: Amount| worth(at) * big(fee.kept()) / big(fee.denominator());
    for call in calls {
        run.step(*call);
        let (mut market, mut waits) = (run.market, false);
        for held in &run.held {
            let mut held = held.again();
            claim(&mut market, &mut held, run.at).unwrap();
            let (paid_to, end) = (held.ticket.paid_to(), held.ticket.end());
            assert!(!waits || paid_to == held.from, "{held:?}");
            waits = waits || paid_to < end;
            assert_eq!(big(held.paid.get()), net(paid_to) - net(held.from));
            let all = big(held.paid.get()) + big(held.fee.get());
            assert_eq!(all, worth(paid_to) - worth(held.from));
        }
    }
}

/// No period mints or serves more than its capacity; and a market that is settled at every instant stands
/// where one does that is left alone between the calls.
pub fn capacity(rules: Rules, calls: &[Call]) {
    let (mut run, mut often) = (Run::new(rules), Run::new(rules));
    let params = run.market.state().params;
    let start = run.at.get();
    let mut served_before = Amount::ZERO;
    for call in calls {
        let until = often.at.get() + u64::from(call.after % 32);
        for at in often.at.get()..=until {
            if (at - start) % params.period.get() == 0 && at > often.market.state().last.get() {
                served_before = often.market.state().served;
            }
            often.market = often.market.settled_at(Timestamp::new(at)).unwrap();
            let served = often.market.state().served.checked_sub(served_before);
            assert!(served.unwrap() <= params.redeem_capacity);
        }
        assert_eq!(run.call(*call), often.call(*call));
        let state = often.market.state();
        assert!(state.minted_in_period <= params.mint_capacity);
        let served = state.served.checked_sub(served_before).unwrap();
        assert!(served <= params.redeem_capacity && served == state.served_in_period);
        assert_eq!(run.market.settled_at(run.at), Ok(often.market));
        assert_eq!(PrimaryMarket::restore(state), Ok(often.market));
    }
}

/// What was handed in, less the fees and the losses, is the backing, what is reserved and what was paid;
/// what was minted is outstanding or was served.
pub fn conserved(rules: Rules, calls: &[Call]) {
    let mut run = Run::new(rules);
    for call in calls {
        run.step(*call);
        let state = run.market.state();
        let paid: BigUint = run
            .held
            .iter()
            .map(|held| big(held.paid.get()) + big(held.fee.get()))
            .sum();
        let held = big(state.backing.get()) + big(state.reserved.get());
        assert_eq!(run.handed_in, held + paid + &run.lost);
        let claims = big(state.outstanding.get()) + big(state.served.get());
        assert_eq!(run.minted, claims);
    }
}

/// A quote is what the call then does, and changes nothing. As a market at a time, what is quoted is what is paid at
/// once, an amount out costs the least that fetches it, and the depth is all that is quoted.
pub fn primary_market_quoted(rules: Rules, calls: &[Call], amount: u128, cost: u64) {
    let mut run = Run::new(rules);
    for call in calls {
        let before = run.market;
        let at = run
            .at
            .checked_add(Span::new((call.after % 32).into()))
            .unwrap();
        let asked = Amount::new(call.amount);
        let (mint, redeem) = (before.quote_mint(asked, at), before.quote_redeem(asked, at));
        let (mut minting, mut redeeming) = (before, before);
        assert_eq!(minting.mint(asked, at), mint);
        let redeemed = redeeming.redeem(asked, at);
        assert_eq!(redeemed.map(|redemption| redemption.redeemed), redeem);
        run.step(*call);
    }
    let market = run.market.market_at(run.at).unwrap();
    let cost = Fraction::from_raw(cost % (Fraction::SCALE + 1)).unwrap();
    for sell in Sell::BOTH {
        let price = match sell {
            Sell::Token0 => run.market.state().params.redeem_price,
            Sell::Token1 => run.market.state().params.mint_price,
        };
        assert_eq!(market.price_after(sell, Amount::ZERO), Ok(price));
        at_once(&run, &market, sell, Amount::new(amount));
        costs_the_least(&market, sell, Amount::new(amount));
        let depth = market.depth(sell, cost).unwrap();
        assert!(market.quote_exact_in(sell, depth).is_ok());
        if let Ok(more) = depth.checked_add(Amount::new(1)) {
            assert!(market.quote_exact_in(sell, more).is_err());
        }
        let sale = market.largest_sale(sell, cost).unwrap();
        assert!(sale <= depth && market.quote_exact_in(sell, sale).is_ok());
    }
}

/// What is quoted is what redeeming pays at once, or minting makes.
fn at_once(run: &Run, market: &PrimaryMarketAt, sell: Sell, amount: Amount) {
    let quote = market.quote_exact_in(sell, amount);
    let moved = match sell {
        Sell::Token0 => {
            let redeemed = run.market.quote_redeem(amount, run.at);
            let redeemed = redeemed.ok().filter(|redeemed| redeemed.claims == amount);
            redeemed.map(|redeemed| (redeemed.amount, redeemed.fee))
        }
        Sell::Token1 => {
            let minted = run.market.quote_mint(amount, run.at);
            minted.ok().map(|minted| (minted.claims, minted.fee))
        }
    };
    match quote {
        Ok(swap) if moved.is_none() => {
            let is_claimed = sell == Sell::Token0 && !amount.is_zero();
            assert!(swap.amount_out.is_zero() && !is_claimed, "{swap:?}");
        }
        Ok(swap) => assert_eq!(Some((swap.amount_out, swap.fee)), moved),
        Err(_) => assert_eq!(moved, None),
    }
}

fn costs_the_least(market: &PrimaryMarketAt, sell: Sell, amount: Amount) {
    let Ok(bought) = market.quote_exact_out(sell, amount) else {
        return;
    };
    let fetched = market.quote_exact_in(sell, bought.amount_in).unwrap();
    assert!(fetched.amount_out >= amount && bought.amount_out == amount);
    let Some(less) = bought.amount_in.get().checked_sub(1) else {
        return;
    };
    let fetched = market.quote_exact_in(sell, Amount::new(less)).unwrap();
    assert!(fetched.amount_out < amount, "{bought:?} {fetched:?}");
}
