# make run        set up, extract the main sample, show it (FILE=… for another text)
# make test       set up, lint, type-check, test
# make evaluate   the scores on the gold texts (needs ../shared)
# make records    write the expected records of corpus/ anew, for review
# make models     train what ships, from the gold and the treebanks (needs ../shared)

PYTHON ?= python3
FILE ?= corpus/uppfoljning-stadsstrategi.txt
SHARED ?= ../shared
BIN := .venv/bin
READY := .venv/.ready
NAME := $(basename $(notdir $(FILE)))

.PHONY: run test check evaluate models records clean

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

run: $(READY)
	@mkdir -p out
	@$(BIN)/malbild extract "$(FILE)" --pretty -o "out/$(NAME).json"
	@$(BIN)/malbild show "out/$(NAME).json"
	@echo "The whole record: out/$(NAME).json"

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: check
	$(BIN)/python -m pytest

evaluate: $(READY)
	@mkdir -p out
	@$(BIN)/malbild extract "$(SHARED)/gold/dev" -o out/dev.jsonl
	@$(BIN)/malbild evaluate "$(SHARED)/gold/dev" out/dev.jsonl

models: $(READY)
	$(BIN)/python models/language/build.py --shared "$(SHARED)"
	$(BIN)/python models/extraction/train.py --shared "$(SHARED)"

records: $(READY)
	MALBILD_REGENERATE=1 $(BIN)/python -m pytest tests/test_corpus.py

clean:
	rm -rf .venv out build dist
