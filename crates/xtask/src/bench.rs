//! Runs the benchmarks and writes what they measured into docs/benchmarks.md.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use crate::shell::{cargo, program, root, run as run_program, run_quietly, target_dir, write};

const PAGE: &str = "docs/benchmarks.md";
/// Calls in one measured iteration: `benchmarks::CALLS`.
const CALLS: f64 = 1_024.0;
const OURS: &str = "tokenomics-fixed-math";

/// What was measured of one peer in one case.
struct Row {
    case: String,
    peer: String,
    nanoseconds: f64,
}

fn run_benchmarks(target: &Path) -> Result<(), String> {
    let mut bench = cargo(&["bench", "--locked", "--bench", "mul_div"]);
    bench.arg("--target-dir").arg(target);
    bench.env("CARGO_TARGET_DIR", target);
    run_program(bench.current_dir(root().join("crates/benchmarks")))
}

pub(crate) fn run() -> Result<(), String> {
    let target = target_dir().join("benchmarks");
    let measured = target.join("criterion");
    if measured.exists() {
        // What an earlier run left must not be taken for this one's.
        std::fs::remove_dir_all(&measured).map_err(|e| format!("{}: {e}", measured.display()))?;
    }
    run_benchmarks(&target)?;
    let rows = rows(&measured)?;
    if rows.is_empty() {
        return Err(format!("nothing was measured in {}", measured.display()));
    }
    write(PAGE, &page(&rows, &machine()?)?)?;
    println!("wrote {PAGE}");
    Ok(())
}

/// Every case and peer that criterion left behind, this workspace's first in its case.
fn rows(measured: &Path) -> Result<Vec<Row>, String> {
    let mut rows = Vec::new();
    for case in folders(measured)? {
        for peer in folders(&case)? {
            let file = peer.join("new/estimates.json");
            let Ok(json) = std::fs::read_to_string(&file) else {
                continue;
            };
            let median = median(&json).ok_or_else(|| format!("{}: no median", file.display()))?;
            rows.push(Row {
                case: name(&case),
                peer: name(&peer),
                nanoseconds: median / CALLS,
            });
        }
    }
    rows.sort_by_key(|row| (row.case.clone(), row.peer != OURS, row.peer.clone()));
    Ok(rows)
}

fn folders(of: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = std::fs::read_dir(of).map_err(|error| format!("{}: {error}", of.display()))?;
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    Ok(paths.filter(|path| path.is_dir()).collect())
}

fn name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// The median's point estimate in criterion's estimates.json, in nanoseconds.
fn median(json: &str) -> Option<f64> {
    let (_, median) = json.split_once("\"median\"")?;
    let (_, estimate) = median.split_once("\"point_estimate\":")?;
    let end = estimate.find([',', '}'])?;
    estimate.get(..end)?.trim().parse().ok()
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

fn page(rows: &[Row], machine: &str) -> Result<String, String> {
    let mut table = String::new();
    for row in rows {
        let ours = rows
            .iter()
            .find(|other| other.case == row.case && other.peer == OURS);
        let ours = ours.ok_or_else(|| format!("{}: nothing of {OURS}", row.case))?;
        let ratio = row.nanoseconds / ours.nanoseconds;
        let (case, peer, time) = (&row.case, &row.peer, row.nanoseconds);
        writeln!(table, "| {case} | {peer} | {time:.1} | {ratio:.2} |")
            .map_err(|e| e.to_string())?;
    }
    Ok(format!(
        "# Benchmarks\n\
         This page is written by its command, from one run:\n\n\
         ```sh\ncargo xtask bench\n```\n\n\
         {machine}.\n\n\
         Nanoseconds are the median of a call that computes floor(a·b/c), over 1,024 operands drawn\n\
         once and the same for all. The ratio is to this workspace's: above 1 is slower than it. The\n\
         peers are ruint's 256-bit product and quotient, and plain 128-bit integers where the product\n\
         fits them; that all give the same results is a test of crates/benchmarks.\n\n\
         | case | of | ns | ratio |\n| --- | --- | --- | --- |\n{table}"
    ))
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
    fn a_ratio_is_to_this_workspace() {
        let row = |peer: &str, nanoseconds| Row {
            case: "c".to_owned(),
            peer: peer.to_owned(),
            nanoseconds,
        };
        let text = page(&[row(OURS, 10.0), row("p", 25.0)], "m").unwrap();
        assert!(text.contains("| c | p | 25.0 | 2.50 |"));
        assert!(page(&[row("p", 25.0)], "m").is_err());
    }
}
