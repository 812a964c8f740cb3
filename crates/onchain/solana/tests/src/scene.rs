//! A world in which every instruction can be run, and one call of each.

use embedded::collateral::{LoanAccount, MarketAccount, Prices};
use embedded::escrow::{LockAccount, ESCROW_SPACE};
use embedded::grant::{GrantAccount, NewGrant};
use embedded::pool::{PoolAccount, StakeAccount};
use embedded::{Instruction, State};
use tokenomics_escrow_weighting::Terms;
use tokenomics_fixed_math::{Fraction, Ratio, Span, Timestamp};
use tokenomics_haircut_collateral::Haircut;

use crate::{key, made, read, signs, written, AccountMeta, Pubkey, World};

pub const WEEK: u64 = 604_800;
/// When all is made; the calls are a week later.
pub const START: u64 = 100 * WEEK;
/// What each purse holds at first.
pub const RICH: u64 = 1_000_000;

/// The people, tokens and accounts.
pub struct Scene {
    pub world: World,
    pub alice: Pubkey,
    pub bob: Pubkey,
    /// Purses of two tokens.
    pub alices: [Pubkey; 2],
    pub bobs: [Pubkey; 2],
    /// Of Bob's to Alice, and its vault.
    pub grant: Pubkey,
    pub granted: Pubkey,
    pub escrow: Pubkey,
    pub locked: Pubkey,
    pub lock: Pubkey,
    /// A lock of Alice's that has ended.
    pub ended: Pubkey,
    pub pool: Pubkey,
    pub staked: Pubkey,
    pub rewards: Pubkey,
    pub stake: Pubkey,
    pub market: Pubkey,
    pub collateral: Pubkey,
    pub reserve: Pubkey,
    pub loan: Pubkey,
}

/// An instruction, and the accounts that it names.
#[derive(Clone, Debug)]
pub struct Call {
    pub instruction: Instruction,
    pub accounts: Vec<AccountMeta>,
}

impl Scene {
    /// Makes everything, by the program's own instructions.
    ///
    /// # Panics
    /// If one of them is refused.
    pub fn new() -> Self {
        let mut scene = Self::empty();
        scene.world.at(START as i64);
        for call in scene.beginnings() {
            scene.call(&call).unwrap();
        }
        scene.world.at((START + WEEK) as i64);
        scene
    }

    /// The accounts, just made.
    fn empty() -> Self {
        let mut world = World::new();
        let [first, second] = [world.person(), world.person()];
        let [alice, bob] = [world.person(), world.person()];
        let mut purses = |owner| [first, second].map(|mint| world.purse(mint, owner, RICH));
        let (alices, bobs) = (purses(alice), purses(bob));
        let grant = world.blank(GrantAccount::SPACE);
        let escrow = world.blank(ESCROW_SPACE);
        let pool = world.blank(PoolAccount::SPACE);
        let market = world.blank(MarketAccount::SPACE);
        Self {
            alice,
            bob,
            alices,
            bobs,
            granted: world.purse(first, grant, 0),
            grant,
            locked: world.purse(first, escrow, 0),
            escrow,
            lock: world.blank(LockAccount::SPACE),
            ended: world.blank(LockAccount::SPACE),
            staked: world.purse(first, pool, 0),
            rewards: world.purse(second, pool, 0),
            pool,
            stake: world.blank(StakeAccount::SPACE),
            collateral: world.purse(first, market, 0),
            reserve: world.purse(second, market, RICH),
            market,
            loan: world.blank(LoanAccount::SPACE),
            world,
        }
    }

    /// Runs a call.
    pub fn call(&mut self, call: &Call) -> Result<Vec<u8>, crate::ProgramError> {
        self.world.run(&call.instruction, &call.accounts)
    }

    fn beginnings(&self) -> Vec<Call> {
        let locks = [(self.lock, 52), (self.ended, 1)].map(|(lock, weeks)| {
            let end = Timestamp::new(START + weeks * WEEK);
            self.lock(lock, 1_000, end)
        });
        let [long, short] = locks;
        vec![
            self.create_grant(self.grant, self.granted),
            self.create_escrow(self.escrow, self.locked),
            long,
            short,
            self.create_pool(self.pool, self.staked, self.rewards),
            self.open_stake(self.stake),
            self.stake(300),
            self.fund(1_001),
            self.create_market(self.market, self.collateral, self.reserve),
            self.open_loan(self.loan),
            self.deposit(10_000),
        ]
    }

    /// One call of each instruction, that succeeds.
    pub fn calls(&mut self) -> Vec<Call> {
        let first = self.world.state::<embedded::Purse>(self.alices[0]).mint;
        let mint = Pubkey::new_from_array(first);
        let grant = self.world.blank(GrantAccount::SPACE);
        let escrow = self.world.blank(ESCROW_SPACE);
        let pool = self.world.blank(PoolAccount::SPACE);
        let market = self.world.blank(MarketAccount::SPACE);
        let vault = |world: &mut World, owner| world.purse(mint, owner, 0);
        let granted = vault(&mut self.world, grant);
        let locked = vault(&mut self.world, escrow);
        let [staked, rewards] = [0; 2].map(|_| vault(&mut self.world, pool));
        let [collateral, reserve] = [0; 2].map(|_| vault(&mut self.world, market));
        let lock = self.world.blank(LockAccount::SPACE);
        let stake = self.world.blank(StakeAccount::SPACE);
        let loan = self.world.blank(LoanAccount::SPACE);
        let end = Timestamp::new(START + 104 * WEEK);
        vec![
            self.create_grant(grant, granted),
            self.claim_grant(),
            self.revoke_grant(),
            self.create_escrow(escrow, locked),
            self.lock(lock, 500, end),
            self.extend(end),
            self.withdraw(),
            self.weight(Timestamp::new(START + 2 * WEEK)),
            self.create_pool(pool, staked, rewards),
            self.open_stake(stake),
            self.stake(77),
            self.fund(13),
            self.claim_rewards(),
            self.unstake(150),
            self.create_market(market, collateral, reserve),
            self.set_prices(prices(2)),
            self.open_loan(loan),
            self.deposit(9),
            self.borrow(100),
            self.check_health(),
        ]
    }

    pub fn create_grant(&self, grant: Pubkey, vault: Pubkey) -> Call {
        let new = NewGrant {
            holder: key(self.alice),
            start: Timestamp::new(START),
            cliff: Timestamp::new(START + WEEK),
            end: Timestamp::new(START + 10 * WEEK),
            total: 10_007,
        };
        let purse = written(self.bobs[0]);
        let accounts = vec![signs(self.bob), purse, made(grant), written(vault)];
        call(Instruction::CreateGrant(new), accounts)
    }

    pub fn claim_grant(&self) -> Call {
        let (grant, vault) = (written(self.grant), written(self.granted));
        let accounts = vec![signs(self.alice), grant, vault, written(self.alices[0])];
        call(Instruction::ClaimGrant, accounts)
    }

    pub fn revoke_grant(&self) -> Call {
        let (grant, vault) = (written(self.grant), written(self.granted));
        let accounts = vec![signs(self.bob), grant, vault, written(self.bobs[0])];
        call(Instruction::RevokeGrant, accounts)
    }

    pub fn create_escrow(&self, escrow: Pubkey, vault: Pubkey) -> Call {
        let accounts = vec![made(escrow), read(vault)];
        call(Instruction::CreateEscrow(terms()), accounts)
    }

    pub fn lock(&self, lock: Pubkey, amount: u64, end: Timestamp) -> Call {
        let (owner, purse) = (signs(self.alice), written(self.alices[0]));
        let (escrow, vault) = (written(self.escrow), written(self.locked));
        let accounts = vec![owner, purse, escrow, vault, made(lock)];
        call(Instruction::Lock { amount, end }, accounts)
    }

    pub fn extend(&self, end: Timestamp) -> Call {
        let (escrow, lock) = (written(self.escrow), written(self.lock));
        let accounts = vec![signs(self.alice), escrow, lock];
        call(Instruction::Extend { end }, accounts)
    }

    pub fn withdraw(&self) -> Call {
        let (escrow, vault) = (written(self.escrow), written(self.locked));
        let (lock, purse) = (written(self.ended), written(self.alices[0]));
        let accounts = vec![signs(self.alice), escrow, vault, lock, purse];
        call(Instruction::Withdraw, accounts)
    }

    pub fn weight(&self, at: Timestamp) -> Call {
        let accounts = vec![read(self.escrow), read(self.lock)];
        call(Instruction::Weight { at }, accounts)
    }

    pub fn create_pool(&self, pool: Pubkey, stakes: Pubkey, rewards: Pubkey) -> Call {
        let accounts = vec![made(pool), read(stakes), read(rewards)];
        call(Instruction::CreatePool, accounts)
    }

    pub fn open_stake(&self, stake: Pubkey) -> Call {
        let accounts = vec![signs(self.alice), read(self.pool), made(stake)];
        call(Instruction::OpenStake, accounts)
    }

    pub fn stake(&self, amount: u64) -> Call {
        let (owner, purse) = (signs(self.alice), written(self.alices[0]));
        let (pool, stake) = (written(self.pool), written(self.stake));
        let accounts = vec![owner, purse, pool, stake, written(self.staked)];
        call(Instruction::Stake { amount }, accounts)
    }

    pub fn fund(&self, amount: u64) -> Call {
        let (pool, rewards) = (written(self.pool), written(self.rewards));
        let accounts = vec![signs(self.bob), written(self.bobs[1]), pool, rewards];
        call(Instruction::Fund { amount }, accounts)
    }

    pub fn claim_rewards(&self) -> Call {
        let (pool, stake) = (written(self.pool), written(self.stake));
        let (rewards, purse) = (written(self.rewards), written(self.alices[1]));
        let accounts = vec![signs(self.alice), pool, stake, rewards, purse];
        call(Instruction::ClaimRewards, accounts)
    }

    pub fn unstake(&self, amount: u64) -> Call {
        let (pool, stake) = (written(self.pool), written(self.stake));
        let (staked, purse) = (written(self.staked), written(self.alices[0]));
        let accounts = vec![signs(self.alice), pool, stake, staked, purse];
        call(Instruction::Unstake { amount }, accounts)
    }

    pub fn create_market(&self, market: Pubkey, collateral: Pubkey, reserve: Pubkey) -> Call {
        let (market, collateral) = (made(market), read(collateral));
        let accounts = vec![signs(self.bob), market, collateral, read(reserve)];
        call(Instruction::CreateMarket(prices(3)), accounts)
    }

    pub fn set_prices(&self, prices: Prices) -> Call {
        let accounts = vec![signs(self.bob), written(self.market)];
        call(Instruction::SetPrices(prices), accounts)
    }

    pub fn open_loan(&self, loan: Pubkey) -> Call {
        let accounts = vec![signs(self.alice), read(self.market), made(loan)];
        call(Instruction::OpenLoan, accounts)
    }

    pub fn deposit(&self, amount: u64) -> Call {
        let (owner, purse) = (signs(self.alice), written(self.alices[0]));
        let (market, loan) = (read(self.market), written(self.loan));
        let accounts = vec![owner, purse, market, loan, written(self.collateral)];
        call(Instruction::Deposit { amount }, accounts)
    }

    pub fn borrow(&self, amount: u64) -> Call {
        let (market, loan) = (read(self.market), written(self.loan));
        let (reserve, purse) = (written(self.reserve), written(self.alices[1]));
        let accounts = vec![signs(self.alice), market, loan, reserve, purse];
        call(Instruction::Borrow { amount }, accounts)
    }

    pub fn check_health(&self) -> Call {
        let accounts = vec![read(self.market), read(self.loan)];
        call(Instruction::CheckHealth, accounts)
    }
}

impl Default for Scene {
    fn default() -> Self {
        Self::new()
    }
}

fn call(instruction: Instruction, accounts: Vec<AccountMeta>) -> Call {
    Call {
        instruction,
        accounts,
    }
}

/// Up to four years, until the ends of weeks.
pub fn terms() -> Terms {
    Terms::new(Span::new(208 * WEEK), Span::new(WEEK)).unwrap()
}

/// The collateral at so many of the debt's unit, with a fifth of it not to be borrowed against.
pub fn prices(collateral: u128) -> Prices {
    let part = |percent: u64| Fraction::from_raw(percent * 10_000_000_000_000_000).unwrap();
    Prices {
        collateral: Ratio::from_integer(collateral),
        haircut: Haircut::new(part(20), part(16)).unwrap(),
        debt: Ratio::ONE,
        add_on: Haircut::NONE,
    }
}
