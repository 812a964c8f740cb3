//! What a call reads and writes, as the host that keeps the storage sees it.

use core::fmt;
use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock, Mutex};

use sp_io::hashing::twox_128;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use crate::weights::Accesses;

/// The keys are hashed once.
static OF_EVERY_CALL: LazyLock<Vec<String>> = LazyLock::new(of_every_call);

/// The keys that were read and written.
#[derive(Default)]
struct Keys {
    read: BTreeSet<String>,
    written: BTreeSet<String>,
}

/// Hears of each access to storage, but to what every call reads and writes.
struct Heard {
    keys: Arc<Mutex<Keys>>,
    of_every_call: Vec<String>,
}

impl Subscriber for Heard {
    fn enabled(&self, about: &Metadata<'_>) -> bool {
        about.target() == "state"
    }

    fn event(&self, event: &Event<'_>) {
        let mut access = Access::default();
        event.record(&mut access);
        if self
            .of_every_call
            .iter()
            .any(|key| access.key.contains(key))
        {
            return;
        }
        let mut keys = self.keys.lock().unwrap();
        match access.method.as_str() {
            "Get" | "Exists" => keys.read.insert(access.key),
            "Put" => keys.written.insert(access.key),
            _ => false,
        };
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

#[derive(Default)]
struct Access {
    method: String,
    key: String,
}

impl Visit for Access {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "method" {
            self.method = value.to_owned();
        }
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        if field.name() == "key" {
            self.key = format!("{value:?}");
        }
    }
}

/// Returns the keys that every call reads and writes, whatever it does, which no weight counts.
fn of_every_call() -> Vec<String> {
    let names: [&[u8]; 4] = [b"Number", b"ExecutionPhase", b"EventCount", b"Events"];
    let of_system = names.map(|name| [twox_128(b"System"), twox_128(name)].concat());
    let of_layers = b":transaction_level:".to_vec();
    let hex = |key: Vec<u8>| key.iter().map(|byte| format!("{byte:02x}")).collect();
    of_system.into_iter().chain([of_layers]).map(hex).collect()
}

/// Returns what `run` returns, and how many entries it read and wrote: each once, as what a block has read
/// or written is at hand from then on.
pub(super) fn counted<R>(run: impl FnOnce() -> R) -> (R, Accesses) {
    let keys = Arc::new(Mutex::new(Keys::default()));
    let heard = Heard {
        keys: Arc::clone(&keys),
        of_every_call: OF_EVERY_CALL.clone(),
    };
    let done = tracing::subscriber::with_default(heard, run);
    let keys = keys.lock().unwrap();
    let count = |keys: &BTreeSet<String>| keys.len() as u64;
    let (reads, writes) = (count(&keys.read), count(&keys.written));
    (done, Accesses { reads, writes })
}
