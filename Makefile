# Needs the Swift toolchain on PATH. What else is missing, scripts/deps.sh installs, or names where it may not.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: run test screenshots build bench lint deps clean help

run: ## start the sandbox on http://127.0.0.1:8080; options go in ARGS, e.g. make run ARGS="--port 9000"
	@scripts/deps.sh build
	swift build -c release --product mekong
	exec .build/release/mekong sandbox $(ARGS)

# A few tests at a time: hundreds at once on two cores only wait for each other. Those of the real process load the
# machine and run by themselves.
test: export SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH = 8
# Where the tests of Checkout draw every view, for the browser's tests to look at.
test screenshots: export MEKONG_GALLERY = $(CURDIR)/.build/gallery
test: ## build and run every test
	@scripts/deps.sh build test
	swift build --build-tests
	scripts/test.sh --skip ProcessTests
	scripts/test.sh --filter ProcessTests
	scripts/browser-tests.sh

screenshots: ## draw the pages' pictures in docs/images anew
	@scripts/deps.sh build test
	swift build --build-tests
	scripts/test.sh --filter CheckoutTests
	scripts/browser-tests.sh --screenshots

build: ## release binary at .build/release/mekong
	@scripts/deps.sh build
	swift build -c release --product mekong

bench: ## measure the release binary with wrk, on SQLite and on PostgreSQL; see Benchmarks/README.md
	@scripts/deps.sh build bench
	swift build -c release --product mekong
	Benchmarks/run.sh
	Benchmarks/postgresql.sh
	Benchmarks/statements.py

lint: ## check the format of every Swift file against .swift-format
	swift format lint --strict --recursive Sources Tests Package.swift

deps: ## install what any of the targets above needs
	@scripts/deps.sh build test bench

clean: ## remove what was built
	swift package clean
	rm -rf Benchmarks/results

help: ## this list
	@awk -F ': *## *' '/^[a-z]+:.*##/ { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
