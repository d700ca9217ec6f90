# make demo   installs what is missing, builds, indexes corpus/, shows a search, a facet count and a look-up of titles
# make test   everything that .ci/run runs
# make tuned  a release build laid out by what it did with corpus/ (needs rustup's llvm-tools)
# make endurance   kills, damage, crowds, monsters and fuzzing for the better part of an hour (SECURITY.md)
SHELL := /usr/bin/env bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := demo

XINGLIN := target/release/xinglin
DEMO := target/demo.idx

# A gate builds once: half of what cargo would keep on the disk is for building again, a third is for debuggers.
test lint doc unit ferrous endurance: export CARGO_INCREMENTAL ?= 0
test lint doc unit ferrous endurance: export CARGO_PROFILE_DEV_DEBUG ?= false

.PHONY: demo build tuned deps test lint check-format doc unit ferrous endurance clean

deps:
	@scripts/install-missing

build: deps
	cargo build --release --locked

tuned: deps
	@scripts/build-tuned

demo: build
	@rm -rf $(DEMO)
	$(XINGLIN) index corpus/articles --index $(DEMO)
	@echo
	$(XINGLIN) search 神经内科 国家临床重点专科 --index $(DEMO) --limit 3
	@echo
	$(XINGLIN) facets --by region --index $(DEMO)
	@echo
	$(XINGLIN) specialties --specialty 神经内科 --level provincial --index $(DEMO)

test: deps check-format lint doc unit ferrous

check-format:
	cargo fmt --all --check

lint:
	cargo clippy --workspace --all-targets --locked -- -D warnings

doc:
	RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --locked

unit:
	cargo test --workspace --locked

# The pure-Rust converter, alone: what a build without C++ uses.
ferrous:
	cargo test --locked -p xinglin-text --no-default-features --features ferrous

endurance:
	XINGLIN_ROUNDS=200 cargo test --locked -p xinglin-cli --test endurance -- --ignored --nocapture many_kills
	XINGLIN_ROUNDS=2000 cargo test --locked -p xinglin-cli --test endurance -- --ignored --nocapture much_damage
	XINGLIN_ROUNDS=240 cargo test --locked -p xinglin-cli --test endurance -- --ignored --nocapture a_crowd_for
	cargo test --locked -p xinglin-cli --test monsters -- --ignored --nocapture
	XINGLIN_ROUNDS=100000 cargo test --locked -p xinglin --test fuzz -- --ignored --nocapture

clean:
	cargo clean
