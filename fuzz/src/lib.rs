//! The targets are those of the tests, which damage known input; here a fuzzer looks for input by itself.

#[path = "../../rust/anet-core/tests/hostile/targets/mod.rs"]
mod targets;

/// Gives bytes to the target of this name.
pub fn run(name: &str, bytes: &[u8]) {
    let target = targets::TARGETS.iter().find(|target| target.name == name);
    (target.expect("a target of this name").run)(bytes);
}
