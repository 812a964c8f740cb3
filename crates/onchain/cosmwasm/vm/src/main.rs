//! Makes the calls that the contract's example `record` made on the host again in cosmwasm-vm: each must have
//! the same outcome, and leave the same storage. Prints what each costs, its numbers separated by tabs.

mod chain;
mod storage;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use cosmwasm_std::{Addr, MessageInfo};

use crate::chain::{Chain, Cost};
use crate::storage::Storage;

/// The mean of one more lock's costs is at most so many times as much after one number of locks as after
/// another.
const MOST: u64 = 3;

fn main() {
    let mut args = std::env::args().skip(1).map(PathBuf::from);
    let (Some(module), Some(recorded)) = (args.next(), args.next()) else {
        panic!("the lowered module and the recorded calls are wanted");
    };
    let home = recorded.join("machine");
    // Where an earlier run left it.
    drop(fs::remove_dir_all(&home));
    let mut chain = Chain::new(&read(&module), home);
    let calls = String::from_utf8(read(&recorded.join("calls.tsv"))).expect("text");
    println!("call\tgas\tread\tread bytes\tset\tset bytes\tsdk gas");
    let mut probes: BTreeMap<String, Vec<Cost>> = BTreeMap::new();
    for line in calls.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        match fields[..] {
            ["load", file] => chain.storage = Storage::new(entries(&recorded.join(file))),
            ["same", file] => {
                let expected = entries(&recorded.join(file));
                assert!(*chain.storage.entries() == expected, "{file} is another");
            }
            ["call", name, ref call @ ..] => {
                let cost = made(&mut chain, call);
                chain.storage.commit();
                if !name.is_empty() {
                    print_cost(name, &cost);
                }
            }
            ["probe", name, ref call @ ..] => {
                let cost = made(&mut chain, call);
                chain.storage.drop_changes();
                probes.entry(name.to_owned()).or_default().push(cost);
            }
            _ => panic!("not a line: {line}"),
        }
    }
    one_more_lock(&probes);
}

fn read(path: &Path) -> Vec<u8> {
    fs::read(path).unwrap_or_else(|why| panic!("{}: {why}", path.display()))
}

/// The entries in a file, keys and values by turns, each after its length.
fn entries(path: &Path) -> BTreeMap<Vec<u8>, Vec<u8>> {
    let bytes = read(path);
    let (mut rest, mut parts) = (&bytes[..], Vec::new());
    while let Some((len, after)) = rest.split_first_chunk() {
        let (part, after) = after.split_at(u32::from_le_bytes(*len) as usize);
        parts.push(part.to_vec());
        rest = after;
    }
    let mut parts = parts.into_iter();
    let pair = || Some((parts.next()?, parts.next()?));
    std::iter::from_fn(pair).collect()
}

/// Makes a call, whose outcome must be the one that was recorded.
fn made(chain: &mut Chain, call: &[&str]) -> Cost {
    let &[by, now, kind, msg, funds, expected] = call else {
        panic!("not a call: {call:?}");
    };
    let info = MessageInfo {
        sender: Addr::unchecked(by),
        funds: serde_json::from_str(funds).expect("coins"),
    };
    let now = now.parse().expect("seconds");
    let (cost, outcome) = chain.call(kind, now, &info, msg.as_bytes());
    let outcome = String::from_utf8_lossy(&outcome);
    assert_eq!(outcome, expected, "{msg} by {by} at {now}");
    cost
}

/// Checks that one more lock costs about the same, however many there are: dear or cheap as its end lies.
fn one_more_lock(probes: &BTreeMap<String, Vec<Cost>>) {
    let mut means: Vec<[u64; 2]> = Vec::new();
    for (name, costs) in probes {
        let all = costs.len() as u64;
        let mean = |of: fn(&Cost) -> u64| costs.iter().map(of).sum::<u64>() / all;
        means.push([mean(|cost| cost.gas), mean(Cost::sdk_gas)]);
        let mut costs = costs.clone();
        costs.sort_by_key(|cost| cost.gas);
        if let (Some(least), Some(most)) = (costs.first(), costs.last()) {
            print_cost(&format!("{name}, the cheapest of {all}"), least);
            print_cost(&format!("{name}, the dearest of {all}"), most);
        }
    }
    println!("mean of one more lock, in gas and SDK gas: {means:?}");
    assert!(means.len() >= 3, "too few sizes: {means:?}");
    for kind in 0..2 {
        let of_kind = means.iter().map(|mean| mean[kind]);
        let (least, most) = (of_kind.clone().min(), of_kind.max());
        let is_bounded = most <= least.map(|least| MOST * least);
        assert!(is_bounded, "over {MOST} times as much: {means:?}");
    }
}

fn print_cost(name: &str, cost: &Cost) {
    let touched = cost.touched;
    let numbers = [
        cost.gas,
        touched.read,
        touched.read_bytes,
        touched.set,
        touched.set_bytes,
        cost.sdk_gas(),
    ];
    let numbers: Vec<String> = numbers.iter().map(u64::to_string).collect();
    println!("{name}\t{}", numbers.join("\t"));
}
