//! No panic is left in any public function of the numbers, at any of the opt-levels that programs
//! are built with, overflow checks on.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

mod public;

use public::public_functions;
use wasmparser::{ExternalKind, KnownCustom, Name, Operator, Parser, Payload, TypeRef};

/// Builds the module the way a program would be, but with its names kept, and returns its bytes.
fn build(opt_level: &str, features: &str) -> Vec<u8> {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join(opt_level.to_owned() + features);
    let built = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--release", "--locked", "--lib"])
        .args(["--target", "wasm32-unknown-unknown", "--features", features])
        .arg("--target-dir")
        .arg(&target)
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", opt_level)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .status()
        .unwrap();
    assert!(built.success(), "rustup target add wasm32-unknown-unknown");
    std::fs::read(target.join("wasm32-unknown-unknown/release/no_panic.wasm")).unwrap()
}

/// What matters of a module.
#[derive(Default)]
struct Module {
    imports: Vec<String>,
    exports: BTreeSet<String>,
    names: BTreeMap<u32, String>,
    /// Who calls, whom.
    calls: BTreeSet<(u32, u32)>,
    /// Functions with an instruction that traps wherever it is reached.
    traps: BTreeSet<u32>,
}

impl Module {
    fn read(bytes: &[u8]) -> Self {
        let mut module = Self::default();
        let (mut imported, mut function) = (0, 0);
        for payload in Parser::new(0).parse_all(bytes) {
            match payload.unwrap() {
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        let import = import.unwrap();
                        imported += u32::from(matches!(import.ty, TypeRef::Func(_)));
                        module
                            .imports
                            .push(format!("{}.{}", import.module, import.name));
                    }
                }
                Payload::ExportSection(exports) => {
                    let exports = exports.into_iter().map(Result::unwrap);
                    let functions = exports.filter(|export| export.kind == ExternalKind::Func);
                    module
                        .exports
                        .extend(functions.map(|export| export.name.to_owned()));
                }
                Payload::CodeSectionEntry(body) => {
                    let caller = imported + function;
                    function += 1;
                    for operator in body.get_operators_reader().unwrap() {
                        match operator.unwrap() {
                            Operator::Call { function_index } => {
                                module.calls.insert((caller, function_index));
                            }
                            Operator::Unreachable => {
                                module.traps.insert(caller);
                            }
                            _ => {}
                        }
                    }
                }
                Payload::CustomSection(section) => {
                    if let KnownCustom::Name(names) = section.as_known() {
                        for name in names {
                            if let Name::Function(functions) = name.unwrap() {
                                let functions = functions.into_iter().map(Result::unwrap);
                                module
                                    .names
                                    .extend(functions.map(|f| (f.index, f.name.to_owned())));
                            }
                        }
                    }
                }
                _ => {}
            }
        }
        module
    }

    /// What speaks of a panic, each with those that call it.
    fn panics(&self) -> Vec<String> {
        let mut found: Vec<_> = self
            .imports
            .iter()
            .map(|name| format!("import {name}"))
            .collect();
        let of_panics = |name: &str| name.contains("panic") && !name.contains("no_panic");
        let named = self.names.iter().filter(|(_, name)| of_panics(name));
        found.extend(
            named.map(|(index, name)| format!("{name}, called by {}", self.callers(*index))),
        );
        found.extend(
            self.traps
                .iter()
                .map(|trap| format!("a trap in {}", self.name(*trap))),
        );
        found
    }

    fn name(&self, index: u32) -> &str {
        self.names
            .get(&index)
            .map_or("a function without a name", String::as_str)
    }

    fn callers(&self, of: u32) -> String {
        let callers = self.calls.iter().filter(|(_, callee)| *callee == of);
        let names: Vec<_> = callers.map(|(caller, _)| self.name(*caller)).collect();
        names.join(", ")
    }
}

#[test]
fn no_function_can_panic_at_any_opt_level() {
    for opt_level in ["s", "z", "3"] {
        let module = Module::read(&build(opt_level, ""));
        assert!(!module.names.is_empty(), "the names were kept");
        let panics = module.panics();
        assert!(
            panics.is_empty(),
            "at opt-level {opt_level}:\n{}",
            panics.join("\n")
        );
    }
}

#[test]
fn a_panic_is_seen() {
    let module = Module::read(&build("s", "panicking"));
    assert!(module.exports.contains("panicking"));
    let panics = module.panics().join("\n");
    assert!(panics.contains("import host.panicked"), "{panics}");
    assert!(panics.contains("div_by_zero, called by"), "{panics}");
    assert!(panics.contains("a trap in"), "{panics}");
}

#[test]
fn every_public_function_is_exported() {
    let exported = Module::read(&build("s", "")).exports;
    let public =
        public_functions(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixed-math/src"));
    assert!(public.len() > 150, "{public:?}");
    let missing: Vec<_> = public.difference(&exported).collect();
    assert!(missing.is_empty(), "in src, but not here: {missing:?}");
    let stray: Vec<_> = exported.difference(&public).collect();
    assert!(stray.is_empty(), "here, but not in src: {stray:?}");
}
