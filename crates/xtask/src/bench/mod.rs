//! Runs the benchmarks, asks how far off the peers are, and writes docs/benchmarks.md.

mod page;

use std::path::{Path, PathBuf};

use crate::shell::{
    cargo, program, read, root, run as run_program, run_quietly, target_dir, write,
};
use crate::{differential, size};
use page::{Off, Page, Speed};

const PAGE: &str = "docs/benchmarks.md";
const FOLDER: &str = "crates/benchmarks";
/// Calls in one measured iteration: `benchmarks::CALLS`.
const CALLS: f64 = 1_024.0;
/// What time a product takes must not say much about its operands: at most so many times another's.
const SPREAD: f64 = 3.0;
/// Inputs of each task that the errors are the worst of.
const INPUTS: &str = "20000";

pub(crate) fn run() -> Result<(), String> {
    let target = target_dir().join("benchmarks");
    let measured = target.join("criterion");
    if measured.exists() {
        // What an earlier run left must not be taken for this one's.
        std::fs::remove_dir_all(&measured).map_err(|e| format!("{}: {e}", measured.display()))?;
    }
    run_program(&mut there(&["bench", "--bench", "peers"], &target))?;
    let mut speeds = speeds(&measured)?;
    if speeds.is_empty() {
        return Err(format!("nothing was measured in {}", measured.display()));
    }
    for line in differential::speeds()?.lines() {
        let speed = beside_contract(line);
        speeds.push(speed.ok_or_else(|| format!("not understood: {line}"))?);
    }
    let page = Page {
        speeds,
        offs: offs(&target)?,
        bytes: size::peers::table()?,
        machine: machine()?,
        versions: versions(&read(&format!("{FOLDER}/Cargo.lock"))?),
    };
    write(PAGE, &page.text()?)?;
    println!("wrote {PAGE}");
    match page.spread_of_ours() {
        spread if spread <= SPREAD => Ok(()),
        spread => Err(format!(
            "some products take {spread:.1} times as long as others"
        )),
    }
}

fn there(args: &[&str], target: &Path) -> std::process::Command {
    let mut command = cargo(args);
    command.args(["--locked", "--features", "peers", "--target-dir"]);
    command.arg(target).env("CARGO_TARGET_DIR", target);
    command.current_dir(root().join(FOLDER));
    command
}

/// Every case and peer that criterion left behind, this workspace's first in its case.
fn speeds(measured: &Path) -> Result<Vec<Speed>, String> {
    let mut speeds = Vec::new();
    for case in folders(measured)? {
        for peer in folders(&case)? {
            // A folder `report` may lie among them.
            if peer.join("new/estimates.json").is_file() {
                speeds.push(speed(&peer.join("new"))?);
            }
        }
    }
    speeds.sort_by_key(|speed| (speed.case.clone(), !speed.is_ours(), speed.peer.clone()));
    Ok(speeds)
}

fn folders(of: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = std::fs::read_dir(of).map_err(|error| format!("{}: {error}", of.display()))?;
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    Ok(paths.filter(|path| path.is_dir()).collect())
}

/// The folder's own name won't do: it has an underscore for what a file's name can't have.
fn speed(folder: &Path) -> Result<Speed, String> {
    let read = |file: &str| {
        let path = folder.join(file);
        std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))
    };
    let (names, estimates) = (read("benchmark.json")?, read("estimates.json")?);
    let speed = || {
        Some(Speed {
            case: text(&names, "group_id")?,
            peer: text(&names, "function_id")?,
            nanoseconds: median(&estimates)? / CALLS,
        })
    };
    speed().ok_or_else(|| format!("{}: not understood", folder.display()))
}

/// A text in criterion's benchmark.json, none of which has a quotation mark in it.
fn text(json: &str, key: &str) -> Option<String> {
    let (_, rest) = json.split_once(&format!("\"{key}\":\""))?;
    Some(rest.split_once('"')?.0.to_owned())
}

/// The median's point estimate in criterion's estimates.json, in nanoseconds.
fn median(json: &str) -> Option<f64> {
    let (_, median) = json.split_once("\"median\"")?;
    let (_, estimate) = median.split_once("\"point_estimate\":")?;
    let end = estimate.find([',', '}'])?;
    estimate.get(..end)?.trim().parse().ok()
}

/// A line that crates/checks/differential prints.
fn beside_contract(line: &str) -> Option<Speed> {
    let mut parts = line.split('\t');
    Some(Speed {
        case: parts.next()?.to_owned(),
        peer: parts.next()?.to_owned(),
        nanoseconds: parts.next()?.parse().ok()?,
    })
}

/// What crates/benchmarks/src/bin/peers.rs prints.
fn offs(target: &Path) -> Result<Vec<Off>, String> {
    let mut command = there(&["run", "--release", "--bin", "peers"], target);
    let printed = run_quietly(command.args(["--", INPUTS]))?;
    let read = |line: &str| off(line).ok_or_else(|| format!("not understood: {line}"));
    printed.lines().map(read).collect()
}

fn off(line: &str) -> Option<Off> {
    let mut parts = line.split('\t');
    Some(Off {
        case: parts.next()?.to_owned(),
        peer: parts.next()?.to_owned(),
        own: parts.next()?.parse().ok()?,
        of_wad: parts.next()?.parse().ok()?,
    })
}

fn machine() -> Result<String, String> {
    let cpu = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpu.lines().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        (key.trim() == "model name").then(|| value.trim().to_owned())
    });
    let model = model.unwrap_or_else(|| std::env::consts::ARCH.to_owned());
    let rustc = run_quietly(&mut program("rustc", &["--version"]))?;
    let day = run_quietly(&mut program("date", &["-u", "+%F"]))?;
    Ok(format!("{model}, {}, {}", rustc.trim(), day.trim()))
}

/// The peers and their versions in a lock file.
fn versions(lock: &str) -> Vec<String> {
    const PEERS: [&str; 11] = [
        "brine-fp",
        "decimal-scaled",
        "fixed_analytics",
        "hopper-vesting",
        "jiminy-vesting",
        "ruint",
        "rust_decimal",
        "solmath",
        "sp-arithmetic",
        "uniswap-v3-sdk",
        "uniswap_v3_math",
    ];
    let quoted = |line: &str, key: &str| {
        let value = line.strip_prefix(key)?.strip_prefix(" = ")?;
        Some(value.trim_matches('"').to_owned())
    };
    let lines: Vec<&str> = lock.lines().collect();
    let pairs = lines.windows(2).filter_map(|pair| {
        let name = quoted(pair[0], "name")?;
        let version = quoted(pair[1], "version")?;
        PEERS
            .contains(&name.as_str())
            .then(|| format!("{name} {version}"))
    });
    pairs.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_read() {
        let json = r#"{"mean":{"point_estimate":1.0},"median":{"confidence_interval":
            {"confidence_level":0.95,"lower_bound":2.0},"point_estimate":20480.5,"standard_error":1}}"#;
        assert_eq!(median(json), Some(20_480.5));
        assert_eq!(median("{}"), None);
    }

    #[test]
    fn a_name_is_read_as_it_was_given() {
        let json = r#"{"group_id":"exp of -10 to 10","function_id":"decimal-scaled D38<18>"}"#;
        assert_eq!(text(json, "group_id").unwrap(), "exp of -10 to 10");
        assert_eq!(text(json, "function_id").unwrap(), "decimal-scaled D38<18>");
        assert_eq!(text(json, "title"), None);
    }

    #[test]
    fn what_a_peer_is_off_by_is_read() {
        let off = off("exp of -10 to 10\tp q\t4.9e-1\t5.3e2").unwrap();
        assert_eq!(
            (off.case.as_str(), off.peer.as_str()),
            ("exp of -10 to 10", "p q")
        );
        assert_eq!((off.own, off.of_wad), (0.49, 530.0));
        assert!(self::off("exp\tp\tmuch\t1").is_none());
    }

    #[test]
    fn what_a_contract_takes_is_read() {
        let speed = beside_contract("escrow, a total\tp q\t12.5").unwrap();
        assert_eq!(
            (speed.case.as_str(), speed.nanoseconds),
            ("escrow, a total", 12.5)
        );
        assert!(beside_contract("escrow\tp").is_none());
    }

    #[test]
    fn every_peer_has_a_version() {
        let lock = read(&format!("{FOLDER}/Cargo.lock")).unwrap();
        let all = versions(&lock);
        assert_eq!(all.len(), 11);
        let weighed = read(&format!("{}/Cargo.lock", size::peers::PROGRAM)).unwrap();
        let weighed = versions(&weighed);
        assert_eq!(weighed.len(), 7);
        assert!(weighed.iter().all(|version| all.contains(version)));
    }
}
