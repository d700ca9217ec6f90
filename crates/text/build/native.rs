//! libopencc is loaded when a text is first converted, where the platform's linker allows it: see `native/opencc.c`.

use std::env;

/// Compiles the functions that load the library, unless it is linked statically, or another one than the distribution's.
pub(crate) fn compile() {
    const CHOICES: [&str; 3] = ["OPENCC_STATIC", "OPENCC_LIBS", "OPENCC_DIR"];
    for choice in CHOICES {
        println!("cargo:rerun-if-env-changed={choice}");
    }
    println!("cargo:rerun-if-changed=native");
    let is = |name: &str, value: &str| env::var(name).is_ok_and(|found| found == value);
    let glibc = is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu");
    if glibc
        && env::var_os("CARGO_FEATURE_OPENCC").is_some()
        && CHOICES.iter().all(|choice| env::var_os(choice).is_none())
    {
        // All of it, for the linker must find the functions before it comes to libopencc.
        cc::Build::new()
            .file("native/opencc.c")
            .warnings(true)
            .link_lib_modifier("+whole-archive")
            .link_lib_modifier("-bundle")
            .compile("xinglin_opencc");
        println!("cargo:rustc-link-lib=dylib=dl");
        println!("cargo:rustc-link-lib=dylib=pthread");
    }
}
