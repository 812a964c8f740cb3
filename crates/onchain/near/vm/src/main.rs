//! Runs the module in NEAR's virtual machine, and prints what each call burns, in a row each:
//! `cargo run -- MODULE.wasm`.

mod chain;
mod locks;

use chain::Chain;
use serde_json::json;

fn row(name: &str, gas: u64) {
    println!("{name}\t{gas}");
}

/// Prints what each call costs, with a hundred locks there.
fn calls(module: &[u8]) {
    let mut chain = locks::chain(module, 100).0;
    chain.now += 1;
    let (now, me) = (chain.now, "me.near");
    let time = |after: u64| (now + after).to_string();
    let mut cost = |name: &str, method: &str, arguments| {
        row(name, chain.call(me, method, &arguments));
    };
    let amount = "1000000000000000000000000";
    let times = (time(0), time(0), time(999));
    let terms = json!({
        "holder": me, "amount": amount, "start": times.0, "cliff": times.1, "end": times.2,
    });
    cost("`create_grant`", "create_grant", terms);
    let lock = json!({ "amount": amount, "end": time(1_000) });
    cost("`create_lock`", "create_lock", lock);
    cost(
        "`extend_lock`",
        "extend_lock",
        json!({ "end": time(1_000_000) }),
    );
    cost("`stake`", "stake", json!({ "amount": amount }));
    cost(
        "`fund`",
        "fund",
        json!({ "amount": "1000000000000000000000001" }),
    );
    cost("`reward`", "reward", json!({ "holder": me }));
    cost("`claim_reward`", "claim_reward", json!({}));
    cost("`unstake`", "unstake", json!({ "amount": "1000" }));
    cost("`weight`", "weight", json!({ "holder": me }));
    cost("`total_weight`", "total_weight", json!({ "at": time(0) }));
    let past = (now - 50).to_string();
    cost(
        "`total_weight` of the past",
        "total_weight",
        json!({ "at": past }),
    );
    chain.now = now + 500;
    let mut cost = |name: &str, method: &str, arguments| {
        row(name, chain.call(me, method, &arguments));
    };
    cost("`claim_grant`", "claim_grant", json!({ "id": 0 }));
    cost("`grant`", "grant", json!({ "id": 0 }));
    cost("`revoke_grant`", "revoke_grant", json!({ "id": 0 }));
    chain.now = now + 1_000_000;
    row(
        "`withdraw_lock`",
        chain.call(me, "withdraw_lock", &json!({})),
    );
}

fn main() {
    let path = std::env::args().nth(1).expect("the path of a module");
    let module = std::fs::read(path).expect("a module");
    println!("call\tgas burnt");
    calls(&module);
    let means = [10, 1_000, 100_000].map(|after| locks::more(&module, after));
    println!("the mean of 20 more locks: {means:?}");
    let (least, most) = (means.iter().min(), means.iter().max());
    assert!(most
        .zip(least)
        .is_some_and(|(most, least)| *most <= 3 * least));
    refused(&module);
}

/// Checks that what is refused says its number, and that storage that can't be read is refused.
fn refused(module: &[u8]) {
    let mut chain: Chain = locks::chain(module, 10).0;
    let end = (chain.now + 100).to_string();
    let why = chain.refusal(
        "me.near",
        "create_lock",
        &json!({ "amount": "0", "end": end }),
    );
    assert!(why.contains("5: the amount is 0"), "{why}");
    for bytes in [vec![], vec![0xff; 400]] {
        let key = locks::key(locks::CHECKPOINT, 9);
        chain.trie.insert(key, bytes);
        let why = chain.refusal("me.near", "total_weight", &json!({ "at": "0" }));
        let lock = json!({ "amount": "5", "end": end });
        let of_lock = chain.refusal("me.near", "create_lock", &lock);
        assert!([why, of_lock]
            .iter()
            .any(|why| why.contains("3: what is stored")));
    }
}
