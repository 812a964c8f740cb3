//! Vaults of ERC-4626 with virtual shares, and the vault that is to round as they do.

use std::error::Error;
use std::fmt;

use revm::primitives::{Address, U256};
use tokenomics_fee_split::{Vault, VaultTerms};
use tokenomics_fixed_math::{Amount, Timestamp};

use crate::chain::{refused, Chain, CALLER};
use crate::draw::Random;

type Failure = Box<dyn Error>;

/// Operations of one vault.
const OPERATIONS: u64 = 100;
const NOW: u64 = 1_700_000_000;
const AT: Timestamp = Timestamp::new(NOW);
/// Who holds the shares.
const HOLDER: Address = CALLER;

/// The code that creates the contracts.
pub struct Codes {
    pub coin: Vec<u8>,
    pub vault: Vec<u8>,
}

/// All in which the contracts differ from the vault here.
#[derive(Debug, Clone, Copy)]
enum Difference {
    /// They take assets that aren't worth a share, or take shares that aren't worth a unit.
    GivenAway,
    /// They take calls of nothing.
    Nothing,
    /// They hold more than 128 bits of shares or assets.
    Wide,
    /// What is sent there moves the price at once, which here has to be declared a gain.
    Donated,
}

/// How much was compared.
#[derive(Debug, Default)]
pub struct Tally {
    pub vaults: u64,
    pub operations: u64,
    /// Calls that both take, to the same effect.
    same: u64,
    /// Calls that both refuse.
    refused: u64,
    differences: [u64; 4],
}

impl Tally {
    fn note(&mut self, difference: Difference) {
        self.differences[difference as usize] += 1;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [given, nothing, wide, donated] = self.differences;
        write!(
            f,
            "{} vaults, {} operations: {} calls, the same to the unit as they and their previews say, and \
             {} refused by both; only there {given} give something for nothing, {nothing} move nothing and {wide} count \
             more than 128 bits; {donated} donations there are declared gains here",
            self.vaults, self.operations, self.same, self.refused
        )
    }
}

/// A way into a vault, or out of it.
#[derive(Debug, Clone, Copy)]
enum Way {
    Deposit,
    Mint,
    Withdraw,
    Redeem,
}

impl Way {
    const ALL: [Self; 4] = [Self::Deposit, Self::Mint, Self::Withdraw, Self::Redeem];

    const fn name(self) -> &'static str {
        match self {
            Self::Deposit => "deposit",
            Self::Mint => "mint",
            Self::Withdraw => "withdraw",
            Self::Redeem => "redeem",
        }
    }

    fn call(self, vault: &mut Vault, amount: u128) -> Result<u128, tokenomics_fee_split::Error> {
        let assets = Amount::new(amount);
        match self {
            Self::Deposit => vault.deposit(assets, AT),
            Self::Mint => vault.mint(amount, AT).map(Amount::get),
            Self::Withdraw => vault.withdraw(assets, AT),
            Self::Redeem => vault.redeem(amount, AT).map(Amount::get),
        }
    }
}

/// A vault here and there.
struct Beside {
    chain: Chain,
    coin: Address,
    there: Address,
    here: Vault,
}

impl Beside {
    fn new(codes: &Codes, decimals_offset: u8) -> Result<Self, Failure> {
        let mut chain = Chain::new();
        let coin = chain.deploy(&codes.coin, &[])?;
        let arguments = [word(coin), U256::from(decimals_offset)];
        let there = chain.deploy(&codes.vault, &arguments)?;
        let terms = VaultTerms {
            decimals_offset,
            ..VaultTerms::PLAIN
        };
        let here = Vault::new(terms, AT)?;
        Ok(Self {
            chain,
            coin,
            there,
            here,
        })
    }

    fn make(&mut self, to: Address, amount: u128) -> Result<(), Failure> {
        let arguments = [word(to), U256::from(amount)];
        self.chain
            .call(self.coin, NOW, "make(address,uint256)", &arguments)?;
        Ok(())
    }

    fn read(&mut self, signature: &str, arguments: &[U256]) -> Result<U256, Failure> {
        Ok(self.chain.call(self.there, NOW, signature, arguments)?)
    }

    /// Calls there as here, with enough of the asset at hand.
    fn send(&mut self, way: Way, amount: u128) -> Result<Vec<U256>, crate::chain::Reverted> {
        let mut arguments = vec![U256::from(amount), word(HOLDER)];
        let signature = match way {
            Way::Deposit | Way::Mint => format!("{}(uint256,address)", way.name()),
            Way::Withdraw | Way::Redeem => {
                arguments.push(word(HOLDER));
                format!("{}(uint256,address,address)", way.name())
            }
        };
        self.chain.answers(self.there, NOW, &signature, &arguments)
    }

    /// Makes a call in both, and checks that it does the same or differs in a known way.
    fn call(&mut self, way: Way, amount: u128, tally: &mut Tally) -> Result<(), Failure> {
        let mut after = self.here;
        let here = way.call(&mut after, amount);
        let preview = format!("preview{}(uint256)", capital(way.name()));
        let promised = self.read(&preview, &[U256::from(amount)]);
        let saved = self.chain.save();
        let there = self.send(way, amount);
        let error = match (here, there) {
            (Ok(here), Ok(there)) => {
                let there = there.first().copied().unwrap_or_default();
                if there != U256::from(here) || promised? != there {
                    return Err(format!("{way:?} {amount}: {here} here, {there} there").into());
                }
                (self.here, tally.same) = (after, tally.same + 1);
                return Ok(());
            }
            (Err(_), Err(there)) => {
                refused(Err(there), &[""])?;
                tally.refused += 1;
                return Ok(());
            }
            (Err(error), Ok(there)) => {
                self.chain.restore(saved);
                (error, there.first().copied().unwrap_or_default())
            }
            (Ok(here), Err(there)) => {
                return Err(format!("{way:?} {amount}: {here} here, there {there}").into())
            }
        };
        tally.note(self.explain(way, amount, error)?);
        Ok(())
    }

    /// Says why a call is taken only there.
    fn explain(
        &self,
        way: Way,
        amount: u128,
        (error, there): (tokenomics_fee_split::Error, U256),
    ) -> Result<Difference, Failure> {
        let wide = U256::from(1) << 128;
        let comes_in = matches!(way, Way::Deposit | Way::Mint);
        let sums = [self.here.assets().get(), self.here.shares()].map(U256::from);
        let all = sums.map(|sum| sum + U256::from(amount) + there);
        match error {
            _ if amount == 0 => Ok(Difference::Nothing),
            _ if there.is_zero() => Ok(Difference::GivenAway),
            // Beside the virtual ones, which the contracts add without counting them.
            _ if comes_in
                && all
                    .into_iter()
                    .any(|sum| sum + U256::from(10).pow(U256::from(18)) >= wide) =>
            {
                Ok(Difference::Wide)
            }
            _ => Err(format!("{way:?} {amount}: {error} here, {there} there").into()),
        }
    }

    /// Sends assets there, and declares them a gain here.
    fn donate(&mut self, amount: u128, tally: &mut Tally) -> Result<(), Failure> {
        let mut after = self.here;
        if after.recognise_gain(Amount::new(amount), AT).is_err() {
            return Ok(());
        }
        self.make(self.there, amount)?;
        self.here = after;
        tally.note(Difference::Donated);
        Ok(())
    }

    /// Checks that sums are equal.
    fn compare(&mut self) -> Result<(), Failure> {
        let there = [
            self.read("totalAssets()", &[])?,
            self.read("totalSupply()", &[])?,
        ];
        let here = [self.here.assets().get(), self.here.shares()].map(U256::from);
        if here != there {
            return Err(format!("{here:?} here, {there:?} there").into());
        }
        Ok(())
    }
}

fn capital(name: &str) -> String {
    let (first, rest) = name.split_at(1);
    first.to_uppercase() + rest
}

fn word(account: Address) -> U256 {
    account.into_word().into()
}

/// Makes the same calls here and there.
///
/// # Errors
/// The first difference that isn't known, or what failed on the chain.
pub fn compare(codes: &Codes, random: &mut Random, tally: &mut Tally) -> Result<(), Failure> {
    let offset = random.one_of(&[0, 0, 1, 3, 6, 9, 18]);
    let mut beside = Beside::new(codes, offset)?;
    // What is at hand is never short.
    beside.make(HOLDER, u128::MAX)?;
    tally.vaults += 1;
    let size = random.up_to(120);
    for _ in 0..OPERATIONS {
        let way = random.one_of(&Way::ALL);
        let held = match way {
            Way::Withdraw => beside.here.assets().get(),
            Way::Redeem => beside.here.shares(),
            Way::Deposit | Way::Mint => random.wide() >> size,
        };
        let amount = random.about(held);
        if random.up_to(9) == 0 {
            beside.donate(amount >> random.up_to(8), tally)?;
        } else {
            beside.call(way, amount, tally)?;
        }
        beside.compare()?;
        tally.operations += 1;
    }
    Ok(())
}

/// A vault into which the first holder of one unit sends 10,000 before another deposits 9,999: what that
/// one can take out there, and what here, where a donation isn't declared.
///
/// # Errors
/// Any other reading than those that are known.
pub fn donated(codes: &Codes) -> Result<(), Failure> {
    for (offset, known) in [(0, 6_667), (3, 9_997)] {
        let mut beside = Beside::new(codes, offset)?;
        beside.make(HOLDER, 1 << 64)?;
        beside.send(Way::Deposit, 1)?;
        beside.here.deposit(Amount::new(1), AT)?;
        beside.make(beside.there, 10_000)?;
        let shares = beside.send(Way::Deposit, 9_999)?[0].to();
        let there: u128 = beside.send(Way::Redeem, shares)?[0].to();
        let shares = beside.here.deposit(Amount::new(9_999), AT)?;
        let here = beside.here.redeem(shares, AT)?.get();
        if (there, here) != (known, 9_999) {
            return Err(format!("offset {offset}: {here} here, {there} there").into());
        }
        println!(
            "ERC-4626 with an offset of {offset}: of 9,999 deposited after a donation of 10,000, {there} are \
             left there, and {here} here"
        );
    }
    Ok(())
}
