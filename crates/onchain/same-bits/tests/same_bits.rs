//! The law `same_bits`, between x86-64 and wasm32.

use std::path::{Path, PathBuf};
use std::process::Command;

use same_bits::{hash, inputs, Call, Outcome};
use wasmi::{Engine, Instance, Linker, Memory, Module, Store, TypedFunc};

/// Of every outcome of inputs.csv, also when computed with the unbounded integers of Python. It
/// changes when the inputs do, or when an answer does.
const EXPECTED: u64 = 0xe609_71f1_d5e3_a054;

/// Builds the program the way it would be deployed.
fn build() -> PathBuf {
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("../wasm-vesting");
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("wasm");
    let built = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--release", "--locked"])
        .args(["--target", "wasm32-unknown-unknown", "--target-dir"])
        .arg(&target)
        .current_dir(&program)
        .status()
        .unwrap();
    assert!(built.success(), "rustup target add wasm32-unknown-unknown");
    target.join("wasm32-unknown-unknown/release/wasm_vesting.wasm")
}

type MulDiv = (u32, u64, u64, u64, u64, u64, u64, u32);
type VestedAt = (u32, u64, u64, u64, u64, u64);

struct Program {
    store: Store<()>,
    memory: Memory,
    // Where the outcome of a call is written: a page that the program doesn't use.
    outcome: u32,
    mul_div: TypedFunc<MulDiv, ()>,
    vested_at: TypedFunc<VestedAt, ()>,
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
            mul_div: instance.get_typed_func(&store, "mul_div").unwrap(),
            vested_at: instance.get_typed_func(&store, "vested_at").unwrap(),
            store,
        }
    }

    fn call(&mut self, call: Call) -> Outcome {
        let (low, high) = (|n: u128| n as u64, |n: u128| (n >> 64) as u64);
        let (store, to) = (&mut self.store, self.outcome);
        match call {
            Call::MulDiv(a, b, c, ceil) => {
                let args = (to, low(a), high(a), low(b), high(b), low(c), high(c), ceil);
                self.mul_div.call(store, args).unwrap();
            }
            Call::VestedAt(start, end, total, at) => {
                let args = (to, start, end, low(total), high(total), at);
                self.vested_at.call(store, args).unwrap();
            }
        }
        let mut bytes = [0; 20];
        let at = usize::try_from(to).unwrap();
        self.memory.read(&self.store, at, &mut bytes).unwrap();
        Outcome {
            value: u128::from_le_bytes(bytes[..16].try_into().unwrap()),
            status: u32::from_le_bytes(bytes[16..].try_into().unwrap()),
        }
    }
}

#[test]
fn the_host_and_wasm_answer_with_the_same_bits() {
    let calls = inputs();
    let mut program = Program::load(&build());
    let on_wasm: Vec<_> = calls.iter().map(|call| program.call(*call)).collect();
    for (call, on_wasm) in calls.iter().zip(&on_wasm) {
        assert_eq!(call.on_host(), *on_wasm, "{call:?}");
    }
    assert_eq!(hash(on_wasm), EXPECTED);
}

#[test]
fn the_inputs_have_answers_and_errors_of_both_exports() {
    let mut seen = [[0; 2]; 2];
    for call in inputs() {
        let export = usize::from(matches!(call, Call::VestedAt(..)));
        seen[export][call.on_host().status as usize] += 1;
    }
    assert!(seen.iter().flatten().all(|count| *count >= 20), "{seen:?}");
}
