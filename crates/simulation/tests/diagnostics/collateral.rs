//! What a wrong debt is answered with.

use super::{one, sound, with};

#[test]
fn the_add_on_of_a_debt_is_no_larger_to_stay_open() {
    let debt = |keys: &str| {
        with(&format!(
            "[collateral]\nquote = \"USD\"\ndecimals = 2\n\
             [[collateral.debt]]\nname = \"D\"\ndecimals = 0\namount = 10\nprice = 1\n{keys}\n"
        ))
    };
    for keys in [
        "",
        "initial = 0.2",
        "initial = 0.1\nmaintenance = 0.1",
        "maintenance = 0",
    ] {
        sound(&debt(keys));
    }
    one(
        &debt("initial = 0.1\nmaintenance = 0.11"),
        "0.11",
        "the maintenance add-on of this debt is 0.11, above the initial one of 0.1",
    );
    one(
        &debt("maintenance = 0.1"),
        "0.1",
        "the maintenance add-on of this debt is 0.1, above the initial one of 0",
    );
    one(&debt("initial = 1.5"), "1.5", "the share `1.5`");
    one(&debt("haircut = 0.1"), "haircut", "unknown key `haircut`");
}
