//! The compute units of each instruction, against what it may at most take.

use solana_tests::scene::Scene;

#[test]
fn each_instruction_succeeds_within_the_units_of_any_transaction() {
    let mut scene = Scene::new();
    let before = scene.world.accounts.clone();
    for call in scene.calls() {
        let made = scene.world.accounts.clone();
        scene
            .call(&call)
            .unwrap_or_else(|why| panic!("{call:?}: {why:?}"));
        let name = format!("{:?}", call.instruction);
        let name = name.split([' ', '(']).next().unwrap_or_default();
        println!("| `{name}` | {} |", scene.world.units);
        // An instruction may take 200,000 without asking.
        assert!(scene.world.units < 40_000, "{name}");
        scene.world.accounts = made;
    }
    assert!(scene.world.accounts.len() > before.len());
}
