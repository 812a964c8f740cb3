//! Balancer's WeightedPool as it is deployed, and the weighted pool that is to do the same.

use std::error::Error;
use std::fmt;

use revm::primitives::{Address, U256};
use tokenomics_fixed_math::{Amount, Fraction};
use tokenomics_liquidity_curves::{Fee, Weighted};

use crate::chain::{refused, Chain};
use crate::draw::Random;

type Failure = Box<dyn Error>;

const ONE: u64 = 1_000_000_000_000_000_000;
/// The least weight there, and the least and the most that it takes as its fee.
const LEAST: u64 = ONE / 100;
const FEES: [u64; 2] = [1_000_000_000_000, ONE / 10];
const TOKENS: usize = 3;
/// Swaps that each pool is asked for.
const SWAPS: u64 = 5;
/// What 10^15 parts of a power may be off by, there: its LogExpMath's 10^-14, and as much added to be sure,
/// with what base and exponent are rounded by.
const OFF: u64 = 22;

/// All in which the contract differs from the pool here.
#[derive(Debug, Clone, Copy)]
pub enum Difference {
    /// It pays less, as it takes a power that is off for larger than it can be.
    Less,
    /// It asks for more, for the same reason.
    More,
    /// It takes no more than three tenths of a reserve, after the fee.
    Most,
    /// It pays no more than three tenths of one.
    Whole,
    /// It asks for more than 128 bits hold.
    Wide,
}

/// How much was compared.
#[derive(Debug, Default)]
pub struct Tally {
    pub pools: u64,
    pub swaps: u64,
    /// Those that are the same to the unit.
    same: u64,
    /// The most that they are apart, in 10^-18 of a reserve of more than 10^18.
    worst: u64,
    /// By the place of the difference in its enum.
    differences: [u64; 5],
}

impl Tally {
    fn note(&mut self, difference: Difference) {
        self.differences[difference as usize] += 1;
    }

    /// Takes by how much both sides are apart, of a reserve, and the most that they may be.
    fn settle(
        &mut self,
        difference: Difference,
        apart: u128,
        reserve: u128,
        most: u128,
    ) -> Result<(), Failure> {
        match apart {
            0 => self.same += 1,
            apart if apart <= most => self.note(difference),
            _ => return Err(format!("{apart} apart, at most {most}: {difference:?}").into()),
        }
        // Of smaller reserves it's the last unit that they differ in.
        if reserve > u128::from(ONE) {
            let parts = U256::from(apart) * U256::from(ONE) / U256::from(reserve);
            self.worst = self.worst.max(u64::try_from(parts)?);
        }
        Ok(())
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [less, more, most, whole, wide] = self.differences;
        write!(
            f,
            "WeightedPool: {} swaps of {} pools, {} the same to the unit; there {less} pay less and {more} ask \
             for more, by {} * 10^-18 of a reserve at most, and {most} sales and {whole} purchases of \
             more than three tenths of a reserve are refused, and {wide} are answered with 2^128 or more",
            self.swaps, self.pools, self.same, self.worst
        )
    }
}

/// A pool on both sides.
struct Pool {
    there: Address,
    here: Weighted<TOKENS>,
    tokens: [Address; TOKENS],
    /// By what the contract multiplies each amount.
    scales: [u64; TOKENS],
}

/// Compares some swaps of a new pool.
///
/// # Errors
/// The first difference that isn't a [`Difference`], or what failed on the chain.
pub fn compare(
    chain: &mut Chain,
    code: &[u8],
    random: &mut Random,
    tally: &mut Tally,
) -> Result<(), Failure> {
    let pool = Pool::draw(chain, code, random)?;
    tally.pools += 1;
    for _ in 0..SWAPS {
        let from = random.up_to(TOKENS as u64 - 1) as usize;
        let to = (from + 1 + random.up_to(TOKENS as u64 - 2) as usize) % TOKENS;
        let is_sale = random.up_to(1) == 0;
        let reserve = pool.here.reserves()[if is_sale { from } else { to }].get();
        let amount = draw_amount(reserve, random);
        tally.swaps += 1;
        let compared = match is_sale {
            true => pool.sell(chain, [from, to], amount, tally),
            false => pool.buy(chain, [from, to], amount, tally),
        };
        let text = || {
            format!(
                "{amount} of {from} for {to}, sold: {is_sale}, {:?}",
                pool.here
            )
        };
        compared.map_err(|e| format!("{}: {e}", text()))?;
    }
    Ok(())
}

/// Parts of the reserve, of any number of bits, and about three tenths of it.
fn draw_amount(reserve: u128, random: &mut Random) -> u128 {
    let edge = reserve / 10 * 3 + u128::from(random.up_to(3));
    let part = random.wide() % (reserve / 3 + 1);
    let small = part >> random.up_to(60);
    let drawn = random.one_of(&[part, part, part, small, small, edge]);
    drawn.clamp(1, (reserve - 1).max(1))
}

impl Pool {
    fn draw(chain: &mut Chain, code: &[u8], random: &mut Random) -> Result<Self, Failure> {
        let mut tokens = Vec::new();
        for _ in 0..TOKENS {
            let decimals = random.one_of(&[18, 18, 6]);
            let scale = 10_u64.pow(18 - u32::from(decimals));
            tokens.push((chain.deploy(&answering(decimals), &[])?, scale));
        }
        // The contract wants them in order.
        tokens.sort();
        let weights = draw_weights(random);
        let any = FEES[0] + random.up_to(FEES[1] - FEES[0]);
        let fee = random.one_of(&[FEES[0], ONE / 1_000 * 3, any]);
        let there = deploy(chain, code, [0, 1, 2].map(|at| tokens[at].0), weights, fee)?;
        let reserves = [(); TOKENS].map(|()| 10 + ((random.wide() >> 28) >> random.up_to(80)));
        let weights = weights.map(|weight| Fraction::from_raw(weight).unwrap_or(Fraction::ZERO));
        Ok(Self {
            there,
            here: Weighted::new(reserves.map(Amount::new), weights, Fee::new(fee, ONE)?)?,
            tokens: [0, 1, 2].map(|at| tokens[at].0),
            scales: [0, 1, 2].map(|at| tokens[at].1),
        })
    }

    /// Of an exact amount in.
    fn sell(
        &self,
        chain: &mut Chain,
        [from, to]: [usize; 2],
        amount: u128,
        tally: &mut Tally,
    ) -> Result<(), Failure> {
        let there = self.swap(chain, 0, [from, to], amount);
        let swap = self
            .here
            .clone()
            .swap_exact_in(from, to, Amount::new(amount))?;
        let net = amount - swap.fee.get();
        if self.is_above(net, from) {
            tally.note(Difference::Most);
            return Ok(refused(there, &["BAL#304"])?);
        }
        let (here, there) = (swap.amount_out.get(), number(there?)?);
        let less = here.checked_sub(there).ok_or("more is paid there")?;
        let reserve = self.here.reserves()[to].get();
        tally.settle(Difference::Less, less, reserve, off(reserve))
    }

    /// For an exact amount out.
    fn buy(
        &self,
        chain: &mut Chain,
        [from, to]: [usize; 2],
        amount: u128,
        tally: &mut Tally,
    ) -> Result<(), Failure> {
        let there = self.swap(chain, 1, [from, to], amount);
        if self.is_above(amount, to) {
            tally.note(Difference::Whole);
            return Ok(refused(there, &["BAL#305"])?);
        }
        let Ok(swap) = self
            .here
            .clone()
            .swap_exact_out(from, to, Amount::new(amount))
        else {
            return self.is_wide(from, there?, tally);
        };
        let (here, there) = (swap.amount_in.get(), number(there?)?);
        let more = there.checked_sub(here).ok_or("less is asked for there")?;
        let total = self.here.reserves()[from].get() + here;
        // Before the fee, which is a tenth at most.
        let most = off(total) / 9 * 10 + 20;
        tally.settle(Difference::More, more, total, most)
    }

    /// Whether a reserve would be more than 128 bits hold, which here is refused.
    fn is_wide(&self, from: usize, there: Vec<U256>, tally: &mut Tally) -> Result<(), Failure> {
        let reserve = U256::from(self.here.reserves()[from].get());
        let amount = there.first().ok_or("no answer")?;
        if reserve + amount <= U256::from(u128::MAX) {
            return Err(format!("refused here, {amount} there").into());
        }
        tally.note(Difference::Wide);
        Ok(())
    }

    /// Whether an amount is more than three tenths of a reserve, as the contract computes it.
    fn is_above(&self, amount: u128, token: usize) -> bool {
        let scale = U256::from(self.scales[token]);
        let reserve = U256::from(self.here.reserves()[token].get()) * scale;
        U256::from(amount) * scale > reserve * U256::from(3) / U256::from(10)
    }

    /// What the contract says to a swap of a kind: 0 of an exact amount in, 1 out.
    fn swap(
        &self,
        chain: &mut Chain,
        kind: u64,
        [from, to]: [usize; 2],
        amount: u128,
    ) -> Result<Vec<U256>, crate::chain::Reverted> {
        let signature =
            "onSwap((uint8,address,address,uint256,bytes32,uint256,address,address,bytes),\
                         uint256,uint256)";
        let reserves = self
            .here
            .reserves()
            .map(|reserve| U256::from(reserve.get()));
        let word = |token: usize| self.tokens[token].into_word().into();
        // Where the request lies; in it a pool, a block, from, to, and where its data lie, which are none.
        let mut arguments = vec![U256::from(96), reserves[from], reserves[to]];
        arguments.extend([U256::from(kind), word(from), word(to), U256::from(amount)]);
        arguments.extend([0, 0, 0, 0, 288, 0].map(U256::from));
        chain.answers(self.there, 1, signature, &arguments)
    }
}

/// What the contract may be off by of an amount.
fn off(amount: u128) -> u128 {
    let parts = U256::from(amount) * U256::from(OFF) / U256::from(ONE / 1_000);
    u128::try_from(parts).unwrap_or(u128::MAX) + 2
}

fn number(answer: Vec<U256>) -> Result<u128, Failure> {
    let first = answer.first().ok_or("no answer")?;
    Ok(u128::try_from(*first)?)
}

/// Three weights that sum to one: equal ones, round ones, or any.
fn draw_weights(random: &mut Random) -> [u64; TOKENS] {
    let any = LEAST + random.up_to(ONE - 3 * LEAST);
    let other = LEAST + random.up_to(ONE - 2 * LEAST - any);
    let third = ONE / 3;
    let [first, second] = random.one_of(&[
        [any, other],
        [any, other],
        [third, third],
        [ONE / 100 * 98, LEAST],
        [ONE / 2, ONE / 4],
    ]);
    [first, second, ONE - first - second]
}

/// The code that creates what answers any call with this number: a vault or a token is asked for no more.
fn answering(number: u8) -> Vec<u8> {
    let run = [0x60, number, 0x60, 0, 0x52, 0x60, 0x20, 0x60, 0, 0xf3];
    let keep = [0x60, 0, 0x52, 0x60, 10, 0x60, 22, 0xf3];
    [&[0x69][..], &run, &keep].concat()
}

/// Creates a pool, whose vault is one that only answers.
fn deploy(
    chain: &mut Chain,
    code: &[u8],
    tokens: [Address; TOKENS],
    weights: [u64; TOKENS],
    fee: u64,
) -> Result<Address, Failure> {
    let vault = chain.deploy(&answering(1), &[])?;
    let word = |account: Address| U256::from_be_bytes(account.into_word().0);
    // Where two texts of one letter, the tokens and the weights lie; the fee, no pauses and no owner.
    let mut arguments = vec![word(vault)];
    arguments.extend([288, 352, 416, 544, fee, 0, 0, 0].map(U256::from));
    let letter = [U256::from(1), U256::from(0x76) << 248];
    arguments.extend([letter, letter].concat());
    arguments.push(U256::from(TOKENS));
    arguments.extend(tokens.map(word));
    arguments.push(U256::from(TOKENS));
    arguments.extend(weights.map(U256::from));
    Ok(chain.deploy(code, &arguments)?)
}
