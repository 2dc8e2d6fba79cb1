# One list of commands. `make help` prints it; everything else about setting up is in deploy/setup.sh.

PORT ?= 8000
HOST ?= 127.0.0.1
DATA ?= data

# Programs of the project's own environment come first: python, xinting, and node where the machine has none.
export PATH := $(CURDIR)/.venv/bin:$(PATH)

.DEFAULT_GOAL := help
.PHONY: help run test test-fast lint bench judge soak chaos old-browser shots setup setup-dev clean

help: ## print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile
	@echo
	@echo "  make run takes PORT=8123 HOST=0.0.0.0 DATA=/some/folder"

run: setup ## start the demo hall and print its address
	@exec .venv/bin/xinting demo --host "$(HOST)" --port "$(PORT)" --data "$(DATA)"

test: setup-dev ## all tests: Python, screens, browser
	@deploy/test.sh

test-fast: setup-dev ## the tests that need no browser
	@deploy/test.sh -m "not browser"

lint: setup-dev ## style and types
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy

bench: setup-dev ## measure speed and memory into build/bench.jsonl
	.venv/bin/python -m tests.bench.run

judge: setup-dev ## judge the ways to foresee waits, into build/judge.jsonl; about ten minutes
	.venv/bin/python -m tests.judge.run

soak: setup-dev ## kill servers at work at least 50 times on each store, live 3000 days; long
	.venv/bin/python -m tests.soak.run --kills 50 --postgres
	CHILD_SECONDS=60 .venv/bin/python -m pytest -q tests/e2e/test_kiosk_by_keys.py -k childs_hands

chaos: setup-dev ## live a day at 60 times the pace while every device fails; writes docs/chaos.md, up to twenty minutes
	.venv/bin/python -m tests.soak.run --chaos 16 --report docs/chaos.md

old-browser: setup-dev ## the kiosk in a real Chromium 90 (fetches 48 MB once)
	.venv/bin/python -m tests.old_browser.run

shots: setup-dev ## take pictures of every screen into docs/
	.venv/bin/python -m tests.shots.run

setup: ## install what running needs, if it is missing
	@deploy/setup.sh run

setup-dev: ## install what testing needs, if it is missing
	@deploy/setup.sh dev

clean: ## remove what set-up and tests made; the halls' data stay
	rm -rf build .venv node_modules queue_server/web/common/vendor
