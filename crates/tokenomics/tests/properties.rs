//! The laws of what all crates share, called with what stands in storage and is changed by somebody.

mod laws;

use proptest::prelude::*;

/// The number of a type, and one of its values as borsh, SCALE (if that is other bytes) and JSON write it.
type Row = (u16, [Vec<u8>; 3]);

/// The rows of stored values.
fn stored() -> Vec<Row> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/codecs/stored");
    let files = std::fs::read_dir(folder).unwrap();
    let rows = files.flat_map(|file| {
        let path = file.unwrap().path();
        let krate = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let page = std::fs::read_to_string(&path).unwrap();
        let rows = page.lines().skip(1).map(|line| row(&krate, line));
        rows.collect::<Vec<_>>()
    });
    rows.collect()
}

fn row(krate: &str, line: &str) -> Row {
    let cells: Vec<_> = line.splitn(4, " | ").collect();
    let which = laws::number_of(krate, cells[0]).unwrap_or_else(|| panic!("{}", cells[0]));
    (which, [bytes(cells[1]), bytes(cells[2]), cells[3].into()])
}

fn bytes(text: &str) -> Vec<u8> {
    let pairs = (0..text.len() / 2).map(|at| &text[2 * at..][..2]);
    pairs
        .map(|pair| u8::from_str_radix(pair, 16).unwrap())
        .collect()
}

/// A change of bytes: cut, lengthened, or with other bytes at some places.
#[derive(Debug, Clone)]
enum Change {
    Cut(prop::sample::Index),
    Longer(Vec<u8>),
    Other(Vec<(prop::sample::Index, u8)>),
}

fn change() -> impl Strategy<Value = Change> {
    let at = any::<prop::sample::Index>;
    let byte = prop_oneof![3 => prop::sample::select(b"\x00\x01\x02\x7f\x80\xff09.-".to_vec()), 1 => any::<u8>()];
    let longer = prop::collection::vec(any::<u8>(), 1..9);
    prop_oneof![
        1 => at().prop_map(Change::Cut),
        1 => longer.prop_map(Change::Longer),
        4 => prop::collection::vec((at(), byte), 1..4).prop_map(Change::Other),
    ]
}

fn changed(mut bytes: Vec<u8>, change: &Change) -> Vec<u8> {
    match change {
        Change::Cut(at) => bytes.truncate(at.index(bytes.len() + 1)),
        Change::Longer(more) => bytes.extend(more),
        Change::Other(places) => {
            for (at, byte) in places {
                if !bytes.is_empty() {
                    let at = at.index(bytes.len());
                    bytes[at] = *byte;
                }
            }
        }
    }
    bytes
}

#[test]
fn what_is_stored_is_read_and_no_part_of_it() {
    for (which, [borsh, scale, json]) in stored() {
        for cell in [borsh, scale, json] {
            for length in 0..=cell.len() {
                laws::hostile_bytes_are_refused(which, &cell[..length]);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20))]

    /// A stored value of each type and variant, changed in a way that is drawn, and garbage as any type.
    #[test]
    fn hostile_bytes_are_refused(
        changes in prop::collection::vec(change(), 101),
        garbage in prop::collection::vec(any::<u8>(), 0..300),
    ) {
        let mut changes = changes.iter().cycle();
        for (which, cells) in stored() {
            for cell in cells {
                let hostile = changed(cell, changes.next().unwrap());
                laws::hostile_bytes_are_refused(which, &hostile);
            }
        }
        for which in 0..1_000 {
            laws::hostile_bytes_are_refused(which, &garbage);
        }
    }
}
