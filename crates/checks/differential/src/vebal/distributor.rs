//! Balancer's FeeDistributor as it is deployed, and the epochs that are to pay the same.

mod assigned;
mod calls;
mod claims;
mod recorded;
mod tally;
mod weeks;

use std::collections::BTreeMap;

use revm::primitives::ruint::Uint;
use revm::primitives::{Address, U256};
use tokenomics_fee_split::{
    EpochCursor, EpochPot, EpochReading, EpochTerms, EpochTermsParams, Epochs, ZeroWeight,
};
use tokenomics_fixed_math::{Amount, Span, Timestamp};

use self::assigned::Assigned;
use self::calls::{draw_silence, Call};
pub use self::recorded::record_fees;
pub use self::tally::Tally as FeeTally;
use self::weeks::Week;
use super::calls::Call as LockCall;
use super::{to_week, word, Answer, Beside, Codes, Failure, START, USERS, WEEK};
use crate::chain::CALLER;
use crate::draw::Random;

/// Operations on one distributor.
const OPERATIONS: u64 = 400;
/// Every so many distributors, the escrow's total is lost at first, by as many weeks in which nobody calls.
const LATE: u64 = 5;
const SILENT: u64 = 300;
/// The first week that is distributed there.
const FIRST: u64 = START + WEEK;
/// So many weeks are distributed, and claimed, in one call there.
const WEEKS_A_CALL: u64 = 20;

/// Holds products of an amount in 2^-128 of a unit and of a weight.
type Wide = Uint<512, 8>;

/// Fees of one token here and there, over the locks of one escrow.
struct Fees {
    beside: Beside,
    there: Address,
    coin: Address,
    epochs: Epochs<Vec<EpochPot>>,
    cursors: Vec<EpochCursor>,
    /// What each user was given of each week here, in 2^-128 of a unit.
    shares: BTreeMap<(u64, u64), Wide>,
    /// What came in each week.
    funded: BTreeMap<u64, u128>,
    assigned: Assigned,
    /// What was read of weeks that are over there.
    weeks: BTreeMap<u64, Week>,
    paid_here: u128,
    paid_there: u128,
}

impl Fees {
    fn new(code: &[u8], codes: &Codes) -> Result<Self, Failure> {
        let mut beside = Beside::new(codes)?;
        let coin = beside.chain.deploy(&codes.coin, &[])?;
        let arguments = [word(beside.there), U256::from(FIRST)];
        let there = beside.chain.deploy(code, &arguments)?;
        Ok(Self {
            beside,
            there,
            coin,
            epochs: new_epochs()?,
            cursors: vec![EpochCursor::new(); USERS as usize],
            shares: BTreeMap::new(),
            funded: BTreeMap::new(),
            assigned: Assigned::default(),
            weeks: BTreeMap::new(),
            paid_here: 0,
            paid_there: 0,
        })
    }

    fn make(&mut self, call: Call, tally: &mut FeeTally) -> Result<(), Failure> {
        tally.operations += 1;
        match call {
            Call::Lock(call) => self.beside.make(call, &mut tally.locks),
            Call::Deposit { amount } => self.deposit(amount, tally),
            Call::Transfer { amount } => self.transfer(amount, tally),
            Call::CheckpointToken => self.checkpoint_token(tally),
            Call::CheckpointTotal => self.checkpoint_total(),
            Call::Claim { user } => self.claim(user, tally),
        }
    }

    /// Makes the one lock that was before the silence. After the first call its total isn't lost.
    fn lose_total(&mut self, tally: &mut FeeTally) -> Result<(), Failure> {
        let (user, amount, end) = (0, 1 << 60, FIRST + WEEK);
        let lock = LockCall::Create { user, amount, end };
        self.beside.now = START + 1;
        self.beside.make(lock, &mut tally.locks)
    }

    /// Hands in by the contract's own call, which puts all of it into the week of now.
    fn deposit(&mut self, amount: u128, tally: &mut FeeTally) -> Result<(), Failure> {
        self.give(CALLER, amount)?;
        let arguments = [word(self.coin), U256::from(amount)];
        self.send("depositToken(address,uint256)", &arguments)?;
        let now = self.beside.now;
        self.assigned.checkpoint(now, false, tally);
        self.assigned.receive(amount);
        self.assigned.checkpoint(now, true, tally);
        tally.deposits += 1;
        self.fund(amount)?;
        self.check_week(to_week(now))
    }

    /// Sends it as anybody does: the contract sees it with its next checkpoint.
    fn transfer(&mut self, amount: u128, tally: &mut FeeTally) -> Result<(), Failure> {
        self.give(self.there, amount)?;
        self.assigned.receive(amount);
        tally.transfers += 1;
        self.fund(amount)
    }

    fn fund(&mut self, amount: u128) -> Result<(), Failure> {
        let week = to_week(self.beside.now);
        self.epochs.fund(Amount::new(amount), self.beside.clock())?;
        *self.funded.entry(week).or_default() += amount;
        Ok(())
    }

    fn checkpoint_token(&mut self, tally: &mut FeeTally) -> Result<(), Failure> {
        self.send("checkpointToken(address)", &[word(self.coin)])?;
        self.assigned.checkpoint(self.beside.now, true, tally);
        self.check_week(to_week(self.beside.now))
    }

    fn checkpoint_total(&mut self) -> Result<(), Failure> {
        let is_behind = self.is_total_behind()?;
        self.send("checkpoint()", &[])?;
        if is_behind {
            self.beside.catch_up();
        }
        Ok(())
    }

    /// Whether the next call there reads totals, and brings up the escrow: never in a week's first second.
    fn is_total_behind(&mut self) -> Result<bool, Failure> {
        let cursor = self.ask("getTimeCursor()", &[])?;
        let (now, week) = (self.beside.now, to_week(self.beside.now));
        Ok(cursor <= U256::from(week) && week != now)
    }

    fn give(&mut self, to: Address, amount: u128) -> Result<(), Failure> {
        let arguments = [word(to), U256::from(amount)];
        let (coin, now) = (self.coin, self.beside.now);
        let chain = &mut self.beside.chain;
        chain.call(coin, now, "make(address,uint256)", &arguments)?;
        Ok(())
    }

    fn send(&mut self, signature: &str, arguments: &[U256]) -> Answer {
        let (there, now) = (self.there, self.beside.now);
        let chain = &mut self.beside.chain;
        chain.answers(there, now, signature, arguments)
    }

    /// Returns the first word of an answer.
    fn ask(&mut self, signature: &str, arguments: &[U256]) -> Result<U256, Failure> {
        let answers = self.send(signature, arguments)?;
        Ok(answers.first().copied().unwrap_or_default())
    }
}

/// Weeks from the start on, whose pots go to a later one where nobody weighs anything.
fn new_epochs() -> Result<Epochs<Vec<EpochPot>>, Failure> {
    let terms = EpochTerms::new(EpochTermsParams {
        start: Timestamp::new(START),
        length: Span::new(WEEK),
        reading: EpochReading::First,
        zero_weight: ZeroWeight::Hold,
        claim_within: None,
    })?;
    Ok(Epochs::new(terms, Vec::new()))
}

/// Makes the same calls here and there, on a new distributor, and has all claim in the end.
///
/// # Errors
/// The first difference that isn't on the list, or what failed on the chain.
pub fn compare_fees(
    codes: &Codes,
    random: &mut Random,
    tally: &mut FeeTally,
) -> Result<(), Failure> {
    let mut fees = Fees::new(&codes.fees, codes)?;
    let is_late = tally.distributors.is_multiple_of(LATE);
    if is_late {
        fees.lose_total(tally)?;
    }
    fees.beside.now = FIRST + 1 + if is_late { SILENT * WEEK } else { 0 };
    fees.checkpoint_token(tally)?;
    tally.distributors += 1;
    for _ in 0..OPERATIONS {
        fees.beside.now += draw_silence(fees.beside.now, random);
        let call = Call::draw(&fees, random);
        let text = format!("{call:?} at {}", fees.beside.now);
        let made = fees.make(call, tally);
        made.map_err(|e| format!("{text}: {e}"))?;
    }
    fees.beside.now += 2 * WEEK;
    fees.end(tally)
}
