//! What only shows inside of the engine.

use tokenomics_design::{calendar, Overrides};

use super::*;

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
    assert_eq!(engine.minting.next(), Some(day(1)));
    assert_eq!(
        engine.ledger.balance(engine.accounts.circulating),
        Amount::ZERO
    );
    assert_eq!(engine.ledger.balance(full), most);
    assert_eq!(calendar::date(refused.at), "2026-01-02");
}
