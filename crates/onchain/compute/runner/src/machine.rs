//! Solana's virtual machine with one program in it, and the count of what it executes.

use std::sync::Arc;

use compute::calls::{run, Call};
use compute::Operands;
use solana_sbpf::aligned_memory::AlignedMemory;
use solana_sbpf::ebpf::{HOST_ALIGN, MM_HEAP_START, MM_INPUT_START, MM_STACK_START};
use solana_sbpf::elf::Executable;
use solana_sbpf::error::ProgramResult;
use solana_sbpf::memory_region::{MemoryMapping, MemoryRegion};
use solana_sbpf::program::BuiltinProgram;
use solana_sbpf::vm::{Config, ContextObject, EbpfVm};

/// The most that a transaction may take.
const LIMIT: u64 = 1_400_000;
const HEAP: usize = 32 * 1024;

struct Meter {
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

/// A program that is loaded.
pub struct Machine {
    program: Executable<Meter>,
}

impl Machine {
    pub fn new(elf: &[u8]) -> Self {
        let loader = Arc::new(BuiltinProgram::new_loader(Config::default()));
        let program = Executable::from_elf(elf, loader).expect("a program");
        Self { program }
    }

    /// Returns the compute units of a call, all told; or says why there is no result as the host has it.
    pub fn units(&self, call: Call, operands: &Operands) -> Result<u64, String> {
        let expected = std::panic::catch_unwind(|| run(call as u64, operands));
        let expected =
            expected.map_err(|_| format!("{call:?} {operands:?}: panics on the host"))?;
        let words = [call as u64, expected].into_iter().chain(*operands);
        let instruction: Vec<u8> = words.flat_map(u64::to_le_bytes).collect();
        // No accounts, then the length of the instruction.
        let head = [0, instruction.len() as u64].map(u64::to_le_bytes).concat();
        let (units, result) = self.executed([head, instruction].concat());
        match result {
            ProgramResult::Ok(0) => Ok(units),
            other => Err(format!("{call:?} {operands:?}: {other:?}")),
        }
    }

    fn executed(&self, mut input: Vec<u8>) -> (u64, ProgramResult) {
        let config = self.program.get_config();
        let mut stack = AlignedMemory::<HOST_ALIGN>::zero_filled(config.stack_size());
        let mut heap = AlignedMemory::<HOST_ALIGN>::zero_filled(HEAP);
        let (length, gap) = (stack.len(), config.stack_frame_size as u64);
        let regions = vec![
            self.program.get_ro_region(),
            MemoryRegion::new_writable_gapped(stack.as_slice_mut(), MM_STACK_START, gap),
            MemoryRegion::new_writable(heap.as_slice_mut(), MM_HEAP_START),
            MemoryRegion::new_writable(&mut input, MM_INPUT_START),
        ];
        let version = self.program.get_sbpf_version();
        let mapping = MemoryMapping::new(regions, config, version).expect("the memory");
        let (mut meter, loader) = (Meter { left: LIMIT }, self.program.get_loader().clone());
        let mut machine = EbpfVm::new(loader, version, &mut meter, mapping, length);
        machine.registers[1] = MM_INPUT_START;
        machine.execute_program(&self.program, true)
    }
}
