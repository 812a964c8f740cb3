//! Faults planted in a mechanism's counter, or in the ledger, stop the run at the event at which they
//! take effect: nothing here is compiled out of a release build.

use tokenomics_design::{calendar, Overrides};

use super::*;

/// On each day something vests, is minted, locked and paid.
const DAILY: &str = "[token]\nname = \"T\"\nsymbol = \"T\"\ndecimals = 0\ngenesis = 2025-01-01\n[simulation]\nend = \"30d\"\n[[allocation]]\nname = \"A\"\nstakeholder = \"users\"\namount = 3_000\nschedule = { kind = \"step\", period = \"1d\", count = 30 }\n[[emission]]\nname = \"E\"\nstakeholder = \"operators\"\nkind = \"constant\"\ntick = \"1d\"\nrate = 7\nend = \"30d\"\n[escrow]\nshare = 0.5\nduration = \"60d\"\ngranule = \"1d\"\n[fees]\nrevenue = 3\nper = \"1d\"\nroutes = { lockers = 0.5, burn = 0.5 }\n";

fn at(text: &str) -> Timestamp {
    calendar::parse_date(text).unwrap()
}

/// Returns the stop of a run of a design in which a fault is planted at noon of the tenth day.
#[track_caller]
fn stop_of(text: &str, plant: impl Fn(&mut Engine<'_>)) -> RunError {
    let design = Design::parse("d", text, Overrides::default()).unwrap();
    let mut engine = Engine::new(&design).unwrap();
    engine.advance(at("2025-01-10T12:00:00Z")).unwrap();
    plant(&mut engine);
    let error = engine.advance(design.window.end).unwrap_err();
    assert_eq!(error.at, at("2025-01-11"));
    error
}

#[track_caller]
fn stop(plant: fn(&mut Engine<'_>)) -> RunError {
    stop_of(DAILY, plant)
}

/// A counter that is one unit above what the ledger holds, or below it.
#[track_caller]
fn is_mismatch(error: &RunError, mechanism: Mechanism, counter: &str) {
    assert_eq!(error.mechanism, mechanism);
    let Cause::Mismatch {
        what,
        counted,
        held,
    } = *error.cause
    else {
        panic!("{error}");
    };
    assert_eq!(what, counter);
    assert_eq!(counted.abs_diff(held), Amount::new(1), "{error}");
}

#[test]
fn a_unit_too_many_in_a_counter_stops_the_run_where_it_takes_effect() {
    let vesting = stop(|e| e.vesting.miscount());
    is_mismatch(&vesting, Mechanism::Vesting, "vesting");
    let minting = stop(|e| e.minting.miscount());
    is_mismatch(&minting, Mechanism::Emission, "emission");
    let escrow = stop(|e| e.escrow.as_mut().unwrap().miscount());
    is_mismatch(&escrow, Mechanism::Escrow, "escrow");
    // While nobody locks, revenue waits in the pool.
    let waits = DAILY.replace("granule", "start = \"20d\"\ngranule");
    let fees = stop_of(&waits, |e| e.fees.as_mut().unwrap().miscount());
    is_mismatch(&fees, Mechanism::Fees, "the reward pool");
}

/// The sum that a route was paid is compared with what their accounts hold or have spent, to the unit.
#[test]
fn a_unit_too_many_in_a_route_stops_the_run_where_it_appears() {
    let burned = stop(|e| e.ledger.misplace(e.accounts.burned));
    is_mismatch(&burned, Mechanism::Fees, "burning");
    let routes = "asset = \"USD\"\ndecimals = 2\nprice = 0.5\nroutes = { lockers = 0.5, burn = 0.3, treasury = 0.2 }";
    let text = DAILY.replace("routes = { lockers = 0.5, burn = 0.5 }", routes);
    let design = Design::parse("d", &text, Overrides::default()).unwrap();
    let fees = Engine::new(&design).unwrap().accounts.fees;
    let revenue = fees.assets[0].unwrap();
    for (counter, account) in [
        ("the reward pool", revenue.waiting),
        ("revenue of lockers", fees.routes[0]),
        ("revenue of a route", fees.routes[1]),
        ("revenue that buys", fees.routes[2]),
        ("revenue that buys", revenue.sellers),
    ] {
        let error = stop_of(&text, |e| e.ledger.misplace(account));
        is_mismatch(&error, Mechanism::Fees, counter);
    }
}

/// On each day a buffer, a waterfall, an epoch of lockers, two programmes and a vault are paid in the token.
const ROUTES: &str = "[token]\nname = \"T\"\nsymbol = \"T\"\ndecimals = 0\ngenesis = 2025-01-01\n[simulation]\nend = \"30d\"\n[[allocation]]\nname = \"A\"\nstakeholder = \"users\"\namount = 9_000\n[escrow]\ngranule = \"1d\"\n[[escrow.programme]]\nname = \"P\"\nkind = \"permanent\"\nmultiplier = 1\nshare = 0.1\n[[escrow.programme]]\nname = \"Q\"\nkind = \"permanent\"\nmultiplier = 2\nshare = 0.1\n[[vault]]\nname = \"V\"\nshare = 0.1\n[[fees.stream]]\nname = \"S\"\nrevenue = 50\nper = \"1d\"\nroutes = { Gift = 0.2, Safety = 0.2, Notes = 0.3, Votes = 0.1, lockers = 0.1, burn = 0.1 }\n[[fees.route]]\nname = \"Gift\"\nkind = \"vault\"\nvault = \"V\"\n[[fees.route]]\nname = \"Safety\"\nkind = \"buffer\"\ntarget = 150\nthen = { users = 1 }\n[[fees.route]]\nname = \"Notes\"\nkind = \"waterfall\"\ntiers = [{ name = \"Senior\", cap = 100, to = { investors = 0.5, builders = 0.5 } }]\nthen = { treasury = 0.5, users = 0.5 }\n[[fees.route]]\nname = \"Votes\"\nkind = \"lockers\"\nevery = \"7d\"\n";

#[test]
fn a_unit_too_many_in_a_route_in_the_token_or_in_a_vault_stops_the_run() {
    let design = Design::parse("d", ROUTES, Overrides::default()).unwrap();
    let accounts = Engine::new(&design).unwrap().accounts;
    let reserves = accounts.fees.reserves;
    assert_eq!(reserves.len(), 2);
    for (mechanism, counter, account) in [
        (Mechanism::Fees, "the reward pool", accounts.rewards),
        (Mechanism::Fees, "burning", accounts.burned),
        (Mechanism::Fees, "revenue of a route", reserves[0]),
        (Mechanism::Fees, "revenue of a route", reserves[1]),
        (Mechanism::Vaults, "a vault", accounts.vaults[0]),
    ] {
        let error = stop_of(ROUTES, |e| e.ledger.misplace(account));
        is_mismatch(&error, mechanism, counter);
    }
    let error = stop_of(ROUTES, |e| e.vaults.miscount());
    is_mismatch(&error, Mechanism::Vaults, "a vault");
}

/// A batch that the ledger refuses changes neither streams nor routes nor vaults, and can come again.
#[test]
fn a_refused_settlement_leaves_routes_and_vaults_as_they_were() {
    let design = Design::parse("d", ROUTES, Overrides::default()).unwrap();
    let (mut engine, mut other) = (Engine::new(&design).unwrap(), Engine::new(&design).unwrap());
    engine.advance(at("2025-01-10T12:00:00Z")).unwrap();
    let before = engine.row().unwrap();
    // An account that this ledger doesn't have.
    let mut larger = Ledger::default();
    let asset = larger.asset("X");
    let opened = (0..99).map(|_| larger.open(asset, "x", Amount::ZERO).unwrap());
    let foreign = opened.last().unwrap();
    let routes = engine.accounts.fees.routes.clone();
    for account in &mut engine.accounts.fees.routes {
        if *account == engine.accounts.burned {
            *account = foreign;
        }
    }
    let error = engine.advance(at("2025-01-11")).unwrap_err();
    assert_eq!(error.mechanism, Mechanism::Fees);
    assert!(matches!(*error.cause, Cause::Ledger(_)), "{error}");
    engine.accounts.fees.routes = routes;
    let after = engine.row().unwrap();
    assert_eq!((after.flows, after.vaults), (before.flows, before.vaults));
    assert_eq!(after.unallocated, before.unallocated);
    engine.ledger.audit().unwrap();
    engine.advance(at("2025-01-20")).unwrap();
    other.advance(at("2025-01-20")).unwrap();
    assert_eq!(engine.row().unwrap(), other.row().unwrap());
}

/// Lockers can't claim what a pool counts and the ledger doesn't hold.
#[test]
fn a_claim_to_what_is_not_there_is_refused() {
    let error = stop(|e| e.fees.as_mut().unwrap().miscount());
    assert_eq!(error.mechanism, Mechanism::Fees);
    assert!(matches!(*error.cause, Cause::Ledger(_)), "{error}");
}

#[test]
fn a_unit_too_many_in_any_account_stops_the_run_where_it_appears() {
    let planted: [fn(&mut Engine<'_>); 3] = [
        |e| e.ledger.misplace(e.accounts.treasury),
        |e| e.ledger.misplace(e.accounts.circulating),
        |e| e.ledger.misplace(e.accounts.unissued),
    ];
    for plant in planted {
        let error = stop(plant);
        assert_eq!(error.mechanism, Mechanism::Audit);
        let ledger = matches!(
            *error.cause,
            Cause::Ledger(crate::LedgerError::Imbalance { .. })
        );
        assert!(ledger, "{error}");
    }
}

#[test]
fn a_run_in_which_a_mechanism_takes_from_the_wrong_account_is_refused() {
    let error = stop(|e| std::mem::swap(&mut e.accounts.locked, &mut e.accounts.treasury));
    assert_eq!(error.mechanism, Mechanism::Escrow);
    assert!(matches!(*error.cause, Cause::Mismatch { .. }), "{error}");
    let error = stop(|e| {
        e.vesting.misdirect(e.accounts.burned);
    });
    assert_eq!(error.mechanism, Mechanism::Vesting);
    assert!(matches!(*error.cause, Cause::Ledger(_)), "{error}");
}

/// Revenue that a balance limits at each period is settled one by one, and not without an end.
#[test]
fn a_run_that_goes_through_too_many_events_stops_and_says_so() {
    let error = stop(|e| e.audits = MOST);
    assert_eq!(error.mechanism, Mechanism::Fees);
    assert_eq!(*error.cause, Cause::TooManyEvents { most: 200_000_000 });
    let text = error.to_string();
    assert!(
        text.starts_with("at 2025-01-11T00:00:00Z, fees: a balance limits"),
        "{text}"
    );
    // The last that there may be is one of them.
    let design = Design::parse("d", DAILY, Overrides::default()).unwrap();
    let mut engine = Engine::new(&design).unwrap();
    engine.advance(at("2025-01-10T12:00:00Z")).unwrap();
    engine.audits = MOST - 1;
    engine.advance(at("2025-01-11T12:00:00Z")).unwrap();
    assert_eq!(engine.audits(), MOST);
}

/// A refusal changes nothing: neither the accounts nor any mechanism's own state.
#[test]
fn what_was_planned_and_refused_is_not_committed() {
    let design = Design::parse("d", DAILY, Overrides::default()).unwrap();
    let mut engine = Engine::new(&design).unwrap();
    engine.advance(at("2025-01-10T12:00:00Z")).unwrap();
    let before = engine.row().unwrap();
    let unvested = engine.vesting.misdirect(engine.accounts.burned);
    engine.advance(at("2025-01-11")).unwrap_err();
    engine.vesting.misdirect(unvested);
    let after = engine.row().unwrap();
    assert_eq!(after.vested, before.vested);
    let sums = (after.totals.vested, after.totals.circulating);
    assert_eq!(sums, (before.totals.vested, before.totals.circulating));
    engine.ledger.audit().unwrap();
}

/// Two days of issuance by the stake, which changes after the first.
const TEXT: &str = "[token]\nname = \"T\"\nsymbol = \"T\"\ndecimals = 0\ngenesis = 2026-01-01\n[simulation]\nend = \"9d\"\n[[emission]]\nname = \"E\"\nstakeholder = \"users\"\ntick = \"1d\"\nkind = \"sqrt-issuance\"\nincrement = 1\nfactor = 100\nstaked = [{ amount = 100 }, { from = \"1d\", amount = 400 }]\n";

#[test]
fn a_refused_batch_leaves_what_follows_as_it_was() {
    let design = Design::parse("d", TEXT, Overrides::default()).unwrap();
    let mut engine = Engine::new(&design).unwrap();
    let day = |day: u64| Timestamp::new(design.token.genesis.get() + day * 86_400);
    engine.advance(day(0)).unwrap();
    let before = format!("{:?}", engine.minting);
    // There is no room for what is issued on the day of the change.
    let token = engine.accounts.token;
    let most = Amount::new(u128::MAX - 999);
    let full = engine.ledger.open(token, "full", most).unwrap();
    let refused = engine.advance(day(1)).unwrap_err();
    assert_eq!(refused.mechanism, Mechanism::Emission);
    assert_eq!(format!("{:?}", engine.minting), before);
    assert_eq!(engine.minting.next(), day(1));
    assert_eq!(
        engine.ledger.balance(engine.accounts.circulating),
        Amount::ZERO
    );
    assert_eq!(engine.ledger.balance(full), most);
    assert_eq!(calendar::date(refused.at), "2026-01-02");
}
