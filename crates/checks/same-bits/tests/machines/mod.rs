//! The machines: builds for them, and the module in an interpreter.

#![allow(dead_code, unreachable_pub, reason = "each test needs a part of it")]

use std::path::{Path, PathBuf};
use std::process::Command;

use same_bits::{Call, Case, Outcome, CASE_BYTES, OUTCOME_BYTES};
use wasmi::{Engine, Instance, Linker, Memory, Module, Store, TypedFunc};

/// Builds one artifact the way it would be deployed, and returns the folder that it lies in.
pub fn build(target: &str, artifact: &[&str], linker: Option<&str>) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("targets");
    let mut command = Command::new(env!("CARGO"));
    command
        .args([
            "build",
            "--quiet",
            "--release",
            "--locked",
            "--target",
            target,
        ])
        .arg("--target-dir")
        .arg(&folder)
        .args(artifact)
        .current_dir(env!("CARGO_MANIFEST_DIR"));
    if let Some(linker) = linker {
        let variable = target.to_uppercase().replace('-', "_");
        command.env(format!("CARGO_TARGET_{variable}_LINKER"), linker);
    }
    let built = command.output().unwrap();
    let why = String::from_utf8_lossy(&built.stderr);
    assert!(built.status.success(), "rustup target add {target}\n{why}");
    folder.join(target).join("release")
}

/// What a 32-bit machine answers to the functions' inputs, or to a file of cases.
///
/// Native code of another width: no registers of 64 bits, addresses of 32.
#[cfg(all(target_arch = "x86_64", target_os = "linux"))]
pub fn narrow(cases: Option<&Path>) -> Vec<Outcome> {
    // The target brings its own C library, and Rust its own linker, so nothing else is needed.
    let folder = build(
        "i686-unknown-linux-musl",
        &["--bin", "answers"],
        Some("rust-lld"),
    );
    let output = Command::new(folder.join("answers"))
        .args(cases)
        .output()
        .unwrap();
    let why = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{why}");
    let printed = String::from_utf8(output.stdout).unwrap();
    let mut lines = printed.lines();
    assert_eq!(lines.next(), Some("32"));
    lines.map(outcome).collect()
}

fn outcome(line: &str) -> Outcome {
    let (value, status) = line.split_once(' ').unwrap();
    Outcome {
        value: value.parse().unwrap(),
        status: status.parse().unwrap(),
    }
}

type Answer = (u32, u32, u32, u32);

/// How many cases the interpreter is given at a time.
const BATCH: usize = 1_000;

/// The module in an interpreter.
pub struct Program {
    store: Store<()>,
    memory: Memory,
    // What a call is given, and where its outcome is written: pages that the program doesn't use.
    room: u32,
    answer: TypedFunc<Answer, ()>,
    answer_batch: TypedFunc<(u32, u32, u32), ()>,
}

impl Program {
    pub fn load() -> Self {
        let path = build("wasm32-unknown-unknown", &["--lib"], None).join("same_bits.wasm");
        let engine = Engine::default();
        let module = Module::new(&engine, std::fs::read(path).unwrap()).unwrap();
        assert_eq!(module.imports().len(), 0, "it needs nothing from its host");
        let mut store = Store::new(&engine, ());
        let instance: Instance = Linker::new(&engine)
            .instantiate_and_start(&mut store, &module)
            .unwrap();
        let memory = instance.get_memory(&store, "memory").unwrap();
        let needed = BATCH * (CASE_BYTES + OUTCOME_BYTES);
        let pages = memory
            .grow(&mut store, needed.div_ceil(65_536) as u64)
            .unwrap();
        Self {
            memory,
            room: u32::try_from(pages * 65_536).unwrap(),
            answer: instance.get_typed_func(&store, "answer").unwrap(),
            answer_batch: instance.get_typed_func(&store, "answer_batch").unwrap(),
            store,
        }
    }

    pub fn call(&mut self, call: Call) -> Outcome {
        let (to, given) = (self.room, self.room + 64);
        let bytes: Vec<u8> = call
            .arguments
            .iter()
            .flat_map(|it| it.to_le_bytes())
            .collect();
        self.write(given, &bytes);
        let args = (to, call.function, call.rounding, given);
        self.answer.call(&mut self.store, args).unwrap();
        Outcome::read(&self.read(to, OUTCOME_BYTES))
    }

    pub fn batch(&mut self, cases: &[Case]) -> Vec<Outcome> {
        cases
            .chunks(BATCH)
            .flat_map(|some| self.one_batch(some))
            .collect()
    }

    fn one_batch(&mut self, cases: &[Case]) -> Vec<Outcome> {
        let mut bytes = Vec::with_capacity(cases.len() * CASE_BYTES);
        cases.iter().for_each(|case| case.write(&mut bytes));
        self.write(self.room, &bytes);
        let to = self.room + u32::try_from(bytes.len()).unwrap();
        let args = (self.room, u32::try_from(cases.len()).unwrap(), to);
        self.answer_batch.call(&mut self.store, args).unwrap();
        let outcomes = self.read(to, cases.len() * OUTCOME_BYTES);
        outcomes.chunks(OUTCOME_BYTES).map(Outcome::read).collect()
    }

    fn write(&mut self, at: u32, bytes: &[u8]) {
        let at = usize::try_from(at).unwrap();
        self.memory.write(&mut self.store, at, bytes).unwrap();
    }

    fn read(&self, at: u32, count: usize) -> Vec<u8> {
        let mut bytes = vec![0; count];
        let at = usize::try_from(at).unwrap();
        self.memory.read(&self.store, at, &mut bytes).unwrap();
        bytes
    }
}
