//! A runtime of the pallet and two tokens.

use core::time::Duration;

use codec::{DecodeAll as _, Encode as _};
use frame_support::dispatch::GetDispatchInfo as _;
use frame_support::traits::{ConstU128, StorageMapShim, UnixTime};
use frame_support::weights::RuntimeDbWeight;
use frame_support::{construct_runtime, derive_impl, parameter_types, PalletId};
use sp_runtime::traits::Dispatchable as _;
use sp_runtime::{BuildStorage as _, DispatchError, ModuleError};
use tokenomics_escrow_weighting::{self as escrow_weighting, Terms};
use tokenomics_fee_split as fee_split;
use tokenomics_fixed_math::{fraction, Amount, Ratio, Span, Timestamp};
use tokenomics_haircut_collateral::{self as haircut_collateral, Haircut};
use tokenomics_vesting as vesting;

use super::counted::counted;
use crate::weights::Accesses;
use crate::{Error, Prices};

construct_runtime! {
    pub enum Runtime {
        System: frame_system,
        Balances: pallet_balances,
        Stable: pallet_balances::<Instance1>,
        Tokenomics: crate,
    }
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Runtime {
    type Block = frame_system::mocking::MockBlock<Self>;
    type AccountData = pallet_balances::AccountData<u128>;
    type DbWeight = Database;
}

/// What an account has to hold, or FRAME removes it.
pub(super) const EXISTENTIAL: u128 = 10;

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Runtime {
    type Balance = u128;
    type ExistentialDeposit = ConstU128<EXISTENTIAL>;
    type AccountStore = System;
}

type StableAccounts = pallet_balances::Account<Runtime, pallet_balances::Instance1>;

impl pallet_balances::Config<pallet_balances::Instance1> for Runtime {
    type RuntimeEvent = RuntimeEvent;
    type RuntimeHoldReason = RuntimeHoldReason;
    type RuntimeFreezeReason = RuntimeFreezeReason;
    type WeightInfo = ();
    type Balance = u128;
    type DustRemoval = ();
    type ExistentialDeposit = ConstU128<1>;
    type AccountStore = StorageMapShim<StableAccounts, u64, pallet_balances::AccountData<u128>>;
    type ReserveIdentifier = ();
    type FreezeIdentifier = RuntimeFreezeReason;
    type MaxLocks = ();
    type MaxReserves = ();
    type MaxFreezes = ();
    type DoneSlashHandler = ();
}

/// What makes one number of reads and writes.
const WRITE: u64 = 1_000_000;

parameter_types! {
    pub const Database: RuntimeDbWeight = RuntimeDbWeight { read: 1, write: WRITE };
    pub const Pot: PalletId = PalletId(*b"rewards0");
    pub static Seconds: u64 = 0;
    pub static LockTerms: Terms = short();
}

/// Terms on which ends often meet.
fn short() -> Terms {
    Terms::new(Span::new(40), Span::new(4)).unwrap()
}

pub struct Clock;

impl UnixTime for Clock {
    fn now() -> Duration {
        // A part of a second is none.
        Duration::from_millis(Seconds::get() * 1_000 + 999)
    }
}

impl crate::Config for Runtime {
    type Currency = Balances;
    type Stable = Stable;
    type RuntimeHoldReason = RuntimeHoldReason;
    type Clock = Clock;
    type Terms = LockTerms;
    type PriceOrigin = frame_system::EnsureRoot<u64>;
    type PalletId = Pot;
}

pub(super) type Call = crate::Call<Runtime>;

pub(super) const ALICE: u64 = 1;
pub(super) const BOB: u64 = 2;
/// Who has tokens at first, and how many.
pub(super) const HOLDERS: [u64; 5] = [ALICE, BOB, 3, 4, 5];
pub(super) const ENDOWMENT: u128 = 1_000_000;

pub(super) fn at(time: u64) -> Timestamp {
    Timestamp::new(time)
}

pub(super) fn units(amount: u128) -> Amount {
    Amount::new(amount)
}

/// Runs a test on a chain at its first block.
pub(super) fn on_chain<R>(test: impl FnOnce() -> R) -> R {
    let mut balances: Vec<_> = HOLDERS.map(|who| (who, ENDOWMENT)).to_vec();
    balances.push((Tokenomics::pot(), EXISTENTIAL));
    let genesis = RuntimeGenesisConfig {
        balances: pallet_balances::GenesisConfig {
            balances,
            ..Default::default()
        },
        ..Default::default()
    };
    let mut chain = sp_io::TestExternalities::from(genesis.build_storage().unwrap());
    chain.execute_with(|| {
        // There are no events in the first.
        System::set_block_number(1);
        Seconds::set(0);
        LockTerms::set(short());
        test()
    })
}

/// Makes a call as it comes in, as bytes, from whoever signed it, and sees to it that it reads and writes no
/// more than its weight says.
pub(super) fn call(who: u64, call: Call) -> Result<(), DispatchError> {
    made(RuntimeOrigin::signed(who), call).0
}

/// Sets prices, as root alone may.
pub(super) fn set_prices(prices: Prices) -> Result<(), DispatchError> {
    made(RuntimeOrigin::root(), Call::set_prices { prices }).0
}

/// Returns what a call that is to succeed reads and writes.
pub(super) fn cost_of(who: u64, call: Call) -> Accesses {
    let (done, did) = made(RuntimeOrigin::signed(who), call);
    done.unwrap();
    did
}

fn made(origin: RuntimeOrigin, call: Call) -> (Result<(), DispatchError>, Accesses) {
    let bytes = RuntimeCall::from(call).encode();
    let call = RuntimeCall::decode_all(&mut bytes.as_slice()).unwrap();
    let may = call.get_dispatch_info().call_weight.ref_time();
    let (done, did) = counted(|| call.clone().dispatch(origin));
    let is_within = did.reads <= may % WRITE && did.writes <= may / WRITE;
    assert!(is_within, "{call:?}: {did:?}");
    (done.map(drop).map_err(|refused| refused.error), did)
}

/// Returns the pallet's own error, if it is one.
pub(super) fn own(error: DispatchError) -> Option<Error<Runtime>> {
    let index = <Tokenomics as frame_support::traits::PalletInfoAccess>::index();
    match error {
        DispatchError::Module(ModuleError {
            index: by, error, ..
        }) if usize::from(by) == index => {
            Some(codec::Decode::decode(&mut error.as_slice()).unwrap())
        }
        _ => None,
    }
}

/// Returns the name of what was refused, as a client reads it: of a mechanism's error by its code.
pub(super) fn refusal(done: Result<(), DispatchError>) -> String {
    let error = done.unwrap_err();
    match own(error) {
        Some(Error::Refused(code)) => name(code),
        Some(error) => format!("{error:?}"),
        None => format!("{error:?}"),
    }
}

fn name(code: u16) -> String {
    let crates = [
        ("vesting", vesting::Error::CODES),
        ("escrow_weighting", escrow_weighting::Error::CODES),
        ("fee_split", fee_split::Error::CODES),
        ("haircut_collateral", haircut_collateral::Error::CODES),
        ("fixed_math", tokenomics_fixed_math::Error::CODES),
    ];
    for (of, codes) in crates {
        if let Some((_, name)) = codes.iter().find(|(known, _)| *known == code) {
            return format!("{of}::{name}");
        }
    }
    panic!("no error has the code {code}")
}

/// Prices at which five of collateral cover four to be borrowed.
pub(super) fn prices() -> Prices {
    Prices {
        collateral: Ratio::ONE,
        haircut: Haircut::new(fraction!("0.2"), fraction!("0.1")).unwrap(),
        stable: Ratio::ONE,
        add_on: Haircut::NONE,
    }
}

/// Returns the events of the pallet, the latest last.
pub(super) fn events() -> Vec<crate::Event<Runtime>> {
    let of_pallet = |record: frame_system::EventRecord<RuntimeEvent, _>| match record.event {
        RuntimeEvent::Tokenomics(event) => Some(event),
        _ => None,
    };
    System::events().into_iter().filter_map(of_pallet).collect()
}
