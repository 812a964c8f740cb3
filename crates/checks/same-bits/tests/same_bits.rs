//! The law `same_bits`, between a 64-bit host, a 32-bit one and wasm32.

use std::path::{Path, PathBuf};
use std::process::Command;

use same_bits::{hash, inputs, Call, Outcome, FUNCTIONS, ROUNDINGS};
use wasmi::{Engine, Instance, Linker, Memory, Module, Store, TypedFunc};

/// Of every outcome of inputs.csv, also when computed with the unbounded integers of Python and
/// mpmath's numbers of 320 digits. It changes when the inputs do, or when an answer does.
const EXPECTED: u64 = 0xfb48_308b_b5c0_2a1e;

/// Builds one artifact the way it would be deployed, and returns the folder that it lies in.
fn build(target: &str, artifact: &[&str], linker: Option<&str>) -> PathBuf {
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

type Answer = (u32, u32, u32, u32);

/// The module in an interpreter.
struct Program {
    store: Store<()>,
    memory: Memory,
    // Where the outcome of a call is written, and what it is given behind it: a page that the program
    // doesn't use.
    outcome: u32,
    answer: TypedFunc<Answer, ()>,
}

impl Program {
    fn load(path: &Path) -> Self {
        let engine = Engine::default();
        let module = Module::new(&engine, std::fs::read(path).unwrap()).unwrap();
        assert_eq!(module.imports().len(), 0, "it needs nothing from its host");
        let mut store = Store::new(&engine, ());
        let instance: Instance = Linker::new(&engine)
            .instantiate_and_start(&mut store, &module)
            .unwrap();
        let memory = instance.get_memory(&store, "memory").unwrap();
        let pages = memory.grow(&mut store, 1).unwrap();
        Self {
            memory,
            outcome: u32::try_from(pages * 65_536).unwrap(),
            answer: instance.get_typed_func(&store, "answer").unwrap(),
            store,
        }
    }

    fn call(&mut self, call: Call) -> Outcome {
        let (to, given) = (self.outcome, self.outcome + 64);
        let bytes: Vec<u8> = call
            .arguments
            .iter()
            .flat_map(|it| it.to_le_bytes())
            .collect();
        let at = usize::try_from(given).unwrap();
        self.memory.write(&mut self.store, at, &bytes).unwrap();
        let args = (to, call.function, call.rounding, given);
        self.answer.call(&mut self.store, args).unwrap();
        let mut bytes = [0; 20];
        let at = usize::try_from(to).unwrap();
        self.memory.read(&self.store, at, &mut bytes).unwrap();
        Outcome {
            value: u128::from_le_bytes(bytes[..16].try_into().unwrap()),
            status: u32::from_le_bytes(bytes[16..].try_into().unwrap()),
        }
    }
}

fn assert_same_bits(answers: &[Outcome]) {
    let calls = inputs();
    assert_eq!(answers.len(), calls.len());
    for (call, answer) in calls.iter().zip(answers) {
        let (name, _) = FUNCTIONS[call.function as usize];
        assert_eq!(*answer, call.here(), "{name} {call:?}");
    }
    let hash = hash(answers.iter().copied());
    assert_eq!(hash, EXPECTED, "{hash:#x}");
}

#[test]
fn this_machine_answers_with_the_bits_of_unbounded_integers() {
    let answers: Vec<_> = inputs().into_iter().map(Call::here).collect();
    assert_same_bits(&answers);
}

#[test]
fn wasm_answers_with_the_same_bits() {
    let module = build("wasm32-unknown-unknown", &["--lib"], None).join("same_bits.wasm");
    let mut program = Program::load(&module);
    let answers: Vec<_> = inputs().into_iter().map(|it| program.call(it)).collect();
    assert_same_bits(&answers);
}

/// Native code of another width: no registers of 64 bits, addresses of 32.
#[cfg(all(target_arch = "x86_64", target_os = "linux"))]
#[test]
fn a_32_bit_machine_answers_with_the_same_bits() {
    // The target brings its own C library, and Rust its own linker, so nothing else is needed.
    let folder = build(
        "i686-unknown-linux-musl",
        &["--bin", "answers"],
        Some("rust-lld"),
    );
    let output = Command::new(folder.join("answers")).output().unwrap();
    assert!(output.status.success());
    let printed = String::from_utf8(output.stdout).unwrap();
    let mut lines = printed.lines();
    assert_eq!(lines.next(), Some("32"));
    let answers: Vec<_> = lines.map(outcome).collect();
    assert_same_bits(&answers);
}

fn outcome(line: &str) -> Outcome {
    let (value, status) = line.split_once(' ').unwrap();
    Outcome {
        value: value.parse().unwrap(),
        status: status.parse().unwrap(),
    }
}

#[test]
fn every_function_has_answers_in_every_rounding_and_what_can_fail_does() {
    let mut answers = [[0; ROUNDINGS.len()]; FUNCTIONS.len()];
    let mut errors = [0; FUNCTIONS.len()];
    for call in inputs() {
        let (function, rounding) = (call.function as usize, call.rounding as usize);
        match call.here().status {
            0 => answers[function][rounding] += 1,
            _ => errors[function] += 1,
        }
    }
    for (place, (name, _)) in FUNCTIONS.iter().enumerate() {
        let answers = answers[place];
        assert!(
            answers.iter().all(|count| *count >= 15),
            "{name} {answers:?}"
        );
        let fails = !["cbrt", "icbrt", "isqrt", "sqrt"].contains(name);
        assert_eq!(errors[place] > 0, fails, "{name}");
    }
}
