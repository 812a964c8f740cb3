//! The tables that teams keep, each as a design with figures worked out by hand.

use std::fs;
use std::path::Path;

use tokenomics_fixed_math::{Amount, Timestamp};
use tokenomics_simulation::{
    calendar, DateOrder, DecimalMark, Design, Import, ImportError, Imported, Overrides, Percent,
    VestingFrom,
};
use tokenomics_vesting::Schedule as _;

fn date(text: &str) -> Timestamp {
    calendar::parse_date(text).unwrap()
}

fn at(genesis: &str) -> Import {
    Import {
        genesis: Some(date(genesis)),
        ..Import::default()
    }
}

fn parsed(imported: &Imported) -> Design {
    let text = &imported.design;
    Design::parse("t.toml", text, Overrides::default())
        .unwrap_or_else(|error| panic!("{:?}\n{text}", error.problems()))
}

#[track_caller]
fn design(options: &Import, table: &str) -> Design {
    match options.read("t.csv", table.as_bytes()) {
        Ok(imported) => parsed(&imported),
        Err(ImportError::Invalid(error)) => panic!("{:?}", error.problems()),
        Err(error) => panic!("{error}"),
    }
}

/// The messages and the help of what is wrong with a table.
#[track_caller]
fn refused(options: &Import, table: &str) -> Vec<String> {
    match options.read("t.csv", table.as_bytes()) {
        Err(ImportError::Invalid(error)) => error
            .problems()
            .iter()
            .map(|problem| format!("{problem} ({})", problem.help.clone().unwrap_or_default()))
            .collect(),
        Err(ImportError::Refused { message, help }) => vec![format!("{message} ({help})")],
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn says(options: &Import, table: &str, words: &[&str]) {
    let said = refused(options, table);
    assert_eq!(said.len(), words.len(), "{said:?}");
    for (said, words) in said.iter().zip(words) {
        assert!(said.contains(words), "{said}");
    }
}

/// What an allocation has vested at a date, in whole tokens of 6 decimals.
#[track_caller]
fn vested(design: &Design, name: &str, at: &str) -> u128 {
    let allocation = design.allocations.iter().find(|one| one.name == name);
    let schedules = &allocation.expect(name).schedules;
    let all = schedules.iter().map(|plan| plan.vested_at(date(at)));
    let all = Amount::try_sum(all).unwrap().get();
    assert_eq!(all % 1_000_000, 0, "{all}");
    all / 1_000_000
}

const TERMS: &str = "Category,% of supply,Tokens,TGE %,Cliff (months),Vesting (months)\n\
    Core team,20%,\"240,000,000\",0%,12,24\n\
    Seed,15%,\"180,000,000\",10%,6,18\n\
    Community,65%,\"780,000,000\",25%,0,36\n";

#[test]
fn terms_are_a_part_at_genesis_and_a_line_after_the_cliff() {
    let options = Import {
        genesis: Some(date("2027-01-01")),
        ..Import::default()
    };
    let design = design(&options, TERMS);
    assert_eq!(design.token.genesis, date("2027-01-01"));
    for (name, at, wanted) in [
        ("Core team", "2027-12-31", 0),
        ("Core team", "2028-01-01", 0),
        // 366 of the 731 days of 2028 and 2029.
        ("Core team", "2030-01-01", 240_000_000),
        ("Seed", "2027-01-01", 18_000_000),
        ("Seed", "2027-07-01", 18_000_000),
        ("Seed", "2029-01-01", 180_000_000),
        ("Community", "2027-01-01", 195_000_000),
        ("Community", "2030-01-01", 780_000_000),
    ] {
        assert_eq!(vested(&design, name, at), wanted, "{name} {at}");
    }
}

#[test]
fn vesting_may_count_from_the_start() {
    let options = Import {
        vesting: VestingFrom::Start,
        ..at("2027-01-01")
    };
    let design = design(&options, TERMS);
    // 24 months from genesis, of which the cliff holds the first 12 back: 365 of 731 days at once.
    assert_eq!(vested(&design, "Core team", "2027-12-31"), 0);
    assert_eq!(vested(&design, "Core team", "2029-01-01"), 240_000_000);
    let text = options.read("t.csv", TERMS.as_bytes()).unwrap().design;
    assert!(text.contains("end = \"2y\", gate = \"1y\""), "{text}");
}

#[test]
fn terms_name_their_units_and_instalments() {
    let table = "Allocation;Tokens;TGE;Cliff;Vesting;Type\n\
        Team;1.200,0;0%;1 year;12 months;Linear monthly\n\
        Fund;365;0;90 days;none;\n\
        Drop;5;100%;0;0;\n";
    let design = design(&at("2027-01-31"), table);
    // Each month's last day, from a month after the cliff on.
    for (day, wanted) in [
        ("2028-01-31", 0),
        ("2028-02-28", 0),
        ("2028-02-29", 100),
        ("2028-03-31", 200),
        ("2029-01-31", 1_200),
    ] {
        assert_eq!(vested(&design, "Team", day), wanted, "{day}");
    }
    assert_eq!(vested(&design, "Fund", "2027-04-30"), 0);
    assert_eq!(vested(&design, "Fund", "2027-05-01"), 365);
    assert_eq!(vested(&design, "Drop", "2027-01-31"), 5);
}

#[test]
fn shares_alone_need_a_supply_and_sum_to_one() {
    let table = "Round,Allocation %,Vesting\nA,40,12 months\nB,60,1y\nTotal,100,\n";
    says(
        &at("2027-01-01"),
        table,
        &["the table has shares alone (say of how many tokens: --supply"],
    );
    let options = Import {
        supply: Some("1,000,000".to_owned()),
        ..at("2027-01-01")
    };
    let design = design(&options, table);
    assert_eq!(vested(&design, "B", "2028-01-01"), 600_000);
    let table = "Round,Share,Vesting\nA,0.4,12\nB,0.5,12\n";
    says(
        &options,
        table,
        &["the shares in `Share` sum to 0.9, and not to 1"],
    );
}

#[test]
fn a_share_of_one_or_less_under_percent_is_asked() {
    let table = "Round,Tokens,TGE %,Vesting\nA,400,0.5,12\nB,600,0,12\n";
    let said = "`0.5` under a header of percent is 0.5%, or a part of 1 (say --shares percent for 0.005 of the whole, or --shares parts for 0.5 of it)";
    says(&at("2027-01-01"), table, &[said]);
    for (percent, wanted) in [(Percent::Hundredths, 2), (Percent::Parts, 200)] {
        let options = Import {
            percent: Some(percent),
            ..at("2027-01-01")
        };
        assert_eq!(vested(&design(&options, table), "A", "2027-01-01"), wanted);
    }
}

#[test]
fn terms_that_contradict_are_refused() {
    let header = "Name,Tokens,Share,TGE %,Cliff,Vesting,Start,End,Type\n";
    let genesis = at("2027-01-01");
    for (rows, words) in [
        ("A,5,,10%,0,0,,,\n", "nothing says when the rest does"),
        ("A,5,,100%,0,12,,,\n", "all unlocks at once"),
        ("A,5,,101%,0,12,,,\n", "more than the whole"),
        (
            "A,5,,0.0000000000000000001%,0,12,,,\n",
            "more than 18 decimals",
        ),
        (
            "A,5,,0%,0,12,,2028-01-01,\n",
            "one of them says when vesting ends",
        ),
        (
            "A,5,,0%,12,,2027-01-01,2028-01-01,\n",
            "does not follow the start",
        ),
        (
            "A,5,,0%,0,7,,,quarterly\n",
            "instalments every 3 months don't divide 7mo",
        ),
        ("A,5,,0%,0,7,,,whenever\n", "is not a kind of vesting"),
        ("A,5,,0%,12,7,,,cliff\n", "a cliff is all at once"),
        ("A,5,,0%,12 parsecs,7,,,\n", "is not a length of time"),
        ("A,5,,0%,1.5,7,,,\n", "is not a length of time"),
        (
            "A,5,20%,0%,0,7,,,\nB,5,50%,0%,0,7,,,\n",
            "5 of 10 tokens is another share than 0.2",
        ),
        (
            "A,5,,0%,0,120000,2027-01-01,,\n",
            "it ends past the year 9999",
        ),
    ] {
        says(&genesis, &format!("{header}{rows}"), &[words]);
    }
    // A third of a supply, as people round it.
    let table = "Name,Tokens,Share,Vesting\nA,1,33.3%,5\nB,2,66.7%,5\n";
    assert_eq!(vested(&design(&genesis, table), "B", "2028-01-01"), 2);
    says(
        &Import::default(),
        table,
        &["the table has no date (say when the token begins: --genesis"],
    );
}

#[test]
fn streams_begin_at_their_own_dates() {
    let table = "address,amount,start,months,unlock % at start\n0xaa,1200,15/03/2027 09:30,8,25%\n0xaa,10,2027-01-01,1,0%\n";
    let design = design(&Import::default(), table);
    assert_eq!(design.token.genesis, date("2027-01-01"));
    assert_eq!(vested(&design, "0xaa", "2027-03-15T09:29:59Z"), 10);
    assert_eq!(vested(&design, "0xaa", "2027-03-15T09:30:00Z"), 310);
    assert_eq!(vested(&design, "0xaa", "2027-11-15T09:30:00Z"), 1_210);
}

#[test]
fn columns_are_named_by_numbers_where_there_is_no_header() {
    let table = "0xaa,900,9,,note\n0xab,600,6,2,\n";
    says(&at("2027-01-01"), table, &["the table has no header"]);
    let columns = [
        ("recipient", "1"),
        ("amount", "2"),
        ("vesting", "3"),
        ("cliff", "4"),
    ];
    let columns = columns.map(|(name, at)| (name.to_owned(), at.to_owned()));
    let options = Import {
        columns: columns.to_vec(),
        ..at("2027-01-01")
    };
    let imported = options.read("t.csv", table.as_bytes()).unwrap();
    let notes = imported.notes.join("\n");
    assert!(
        notes.contains("columns that aren't used: column 5"),
        "{notes}"
    );
    assert!(
        notes.contains("numbers are read as months: 9 for 9 months"),
        "{notes}"
    );
    assert_eq!(vested(&parsed(&imported), "0xab", "2027-03-01"), 0);
    assert_eq!(vested(&parsed(&imported), "0xab", "2027-09-01"), 600);
}

#[test]
fn an_option_that_fits_nothing_is_refused() {
    let of = |name: &str, header: &str| Import {
        columns: vec![(name.to_owned(), header.to_owned())],
        ..Import::default()
    };
    let table = "Name,Tokens,Date\nA,5,2027-01-01\n";
    says(
        &of("amont", "Tokens"),
        table,
        &["`amont` isn't what a column can hold"],
    );
    says(
        &of("amount", "Tkens"),
        table,
        &["there is no column `Tkens` (the header has Name, Tokens, Date)"],
    );
    says(&of("amount", "4"), table, &["there is no column `4`"]);
    let sheet = Import {
        sheet: Some("S".to_owned()),
        ..Import::default()
    };
    says(&sheet, table, &["is no workbook"]);
    let supply = |text: &str| Import {
        supply: Some(text.to_owned()),
        ..Import::default()
    };
    says(
        &supply("6"),
        table,
        &["the supply is said to be 6, and the amounts sum to 5"],
    );
    says(
        &supply("many"),
        table,
        &["the supply `many` is not a number"],
    );
}

const MONTHS: &str = "Allocation,TGE,Jan-27,Feb-27,Mar-27\n\
    Team,0,0,,\"1,500,000\"\n\
    Community,\"10,000,000\",\"2,000,000\",\"2,000,000\",\"2,000,000\"\n";

#[test]
fn months_as_columns_unlock_on_their_first_days() {
    let design = design(&Import::default(), MONTHS);
    assert_eq!(design.token.genesis, date("2027-01-01"));
    assert_eq!(vested(&design, "Team", "2027-02-28"), 0);
    assert_eq!(vested(&design, "Team", "2027-03-01"), 1_500_000);
    assert_eq!(vested(&design, "Community", "2027-01-01"), 12_000_000);
    assert_eq!(vested(&design, "Community", "2027-03-01"), 16_000_000);
    // With a genesis of its own, that of the column TGE.
    let design = self::design(&at("2026-12-15"), MONTHS);
    assert_eq!(vested(&design, "Community", "2026-12-15"), 10_000_000);
    assert_eq!(vested(&design, "Community", "2027-01-01"), 12_000_000);
}

#[test]
fn months_that_contradict_are_refused() {
    let genesis = Import::default();
    let header = "Name,Amount,2027-01,2027-02\n";
    for (rows, words) in [
        ("A,4,1,2\n", "the months sum to 3, and the amount is 4"),
        ("A,3,1,2\nA,3,1,2\n", "`A` has two rows"),
        ("A,0,0,\n", "nothing unlocks for `A`"),
        (
            "A,,50%,\n",
            "is a share, and the columns of months hold tokens",
        ),
        ("A,3,1,x\n", "is not a number"),
        (",3,1,2\n", "`recipient` is missing"),
        (
            "A,3,1,2\nTotal,3,1,3\n",
            "the total is 3, and the rows sum to 2",
        ),
    ] {
        says(&genesis, &format!("{header}{rows}"), &[words]);
    }
}

#[test]
fn dates_and_amounts_are_tranches() {
    let table = "date,allocation,amount\n2027-02-01,Team,10\n2027-01-01,Team,5\n2027-02-01,Team,2\n2027-03-01,Fund,0\n2027-04-01,Fund,1\n";
    let design = design(&Import::default(), table);
    assert_eq!(vested(&design, "Team", "2027-01-31"), 5);
    assert_eq!(vested(&design, "Team", "2027-02-01"), 17);
    assert_eq!(vested(&design, "Fund", "2027-04-01"), 1);
    says(
        &Import::default(),
        "date,name,amount\n2027-02-01,A,0\n",
        &["nothing unlocks for `A`"],
    );
}

#[test]
fn numbers_that_read_two_ways_are_asked() {
    let table =
        |amount: &str| format!("recipient;kind;start;amount\nA;cliff;2027-01-01;{amount}\n");
    let said = "`12.500` is 12500, or 12.500 (no other number of the table tells: say --decimal-mark , for 12500, or --decimal-mark . for 12.500)";
    says(&Import::default(), &table("12.500"), &[said]);
    says(
        &Import::default(),
        &table("12,500"),
        &["--decimal-mark . for 12500"],
    );
    for (mark, wanted) in [
        (DecimalMark::Comma, 12_500_000_000),
        (DecimalMark::Point, 12_500_000),
    ] {
        let options = Import {
            decimal_mark: Some(mark),
            ..Import::default()
        };
        let design = design(&options, &table("12.500"));
        assert_eq!(design.allocations[0].amount.get(), wanted);
    }
    // Another number tells, and two that tell differently contradict.
    let told = format!("{}B;cliff;2027-01-01;1.000.000\n", table("12.500"));
    assert_eq!(
        vested(&design(&Import::default(), &told), "A", "2027-01-01"),
        12_500
    );
    let both = format!("{}B;cliff;2027-01-01;0.5\n", table("0,5"));
    says(
        &Import::default(),
        &both,
        &["stand behind another mark than those of `0,5`"],
    );
}

#[test]
fn dates_that_read_two_ways_are_asked() {
    let table = |dates: [&str; 2]| {
        format!(
            "recipient,kind,start,amount\nA,cliff,{},1\nB,cliff,{},2\n",
            dates[0], dates[1]
        )
    };
    let open = table(["03/04/2027", "05/06/2027"]);
    let said = "`03/04/2027` is 2027-04-03, or 2027-03-04 (no other date of the table tells: say --date-order dmy for 2027-04-03, or --date-order mdy for 2027-03-04)";
    says(&Import::default(), &open, &[said]);
    for (order, genesis) in [
        (DateOrder::DayFirst, "2027-04-03"),
        (DateOrder::MonthFirst, "2027-03-04"),
    ] {
        let options = Import {
            date_order: Some(order),
            ..Import::default()
        };
        assert_eq!(design(&options, &open).token.genesis, date(genesis));
    }
    let told = design(&Import::default(), &table(["03/04/2027", "05/16/2027"]));
    assert_eq!(told.token.genesis, date("2027-03-04"));
    says(
        &Import::default(),
        &table(["13/04/2027", "05/16/2027"]),
        &["in another order than those of `13/04/2027`"],
    );
}

#[test]
fn a_token_has_as_many_decimals_as_its_amounts_need() {
    let table =
        |amount: &str| format!("recipient,kind,start,amount\nA,cliff,2027-01-01,{amount}\n");
    let decimals = |amount: &str| {
        design(&Import::default(), &table(amount))
            .token
            .decimals
            .get()
    };
    assert_eq!(decimals("100.000000000000000000"), 6);
    assert_eq!(decimals("0.1234567"), 18);
    says(
        &Import::default(),
        &table("0.1234567890123456789"),
        &["has 19 decimals, and the token has 18"],
    );
    let fine = Import {
        decimals: Some(19),
        ..Import::default()
    };
    assert_eq!(
        design(&fine, &table("0.1234567890123456789")).allocations[0]
            .amount
            .get(),
        1_234_567_890_123_456_789
    );
    let coarse = Import {
        decimals: Some(0),
        ..Import::default()
    };
    says(
        &coarse,
        &table("1.5"),
        &["1.5 has 1 decimals, and the token has 0"],
    );
    says(
        &fine,
        &table("99999999999999999999999999"),
        &["can't be counted in 19 decimals"],
    );
}

#[test]
fn cells_and_columns_that_go_unused_are_said() {
    let own = "recipient,kind,start,end,step_seconds,steps,amount\n";
    for (row, words) in [
        (
            "A,cliff,2027-01-01,2028-01-01,,,5\n",
            "a cliff has no `end`",
        ),
        (
            "A,linear,2027-01-01,2028-01-01,,3,5\n",
            "a linear unlock has no `steps`",
        ),
        (
            "A,step,2027-01-01,2028-01-01,5,3,5\n",
            "a step has no `end`",
        ),
        (
            "A,cliff,2027-01-01,,,,1,000\n",
            "the cell `000` stands under no header",
        ),
    ] {
        says(&Import::default(), &format!("{own}{row}"), &[words]);
    }
    let twice = "recipient,kind,start,amount,Tokens\nA,cliff,2027-01-01,10,20\n";
    says(
        &Import::default(),
        twice,
        &["the columns `amount` and `Tokens` both mean `amount`"],
    );
    let chosen = Import {
        columns: vec![("amount".to_owned(), "Tokens".to_owned())],
        ..Import::default()
    };
    let imported = chosen.read("t.csv", twice.as_bytes()).unwrap();
    assert_eq!(vested(&parsed(&imported), "A", "2027-01-01"), 20);
    assert!(imported
        .notes
        .iter()
        .any(|note| note == "columns that aren't used: `amount`"));
}

#[test]
fn what_stands_around_the_rows_is_passed_over() {
    let table = "sep=;\r\n# of the board's meeting\r\nRecipient;Kind;Start;Amount\r\n;;;\r\nTeam;CLIFF;2027-01-01;10\r\n;;;\r\nTOTAL;;;10\r\n";
    let imported = Import::default().read("t.csv", table.as_bytes()).unwrap();
    assert_eq!(vested(&parsed(&imported), "Team", "2027-01-01"), 10);
    for note in [
        "comments are passed over: 1 row",
        "row 6 holds sums, which agree: `Amount`",
    ] {
        assert!(
            imported.notes.iter().any(|said| said == note),
            "{:?}",
            imported.notes
        );
    }
    assert!(imported
        .design
        .contains("# - genesis is taken to be its first date, 2027-01-01T00:00:00Z"));
    says(
        &Import::default(),
        &table.replace("TOTAL;;;10", "TOTAL;;;11"),
        &["the total is 11, and the rows sum to 10"],
    );
    let blank = format!(
        "recipient,kind,start,amount\nA,cliff,2027-01-01,5\n{}",
        ",,,\n".repeat(1_000)
    );
    assert_eq!(
        vested(&design(&Import::default(), &blank), "A", "2027-01-01"),
        5
    );
}

#[test]
fn json_rows_are_read_digit_by_digit() {
    let table = r#"[{"recipient":"Te\"am","kind":"linear","start":"2027-01-01","end":"2028-01-01","amount":180000000.000000000000000001},
        {"amount":"20","kind":"cliff","recipient":"Fund","start":1798761600,"end":null,"note":"x"}]"#;
    let imported = Import::default().read("t.json", table.as_bytes()).unwrap();
    let design = parsed(&imported);
    assert_eq!(
        design.allocations[0].amount.get(),
        180_000_000_000_000_000_000_000_001
    );
    assert_eq!(design.allocations[0].name, "Te\"am");
    assert_eq!(
        design.allocations[1].schedules[0].start(),
        date("2027-01-01")
    );
    for (text, words) in [
        ("{\"a\":1}", "a list of objects"),
        ("[1]", "an object, which is a row"),
        ("[{\"a\":[1]}]", "row 1: `a` is a list or an object"),
        ("[{\"a\":1,\"a\":2}]", "`a` stands there twice"),
        ("[{\"a\":1}", "EOF"),
        ("[]", "holds no rows"),
    ] {
        let said = refused(&Import::default(), text);
        assert!(said[0].contains(words), "{said:?}");
    }
    let deep = "[".repeat(1 << 19) + &"]".repeat(1 << 19);
    refused(&Import::default(), &deep);
    let deep = format!("[{{\"a\":{deep}}}]");
    refused(&Import::default(), &deep);
}

#[test]
fn text_of_other_encodings_is_read_or_refused() {
    let table = "recipient,kind,start,amount\nÉquipe,cliff,2027-01-01,5\n";
    let units = |order: fn(u16) -> [u8; 2]| -> Vec<u8> {
        let units = "\u{feff}".encode_utf16().chain(table.encode_utf16());
        units.flat_map(order).collect()
    };
    for bytes in [units(u16::to_le_bytes), units(u16::to_be_bytes)] {
        let imported = Import::default().read("t.csv", &bytes).unwrap();
        assert_eq!(vested(&parsed(&imported), "Équipe", "2027-01-01"), 5);
    }
    let mut odd = units(u16::to_le_bytes);
    odd.push(0);
    let error = Import::default().read("t.csv", &odd).unwrap_err();
    assert!(error.to_string().contains("begins as UTF-16"), "{error}");
    let error = Import::default()
        .read("t.csv", b"recipient\nT\xe9am")
        .unwrap_err();
    assert!(error.to_string().contains("byte 11, in line 2"), "{error}");
}

/// Inputs that once went wrong, where the folder of them stands beside the checkout.
#[test]
fn the_files_of_other_teams_are_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/cases/foreign");
    if !folder.is_dir() {
        return;
    }
    let read = |name: &str, options: &Import| {
        let bytes = fs::read(folder.join(name)).unwrap();
        parsed(&options.read(name, &bytes).unwrap())
    };
    let terms = read("b_terms.csv", &at("2026-01-01"));
    assert_eq!(vested(&terms, "Seed", "2026-01-01"), 5_000_000);
    assert_eq!(vested(&terms, "Team", "2030-01-01"), 180_000_000);
    let wide = read("b_wide.csv", &Import::default());
    assert_eq!(vested(&wide, "Investors", "2026-03-01"), 6_500_000);
    for file in ["c.xlsx", "d.json"] {
        let design = read(file, &Import::default());
        assert_eq!(
            vested(&design, "Investors", "2028-06-20"),
            120_000_000,
            "{file}"
        );
        assert_eq!(vested(&design, "Team", "2030-01-01"), 200_000_000, "{file}");
    }
    let long = read("long.csv", &Import::default());
    assert_eq!(vested(&long, "Team", "2026-03-01"), 2_000_000);
    let stream = read("monthly-range.csv", &Import::default());
    assert_eq!(
        vested(
            &stream,
            "0x00000000000000000000000000000000000000a1",
            "2026-11-15T09:30:00Z"
        ),
        2_400
    );
    let euro = read("b_eu.csv", &Import::default());
    assert_eq!(euro.allocations[0].amount.get(), 180_000_000_500_000);
    assert_eq!(read("total.csv", &Import::default()).allocations.len(), 1);
}

#[test]
fn a_table_of_too_many_columns_or_cells_is_refused_and_not_held() {
    let wide = format!("recipient{}\n", ",x".repeat(1_000));
    says(
        &Import::default(),
        &wide,
        &["row 1 has 1001 cells, and a row may have 1000"],
    );
    let names: String = (0..1_001).map(|n| format!("\"c{n}\":1,")).collect();
    let wide = format!("[{{{names}\"z\":1}}]");
    says(
        &Import::default(),
        &wide,
        &["there are more than 1000 columns or 1000000 cells"],
    );
    let names: String = (0..999).map(|n| format!("\"c{n}\":1,")).collect();
    let sparse = format!("[{{{names}\"z\":1}}{}]", ",{\"z\":1}".repeat(2_000));
    says(
        &Import::default(),
        &sparse,
        &["row 999: there are more than 1000 columns"],
    );
}
