//! Each library crate alone, with the oldest compiler, on targets without std.

use crate::shell::{read, run_quietly, with_toolchain};
use crate::step::{Checked, Inputs, Outcome, Step};
use crate::toolchain::{ensure, ensure_target, MSRV, MSRV_RUSTC, WASM};
use crate::workspace::LIBRARIES;

pub(crate) const STEP: Step = Step::new(
    "msrv",
    "each library crate alone, feature by feature, with rustc 1.84",
    check,
)
.with_inputs(Inputs {
    manifests: &["crates/tokenomics/Cargo.toml"],
    files: &["crates/xtask/src/msrv.rs", "crates/xtask/src/workspace.rs"],
    versions: &[MSRV_RUSTC],
});

/// No std and no atomics of a pointer's width: the strictest.
const BARE: &str = "thumbv6m-none-eabi";
const HOST: &str = "host";
/// The strictest first.
const TARGETS: [&str; 3] = [BARE, WASM, HOST];

/// Features whose upstream crates don't build on every target, the targets that are left, and why. On none is
/// what needs a newer compiler than the libraries.
const NARROW: [(&str, &[&str], &str); 7] = [
    (
        "scale",
        &[WASM, HOST],
        "parity-scale-codec needs alloc::sync::Arc",
    ),
    ("arbitrary", &[WASM, HOST], "arbitrary needs std"),
    ("schemars", &[WASM, HOST], "schemars needs std"),
    ("cosmwasm", &[WASM, HOST], "cosmwasm-std needs std"),
    (
        "borsh-schema",
        &[WASM, HOST],
        "what borsh derives names what std brings into scope",
    ),
    (
        "alloy",
        &[],
        "ruint, of which alloy's U256 is, needs a newer rustc",
    ),
    (
        "proptest",
        &[HOST],
        "proptest needs std and a source of randomness",
    ),
];

fn builds_on(feature: &str, target: &str) -> bool {
    let narrow = NARROW.iter().find(|(name, ..)| *name == feature);
    narrow.is_none_or(|(_, targets, _)| targets.contains(&target))
}

fn check() -> Checked {
    if let Err(why) = ensure(MSRV) {
        return Ok(Outcome::Skipped(format!("rustc {MSRV}: {why}")));
    }
    for (feature, targets, why) in NARROW {
        let where_it_builds = match targets {
            [] => "not checked".to_owned(),
            some => format!("only on {}", some.join(", ")),
        };
        println!("{where_it_builds}: feature {feature}: {why}");
    }
    let mut left_out = Vec::new();
    let mut failures = Vec::new();
    for target in TARGETS {
        if target != HOST {
            if let Err(why) = ensure_target(MSRV, target) {
                println!("skipped: {target} not installable: {why}");
                left_out.push(target);
                continue;
            }
        }
        for (package, folder) in LIBRARIES {
            let features = features_of(&read(&format!("crates/{folder}/Cargo.toml"))?);
            for set in sets(&features, target) {
                failures.extend(check_one(package, target, &set).err());
            }
        }
    }
    if !failures.is_empty() {
        return Err(failures.join("\n"));
    }
    if left_out.is_empty() {
        Ok(Outcome::Passed)
    } else {
        Ok(Outcome::Skipped(format!("without {}", left_out.join(", "))))
    }
}

/// None and all of the features that build on the target, and each alone on the strictest that it builds on;
/// none isn't checked on the host.
fn sets(features: &[String], target: &str) -> Vec<String> {
    let strictest = |feature: &str| {
        TARGETS
            .into_iter()
            .find(|target| builds_on(feature, target))
    };
    let here: Vec<&str> = features
        .iter()
        .map(String::as_str)
        .filter(|feature| builds_on(feature, target))
        .collect();
    let alone = here
        .iter()
        .filter(|feature| strictest(feature) == Some(target));
    let none = (target != HOST).then(String::new);
    let mut sets: Vec<String> = none
        .into_iter()
        .chain(alone.map(|feature| (*feature).to_owned()))
        .collect();
    sets.push(here.join(","));
    sets.dedup();
    sets
}

fn check_one(package: &str, target: &str, features: &str) -> Result<(), String> {
    let mut args = vec![
        "cargo",
        "check",
        "--quiet",
        "--locked",
        "--package",
        package,
    ];
    args.extend(["--no-default-features", "--features", features]);
    if target != HOST {
        args.extend(["--target", target]);
    }
    run_quietly(&mut with_toolchain(MSRV, &args))?;
    let shown = if features.is_empty() {
        "none"
    } else {
        features
    };
    println!("{package} on {target}, features: {shown}");
    Ok(())
}

/// The names in a manifest's `[features]`, but `default`.
fn features_of(manifest: &str) -> Vec<String> {
    manifest
        .lines()
        .skip_while(|line| line.trim() != "[features]")
        .skip(1)
        .take_while(|line| !line.starts_with('['))
        .filter(|line| !line.starts_with([' ', '#', ']']))
        .filter_map(|line| line.split_once('='))
        .map(|(name, _)| name.trim().trim_matches('"').to_owned())
        .filter(|name| name != "default")
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANIFEST: &str = "[package]\nname = \"x\"\n[features]\ndefault = []\n# why = not\n\
        alloc = [\n    \"a/alloc = b\",\n]\nscale = []\nproptest = []\n\n[dependencies]\ny = \"1\"\n";

    fn owned(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn a_manifests_features_are_read() {
        assert_eq!(features_of(MANIFEST), ["alloc", "scale", "proptest"]);
        assert!(features_of("[package]\n").is_empty());
    }

    #[test]
    fn each_target_gets_what_builds_there() {
        let features = owned(&["alloc", "scale", "proptest"]);
        assert_eq!(sets(&features, BARE), ["", "alloc"]);
        assert_eq!(sets(&features, WASM), ["", "scale", "alloc,scale"]);
        assert_eq!(sets(&features, HOST), ["proptest", "alloc,scale,proptest"]);
        assert_eq!(sets(&[], WASM), [""]);
        let newer = owned(&["alloc", "alloy", "schemars"]);
        assert_eq!(sets(&newer, BARE), ["", "alloc"]);
        assert_eq!(sets(&newer, WASM), ["", "schemars", "alloc,schemars"]);
        assert_eq!(sets(&newer, HOST), ["alloc,schemars"]);
    }

    #[test]
    fn every_library_has_the_features_it_promises() {
        for (_, folder) in LIBRARIES {
            let manifest = read(&format!("crates/{folder}/Cargo.toml")).unwrap();
            assert_eq!(
                manifest.contains("[features]"),
                !features_of(&manifest).is_empty()
            );
        }
    }
}
