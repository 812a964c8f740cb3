//! Random calls, each compared with the host's, and every unit counted after each.

use sp_runtime::DispatchError;
use tokenomics_fixed_math::{Amount, Fraction, Ratio, Timestamp};
use tokenomics_haircut_collateral::Haircut;

use super::host::Host;
use super::runtime::{
    at, call, on_chain, own, set_prices, units, Balances, Call, Runtime, Seconds, HOLDERS,
};
use crate::Prices;

/// Numbers that a seed decides: Steele, Lea, Flood, "Fast splittable pseudorandom number generators" (2014).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    fn holder(&mut self) -> u64 {
        HOLDERS[self.below(5) as usize]
    }

    /// A few units mostly, now and then many, all, or more than there are.
    fn amount(&mut self) -> Amount {
        units(match self.below(20) {
            0 => u128::MAX - u128::from(self.below(3)),
            1 => 999_980 + u128::from(self.below(40)),
            2..5 => self.below(100_000).into(),
            _ => self.below(21).into(),
        })
    }

    /// A time from a little before now on.
    fn time(&mut self, now: u64) -> Timestamp {
        at(match self.below(30) {
            0 => u64::MAX - self.below(3),
            1 => self.next(),
            2..10 => now.saturating_sub(8) + self.below(60),
            _ => (now + self.below(40)) / 4 * 4,
        })
    }

    fn ratio(&mut self) -> Ratio {
        Ratio::new(self.below(6).into(), (1 + self.below(4)).into()).unwrap()
    }

    fn haircut(&mut self) -> Haircut {
        Haircut::uniform(Fraction::from_percent(self.below(60)).unwrap())
    }

    /// A grant that there was, or the next.
    fn grant(&mut self) -> u32 {
        let next = crate::NextGrant::<Runtime>::get().unwrap_or(0);
        (self.next() % (u64::from(next) + 1)) as u32
    }

    fn call(&mut self, now: u64) -> Call {
        let (amount, end, id) = (self.amount(), self.time(now), self.grant());
        match self.below(32) {
            0 | 1 => {
                let (start, cliff) = (self.time(now), self.time(now));
                let (grantee, total) = (self.holder(), amount);
                Call::create_grant {
                    grantee,
                    total,
                    start,
                    cliff,
                    end,
                }
            }
            2..5 => Call::claim_grant { id },
            5 => Call::revoke_grant { id },
            6..10 => Call::lock { amount, end },
            10 | 11 => Call::extend_lock { end },
            12..15 => Call::withdraw_lock {},
            15..17 => Call::stake { amount },
            17 | 18 => Call::fund { amount },
            19..21 => Call::claim_rewards {},
            21 | 22 => Call::unstake { amount },
            23 => self.prices(),
            24 | 25 => Call::deposit { amount },
            26 | 27 => Call::withdraw { amount },
            28 | 29 => Call::borrow { amount },
            _ => Call::repay { amount },
        }
    }

    fn prices(&mut self) -> Call {
        let prices = Prices {
            collateral: self.ratio(),
            haircut: self.haircut(),
            stable: self.ratio(),
            add_on: self.haircut(),
        };
        Call::set_prices { prices }
    }
}

/// The kind of a call: its variant's number.
fn kind(call: &Call) -> usize {
    codec::Encode::encode(call)[0].into()
}

/// How often calls of each kind were made, refused by the mechanisms or the pallet, and by the tokens.
type Counts = [[u32; 3]; 15];

fn run(seed: u64, calls: u32, counts: &mut Counts) {
    let mut random = Random(seed);
    let mut host = Host::new();
    let issued = Balances::total_issuance();
    for _ in 0..calls {
        let now = Seconds::get() + random.below(4).saturating_sub(1);
        Seconds::set(now);
        host.now = at(now);
        let (who, made) = (random.holder(), random.call(now));
        let mut next = host.clone();
        let here = next.apply(who, &made);
        let there = match made {
            Call::set_prices { prices } => set_prices(prices),
            _ => call(who, made.clone()),
        };
        let came = match there {
            Ok(()) => {
                assert_eq!(here, Ok(()), "{made:?}");
                host = next;
                0
            }
            Err(error) => match own(error) {
                Some(error) => {
                    assert_eq!(here, Err(error), "{made:?}");
                    1
                }
                None => {
                    assert!(here.is_ok() && is_of_tokens(error), "{made:?}: {error:?}");
                    2
                }
            },
        };
        counts[kind(&made)][came] += 1;
        host.is_kept();
        host.is_conserved(issued);
    }
}

/// Whether a token was refused: there wasn't enough of it, or it was too little for an account.
fn is_of_tokens(error: DispatchError) -> bool {
    let balances = DispatchError::from(pallet_balances::Error::<Runtime>::InsufficientBalance);
    matches!(
        error,
        DispatchError::Token(_) | DispatchError::Arithmetic(_)
    ) || error == balances
}

#[test]
fn random_calls_do_what_the_host_does_and_conserve_every_unit() {
    let mut counts = Counts::default();
    for seed in 1..=8 {
        on_chain(|| run(seed, 500, &mut counts));
    }
    for (kind, [made, refused, _]) in counts.iter().enumerate() {
        assert!(*made >= 10 && *refused + *made >= 50, "{kind}: {counts:?}");
    }
}
