//! Lines that are refused, what a claim of many epochs costs, and the bounds up to which a state is
//! restored.

use std::cell::Cell;

use tokenomics_fee_split::{
    EpochCursor, EpochPot, EpochReading, EpochSum, EpochTerms, EpochTermsParams, EpochsState,
    Error, LinearEpochs, LinearEpochsState, Store, WeightLine, ZeroWeight,
};
use tokenomics_fixed_math::{Amount, Span, Timestamp, U256};

fn at(time: u64) -> Timestamp {
    Timestamp::new(time)
}

const PARAMS: EpochTermsParams = EpochTermsParams {
    start: Timestamp::new(100),
    length: Span::new(10),
    reading: EpochReading::First,
    zero_weight: ZeroWeight::Hold,
    claim_within: None,
};

/// Epochs 0, 1 and 2 of 10 each, of which the total is 60 and stays.
fn linear() -> LinearEpochs<[EpochPot; 3], [EpochSum; 3]> {
    let terms = EpochTerms::new(PARAMS).unwrap();
    let stores = ([EpochPot::EMPTY; 3], [EpochSum::ZERO; 3]);
    let mut epochs = LinearEpochs::new(terms, stores.0, stores.1).unwrap();
    for time in [100, 110, 120] {
        epochs.fund(Amount::new(10), at(time)).unwrap();
    }
    epochs
}

const LINE: WeightLine = WeightLine {
    since: Timestamp::new(100),
    until: Timestamp::new(1_000),
    weight: U256::ONE,
    slope: U256::ZERO,
    rises: false,
};

#[test]
fn a_line_that_cannot_be_is_refused() {
    let mut epochs = linear();
    epochs.close(|_| U256::from(60), at(130), 9).unwrap();
    let before = epochs;
    let weigh = |weight: u128, slope: u128, rises: bool| WeightLine {
        weight: U256::from(weight),
        slope: U256::from(slope),
        rises,
        ..LINE
    };
    let mut claim = |line: WeightLine, now: u64| {
        let mut cursor = EpochCursor::new();
        let claimed = epochs.claim(&mut cursor, &line, at(now));
        assert!(claimed.is_ok() || (epochs, cursor) == (before, EpochCursor::new()));
        let claimed = claimed.map(|claimed| claimed.amount);
        epochs = before;
        claimed
    };
    assert_eq!(claim(weigh(60, 3, false), 130), Ok(Amount::new(14))); // 10, 5 and 0, less a hair
    assert_eq!(claim(weigh(0, 3, true), 130), Ok(Amount::new(14)));
    // Below zero, or above the total, at the last of them or at the first.
    assert!(matches!(
        claim(weigh(59, 3, false), 130),
        Err(Error::Math(_))
    ));
    let over = |epoch: u64| Err(Error::Overweight { epoch });
    assert_eq!(claim(weigh(1, 3, true), 130), over(2));
    assert_eq!(claim(weigh(61, 3, false), 130), over(0));
    let last = at(130);
    assert_eq!(
        claim(LINE, 129),
        Err(Error::Backdated { at: at(129), last })
    );
    let late = WeightLine {
        since: at(101),
        ..LINE
    };
    let text = claim(late, 130).unwrap_err().to_string();
    assert_eq!(
        text,
        "the first instant of a weight's line is 101, above 100"
    );
    // A second claim of the same, by a copy of the place: of all pots together no more is paid.
    let (all, mut copy) = (weigh(60, 0, false), EpochCursor::new());
    let claimed = epochs.claim(&mut EpochCursor::new(), &all, at(130));
    assert_eq!(claimed.unwrap().amount, Amount::new(29)); // 30, less a hair
    assert_eq!(
        epochs.claim(&mut copy, &all, at(130)),
        Err(Error::Overweight { epoch: 0 })
    );
    let left = epochs.state().left;
    assert!(left > U256::ZERO && left < U256::from(8) && copy.next() == 0);
}

#[test]
fn a_line_is_claimed_up_to_its_end_and_what_was_read() {
    let mut epochs = linear();
    let until = at(120);
    let mut cursor = EpochCursor::new();
    let mut claim = |epochs: &mut LinearEpochs<_, _>, line: WeightLine| {
        let claimed = epochs.claim(&mut cursor, &line, at(130)).unwrap();
        (claimed.amount.get(), claimed.is_done, cursor.next())
    };
    let half = WeightLine {
        weight: U256::from(30),
        ..LINE
    };
    assert_eq!(claim(&mut epochs, half), (0, false, 0)); // nothing was read
    assert_eq!(epochs.close(|_| U256::from(60), at(130), 1), Ok(false));
    assert_eq!(claim(&mut epochs, half), (4, false, 1)); // 5, less a hair
    assert_eq!(epochs.close(|_| U256::from(60), at(130), 2), Ok(true));
    assert_eq!(
        claim(&mut epochs, WeightLine { until, ..half }),
        (5, false, 2)
    );
    assert_eq!(claim(&mut epochs, half), (5, true, 3));
}

#[test]
fn linear_epochs_are_restored_up_to_their_bounds() {
    let mut epochs = linear();
    epochs.close(|_| U256::from(60), at(130), 9).unwrap();
    let (state, (entries, sums)) = (epochs.state(), epochs.stores());
    let with = |left: U256| LinearEpochsState { left, ..state };
    assert!(LinearEpochs::restore(with(U256::new(30, 0)), *entries, *sums).is_ok());
    assert!(LinearEpochs::restore(with(U256::new(30, 1)), *entries, *sums).is_err());
    let claim_within = Some(Span::new(30));
    let terms = EpochTerms::new(EpochTermsParams {
        claim_within,
        ..PARAMS
    })
    .unwrap();
    assert!(LinearEpochs::new(terms, *entries, *sums).is_err());
    let bounded = EpochsState {
        terms,
        ..state.epochs
    };
    let bounded = LinearEpochsState {
        epochs: bounded,
        ..state
    };
    assert!(LinearEpochs::restore(bounded, *entries, *sums).is_err());
    assert!(LinearEpochs::restore(state, *entries, [EpochSum::ZERO; 4]).is_ok());
    assert!(LinearEpochs::restore(state, *entries, [EpochSum::ZERO; 2]).is_err());
}

/// A chain's storage that counts what is read.
struct Chain<T> {
    entries: Vec<T>,
    reads: Cell<u32>,
}

impl<T: Copy> Chain<T> {
    fn new() -> Self {
        let (entries, reads) = (Vec::new(), Cell::new(0));
        Self { entries, reads }
    }
}

impl<T: Copy> Store for Chain<T> {
    type Entry = T;

    fn get(&self, index: u32) -> Option<T> {
        self.reads.set(self.reads.get() + 1);
        let index = usize::try_from(index).unwrap();
        self.entries.as_slice().get(index).copied()
    }

    fn set(&mut self, index: u32, entry: T) {
        let index = usize::try_from(index).unwrap();
        if index == self.entries.len() {
            self.entries.push(entry);
        } else {
            self.entries[index] = entry;
        }
    }
}

/// A claim of ten thousand epochs reads the entries of a bisection and two more, and the sums at both ends.
#[test]
fn ten_thousand_epochs_are_claimed_with_twenty_reads() {
    let terms = EpochTerms::new(PARAMS).unwrap();
    let mut epochs = LinearEpochs::new(terms, Chain::new(), Chain::new()).unwrap();
    let count = 10_000;
    for number in 0..count {
        epochs.fund(Amount::new(3), at(100 + 10 * number)).unwrap();
    }
    let now = at(100 + 10 * count);
    assert_eq!(epochs.close(|_| U256::from(3), now, u32::MAX), Ok(true));
    let (entries, sums) = epochs.stores();
    entries.reads.set(0);
    sums.reads.set(0);
    let line = WeightLine {
        until: Timestamp::MAX,
        ..LINE
    };
    let mut cursor = EpochCursor::new();
    let claimed = epochs.claim(&mut cursor, &line, now).unwrap();
    assert_eq!(
        (claimed.amount, claimed.is_done),
        (Amount::new(10_000), true)
    );
    let (entries, sums) = epochs.stores();
    assert!(entries.reads.get() <= 18, "{}", entries.reads.get());
    assert_eq!(sums.reads.get(), 1);
}

/// `LinearEpochs::restore` doesn't sum the entries, so that each claim checks what it takes from them.
#[test]
fn of_entries_with_too_much_no_more_is_paid_than_was_funded() {
    let epochs = linear();
    let (mut entries, sums) = (*epochs.stores().0, *epochs.stores().1);
    let too_much = EpochPot::restore(0, Amount::new(100), U256::ZERO, U256::ZERO);
    entries[0] = too_much.unwrap(); // of 30 that all have
    let mut epochs = LinearEpochs::restore(epochs.state(), entries, sums).unwrap();
    assert_eq!(epochs.close(|_| U256::ONE, at(130), 9), Ok(true));
    let before = epochs;
    let claimed = epochs.claim(&mut EpochCursor::new(), &LINE, at(130));
    assert!(matches!(claimed, Err(Error::OutOfRange { bound: 30, .. })));
    assert_eq!(epochs, before);
}
