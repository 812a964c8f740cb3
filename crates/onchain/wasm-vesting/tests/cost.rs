//! What a call of `mul_div` costs on wasm, in the interpreter's fuel: about a unit for each
//! instruction that is executed.

use std::path::Path;
use std::process::Command;

use wasmi::{Config, Engine, Linker, Memory, Module, Store, TypedFunc};

/// Product and divisor of up to 64 bits: one division.
const MOST_OF_64_BITS: u64 = 700;
/// Any other quotient that fits: four divisions.
const MOST: u64 = 1_500;

type MulDiv = (u32, u64, u64, u64, u64, u64, u64, u32);

struct Program {
    store: Store<()>,
    memory: Memory,
    /// Where the outcome of a call is written: a page that the program doesn't use.
    outcome: u32,
    mul_div: TypedFunc<MulDiv, ()>,
}

impl Program {
    fn load() -> Self {
        let mut config = Config::default();
        config.consume_fuel(true);
        let engine = Engine::new(&config);
        let module = Module::new(&engine, build()).unwrap();
        let mut store = Store::new(&engine, ());
        store.set_fuel(u64::MAX).unwrap();
        let linker = Linker::new(&engine);
        let instance = linker.instantiate_and_start(&mut store, &module).unwrap();
        let memory = instance.get_memory(&store, "memory").unwrap();
        let pages = memory.grow(&mut store, 1).unwrap();
        let mut program = Self {
            memory,
            outcome: u32::try_from(pages * 65_536).unwrap(),
            mul_div: instance.get_typed_func(&store, "mul_div").unwrap(),
            store,
        };
        // The interpreter compiles a function, which it counts, when it is first called.
        program.cost(1, 1, 1);
        program.cost(u128::MAX, u128::MAX, u128::MAX);
        program
    }

    /// The fuel of a call, which must have a result.
    fn cost(&mut self, a: u128, b: u128, c: u128) -> u64 {
        let before = self.store.get_fuel().unwrap();
        let (low, high) = (|n: u128| n as u64, |n: u128| (n >> 64) as u64);
        let to = self.outcome;
        let args = (to, low(a), high(a), low(b), high(b), low(c), high(c), 0);
        self.mul_div.call(&mut self.store, args).unwrap();
        let mut status = [0; 4];
        let at = usize::try_from(to + 16).unwrap();
        self.memory.read(&self.store, at, &mut status).unwrap();
        assert_eq!(u32::from_le_bytes(status), wasm_vesting::OK);
        before - self.store.get_fuel().unwrap()
    }
}

/// The module, as it would be deployed.
fn build() -> Vec<u8> {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("wasm");
    let built = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--release", "--locked"])
        .args(["--target", "wasm32-unknown-unknown", "--target-dir"])
        .arg(&target)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .status()
        .unwrap();
    assert!(built.success(), "rustup target add wasm32-unknown-unknown");
    std::fs::read(target.join("wasm32-unknown-unknown/release/wasm_vesting.wasm")).unwrap()
}

/// Numbers of any length, of random bits and of runs of ones and zeros.
fn numbers(mut state: u64) -> impl Iterator<Item = u128> {
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    std::iter::repeat_with(move || {
        let length = next() % 128;
        let random = u128::from(next()) << 64 | u128::from(next());
        let run = (u128::MAX << (next() % 128)) ^ random >> 100;
        [random, run][(next() % 2) as usize] >> length
    })
}

#[test]
fn mul_div_costs_about_the_same_for_all_operands() {
    let mut program = Program::load();
    let mut numbers = numbers(0x9e37_79b9_7f4a_7c15);
    let (mut least, mut most, mut most_of_64_bits) = (u64::MAX, 0, 0);
    let (mut wide, mut narrow) = (0, 0);
    while wide < 20_000 || narrow < 1_000 {
        let [a, b, c] = [(); 3].map(|()| numbers.next().unwrap());
        // Above the smaller factor, so that the quotient fits.
        let c = c.max(a.min(b)).max(1);
        let cost = program.cost(a, b, c);
        let product = a.checked_mul(b).map_or(u128::MAX, |product| product.max(c));
        if product <= u64::MAX.into() {
            narrow += 1;
            most_of_64_bits = most_of_64_bits.max(cost);
        } else {
            wide += 1;
            (least, most) = (least.min(cost), most.max(cost));
        }
    }
    println!("{most_of_64_bits} for up to 64 bits, else {least} to {most}");
    assert!(most_of_64_bits <= MOST_OF_64_BITS, "{most_of_64_bits}");
    assert!(most <= MOST, "{most}");
    assert!(2 * most <= 3 * least, "{least} to {most}");
}
