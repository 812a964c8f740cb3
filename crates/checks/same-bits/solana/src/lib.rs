//! The program of crates/checks/same-bits in Solana's virtual machine, a batch of cases a call.

mod memory;

use std::sync::Arc;

use same_bits::{Call, Case, Outcome, OUTCOME_BYTES};
use solana_sbpf::aligned_memory::AlignedMemory;
use solana_sbpf::ebpf::{HOST_ALIGN, MM_HEAP_START, MM_INPUT_START, MM_STACK_START};
use solana_sbpf::elf::Executable;
use solana_sbpf::error::ProgramResult;
use solana_sbpf::memory_region::{MemoryMapping, MemoryRegion};
use solana_sbpf::program::{BuiltinFunction, BuiltinProgram};
use solana_sbpf::vm::{Config, ContextObject, EbpfVm};

/// What a call may compute: more than any batch takes, and few enough to end.
const UNITS: u64 = 1 << 32;
/// The frame of a call, and so of the linker's: longer than a chain's, as one program holds all mechanisms.
/// The gap below each is as long, and what is stored in one ends the program, as it does on a chain.
const FRAME: usize = 32_768;
/// The memory to allocate from that the program counts on.
const HEAP: usize = 262_144;

/// What a call has left to compute.
pub struct Meter {
    left: u64,
}

impl ContextObject for Meter {
    fn consume(&mut self, units: u64) {
        self.left = self.left.saturating_sub(units);
    }

    fn get_remaining(&self) -> u64 {
        self.left
    }
}

/// The virtual machine with the program.
pub struct Machine(Executable<Meter>);

impl Machine {
    /// Loads a program, or says why it can't be.
    pub fn load(program: &[u8]) -> Result<Self, String> {
        let config = Config {
            stack_frame_size: FRAME,
            enable_stack_frame_gaps: true,
            ..Config::default()
        };
        let mut loader = BuiltinProgram::new_loader(config);
        let calls: [(&str, BuiltinFunction<Meter>); 4] = [
            ("sol_memcpy_", memory::Move::vm),
            ("sol_memmove_", memory::Move::vm),
            ("sol_memset_", memory::Set::vm),
            ("sol_memcmp_", memory::Compare::vm),
        ];
        for (name, call) in calls {
            let known = loader.register_function(name, call);
            known.map_err(|error| error.to_string())?;
        }
        let program = Executable::from_elf(program, Arc::new(loader));
        let mut program = program.map_err(|error| error.to_string())?;
        #[cfg(target_arch = "x86_64")]
        program.jit_compile().map_err(|error| error.to_string())?;
        Ok(Self(program))
    }

    /// Makes a batch of calls of functions and of cases, and returns their outcomes, or why there are none.
    pub fn batch(&self, calls: &[Call], cases: &[Case]) -> Result<Vec<Outcome>, String> {
        let head = [calls.len() as u64, cases.len() as u64].map(u64::to_le_bytes);
        let mut input = head.concat();
        calls.iter().for_each(|call| call.write(&mut input));
        cases.iter().for_each(|case| case.write(&mut input));
        let from = input.len();
        // What a program leaves is no outcome of any call.
        input.resize(from + (calls.len() + cases.len()) * OUTCOME_BYTES, u8::MAX);
        match self.execute(&mut input) {
            ProgramResult::Ok(0) => {
                let outcomes = input[from..].chunks(OUTCOME_BYTES);
                Ok(outcomes.map(Outcome::read).collect())
            }
            other => Err(format!("{other:?}")),
        }
    }

    fn execute(&self, input: &mut [u8]) -> ProgramResult {
        let config = self.0.get_config();
        let mut stack = AlignedMemory::<HOST_ALIGN>::zero_filled(config.stack_size());
        let mut heap = AlignedMemory::<HOST_ALIGN>::zero_filled(HEAP);
        let length = stack.len();
        let regions = vec![
            self.0.get_ro_region(),
            MemoryRegion::new_writable_gapped(stack.as_slice_mut(), MM_STACK_START, FRAME as u64),
            MemoryRegion::new_writable(heap.as_slice_mut(), MM_HEAP_START),
            MemoryRegion::new_writable(input, MM_INPUT_START),
        ];
        let version = self.0.get_sbpf_version();
        let mapping = MemoryMapping::new(regions, config, version).expect("the memory");
        let (mut meter, loader) = (Meter { left: UNITS }, self.0.get_loader().clone());
        let mut machine = EbpfVm::new(loader, version, &mut meter, mapping, length);
        machine.registers[1] = MM_INPUT_START;
        let (_, result) = machine.execute_program(&self.0, !cfg!(target_arch = "x86_64"));
        result
    }
}
