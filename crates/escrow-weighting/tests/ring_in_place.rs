//! A ring whose slots stay where they are: it comes to what an array of them does, touches a number of
//! slots that no silence raises, and names the time that is off its period.

use std::cell::Cell;

use tokenomics_escrow_weighting::{
    Error, Line, Lock, LockKind, Power, Quantity, Ring, RingHead, RingSlot, SlotRing, Store, Totals,
};
use tokenomics_fixed_math::{Amount, Span, Timestamp, U256};

const SLOTS: usize = 8;
const PERIOD: Span = Span::new(10);
/// Four integers of 128 bits of the line, and the amount.
const BYTES: usize = 5 * 16;

/// The slots in an account's bytes, of which each is read and written alone.
struct Account<'a> {
    bytes: &'a mut [u8],
    touched: &'a Cell<u32>,
}

impl Store for Account<'_> {
    type Entry = RingSlot;

    fn get(&self, index: u32) -> Option<RingSlot> {
        self.touched.set(self.touched.get() + 1);
        let bytes = self.bytes.chunks_exact(BYTES).nth(index as usize)?;
        let part =
            |at: usize| u128::from_le_bytes(bytes[16 * at..16 * at + 16].try_into().unwrap());
        let (slope, intercept) = (U256::new(part(0), part(1)), U256::new(part(2), part(3)));
        let line = Line::from_parts(slope, intercept);
        Some((line, Amount::new(part(4))))
    }

    fn set(&mut self, index: u32, (line, held): RingSlot) {
        self.touched.set(self.touched.get() + 1);
        let (slope, intercept) = line.parts();
        let parts = [slope.high(), slope.low(), intercept.high(), intercept.low()];
        let slot = self.bytes.chunks_exact_mut(BYTES).nth(index as usize);
        let parts = parts.into_iter().chain([held.get()]);
        for (bytes, part) in slot.unwrap().chunks_exact_mut(16).zip(parts) {
            bytes.copy_from_slice(&part.to_le_bytes());
        }
    }

    fn capacity(&self) -> u32 {
        SLOTS as u32
    }
}

fn at(time: u64) -> Timestamp {
    Timestamp::new(time)
}

fn lock(amount: u128, end: u64) -> Power {
    let kind = LockKind::Decaying {
        rate: 1,
        end: at(end),
    };
    Lock::new(Amount::new(amount), kind).unwrap().into()
}

/// A head and an account's bytes, from which each call makes its ring.
struct Kept {
    head: RingHead,
    bytes: Vec<u8>,
    touched: Cell<u32>,
}

impl Kept {
    fn new() -> Self {
        let head = Ring::<SLOTS>::new(PERIOD).unwrap().head();
        let (bytes, touched) = (vec![0; SLOTS * BYTES], Cell::new(0));
        Self {
            head,
            bytes,
            touched,
        }
    }

    /// Makes one call, and returns how often it touched a slot.
    fn call<R>(&mut self, call: impl FnOnce(&mut SlotRing<Account<'_>>) -> R) -> (R, u32) {
        self.touched.set(0);
        let (bytes, touched) = (self.bytes.as_mut_slice(), &self.touched);
        let mut ring = SlotRing::resume(self.head, Account { bytes, touched }).unwrap();
        let answer = call(&mut ring);
        self.head = ring.head();
        (answer, self.touched.get())
    }
}

#[test]
fn slots_in_an_accounts_bytes_come_to_those_in_an_array() {
    let (mut kept, mut ring) = (Kept::new(), Ring::<SLOTS>::new(PERIOD).unwrap());
    let (mut now, mut random, mut held) = (0, 7_u64, Vec::<Power>::new());
    for _ in 0..2_000 {
        random = random.wrapping_mul(6_364_136_223_846_793_005) ^ 1_442_695_040_888_963_407;
        now += (random >> 40) % [4, 30, 200][(random >> 20) as usize % 3];
        let end = (now / 10 + 1 + (random >> 33) % 9) * 10;
        let power = lock(1 + u128::from(random >> 55), end);
        let old = held.first().copied();
        let ended = old.filter(|old| old.lock().has_ended(at(now)));
        let answer = match ended {
            Some(ended) => {
                let answer = ring.release(at(now), ended);
                assert_eq!(kept.call(|ring| ring.release(at(now), ended)).0, answer);
                answer
            }
            None => {
                let old = old.filter(|_| random >> 60 < 4);
                let answer = ring.replace(at(now), old, Some(power));
                let (same, _) = kept.call(|ring| ring.replace(at(now), old, Some(power)));
                assert_eq!(same, answer);
                if answer.is_ok() {
                    held.push(power);
                }
                answer.and(old.map_or(Err(Error::OtherKind), |_| Ok(())))
            }
        };
        if answer.is_ok() {
            held.remove(0);
        }
        assert_eq!(kept.head, ring.head());
        let read = at(now + (random >> 50) % 120);
        let (weight, _) = kept.call(|ring| ring.weight_at(read));
        assert_eq!(weight, ring.weight_at(read));
    }
}

#[test]
fn no_silence_makes_a_call_touch_more_slots() {
    let most = SLOTS as u32;
    let after = |silence: u64| {
        let mut kept = Kept::new();
        for end in 1..=8 {
            let power = lock(5, end * 10);
            kept.call(|ring| ring.replace(at(1), None, Some(power)).unwrap());
        }
        let now = 1 + silence;
        let (weight, read) = kept.call(|ring| ring.weight_at(at(now)).unwrap());
        let end = (now / 10 + 1) * 10;
        let ((), made) = kept.call(|ring| ring.replace(at(now), None, Some(lock(3, end))).unwrap());
        let ((), let_go) = kept.call(|ring| ring.release(at(end), lock(3, end)).unwrap());
        assert_eq!(weight.is_zero(), silence >= 79);
        (read, made, let_go)
    };
    // Each slot is read and freed once at most, beside the one or two that the change is about.
    for silence in [0, 9, 25, 78] {
        let (read, made, let_go) = after(silence);
        assert!(read <= most && made <= 2 * most + 6 && let_go <= 2 * most);
    }
    let of_all = after(80);
    for silence in [81, 160, 10_000, 1 << 40, 1 << 62] {
        assert_eq!(after(silence), of_all);
    }
    let (read, made, let_go) = of_all;
    assert_eq!((read, let_go), (most, 2));
    assert!(made <= 2 * most + 6, "{made}");
}

/// A bonus that is full between two periods was called an end.
#[test]
fn what_is_off_the_period_is_named() {
    let mut ring = Ring::<SLOTS>::new(PERIOD).unwrap();
    let before = ring;
    let growing = |since, full, end| {
        let (level, rate) = (1, 1);
        let [since, full] = [since, full].map(at);
        let kind = LockKind::Growing {
            level,
            rate,
            since,
            full,
            end,
        };
        Power::from(Lock::new(Amount::new(2), kind).unwrap())
    };
    let cases = [
        (lock(2, 15), Quantity::End, 15),
        (growing(0, 15, Some(at(40))), Quantity::Full, 15),
        (growing(12, 30, None), Quantity::Since, 12),
        (growing(0, 30, Some(at(41))), Quantity::End, 41),
        (lock(2, 40).until(at(17)), Quantity::Until, 17),
        (lock(2, 40).starting(at(13)), Quantity::From, 13),
    ];
    for (power, what, time) in cases {
        let (at_time, granule) = (at(time), PERIOD);
        let off = Err(Error::OffGranule {
            what,
            at: at_time,
            granule,
        });
        assert_eq!(ring.replace(at(5), None, Some(power)), off, "{power:?}");
        assert_eq!(ring, before);
    }
    let full = ring
        .replace(at(5), None, Some(growing(0, 15, None)))
        .unwrap_err();
    assert_eq!(
        full.to_string(),
        "the time at which a bonus is full is 15, not a multiple of the granule, 10"
    );
}

/// The last slot is the period after which the first comes round again.
#[test]
fn a_ring_reaches_as_far_as_it_has_slots() {
    let mut slots = [RingSlot::default(); SLOTS];
    let mut ring = SlotRing::new_in(PERIOD, slots.as_mut_slice()).unwrap();
    let full = Err(Error::Full { capacity: 8 });
    assert_eq!(ring.replace(at(9), None, Some(lock(1, 90))), full);
    ring.replace(at(9), None, Some(lock(1, 80))).unwrap();
    ring.replace(at(10), None, Some(lock(1, 90))).unwrap();
    assert_eq!(ring.weight_at(at(79)), Ok(U256::from(1 + 11)));
    assert_eq!(ring.weight_at(at(89)), Ok(U256::from(1)));
    assert_eq!(ring.weight_at(at(90)), Ok(U256::ZERO));
    // What has passed in the very instant is out of its slot.
    ring.replace(at(80), None, Some(lock(4, 160))).unwrap();
    assert_eq!(ring.head().ended, Amount::new(1));
    assert_eq!(ring.weight_at(at(80)), Ok(U256::from(10 + 4 * 80)));
}
