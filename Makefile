# make run        set up, extract the main sample, show it (FILE=… for another text)
# make test       set up, lint, type-check, test
# make test-stanza  the tests of the Stanza back-end, in an environment of their own (.venv-stanza, with torch)
# make evaluate   the scores on the gold texts (needs ../shared)
# make records    write the expected records of corpus/ anew, for review
# make encoder    train the accurate profile's encoder again (needs ../shared, and what make models leaves in build/)
# make models     train what ships, from the gold and the treebanks (needs ../shared)

PYTHON ?= python3
FILE ?= corpus/uppfoljning-stadsstrategi.txt
SHARED ?= ../shared
BIN := .venv/bin
READY := .venv/.ready
NAME := $(basename $(notdir $(FILE)))

.PHONY: run test test-stanza check evaluate encoder models records clean

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

# torch is large, and only Stanza needs it.
STANZA := .venv-stanza/bin/python

.venv-stanza/.ready: pyproject.toml constraints-stanza.txt
	$(PYTHON) -m venv .venv-stanza
	$(STANZA) -m pip install --quiet --disable-pip-version-check --require-hashes -r constraints-stanza.txt
	$(STANZA) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

test-stanza: .venv-stanza/.ready
	$(STANZA) -m pytest tests/annotate/test_stanza.py tests/annotate/test_contract.py -rs

evaluate: $(READY)
	@mkdir -p out
	@$(BIN)/malbild extract "$(SHARED)/gold/dev" -o out/dev.jsonl
	@$(BIN)/malbild evaluate "$(SHARED)/gold/dev" out/dev.jsonl

# The teacher needs torch and lives in an environment of its own, with what knows the names of the world.
TEACHER := .venv-teacher/bin/python
BF16 := $(shell grep -qs avx512_bf16 /proc/cpuinfo && echo --bf16)

.venv-teacher/.ready:
	$(PYTHON) -m venv .venv-teacher
	$(TEACHER) -m pip install --quiet --disable-pip-version-check torch==2.13.0 "numpy>=1.26" babel==2.18.0 faker==40.63.0 \
		onnx==1.23.2 onnx-ir==1.1.0 onnxruntime==1.32.0 sentencepiece==0.2.3
	touch $@

models: $(READY) .venv-teacher/.ready .venv-stanza/.ready
	$(BIN)/python models/language/sentences.py --shared "$(SHARED)"
	OMP_WAIT_POLICY=passive GOMP_SPINCOUNT=0 $(TEACHER) models/teacher/build.py --shared "$(SHARED)" $(BF16) \
		--work build/teacher --plain build/language/plain --silver build/teacher/silver
	$(TEACHER) models/language/world_names.py
	$(BIN)/python models/language/build.py --shared "$(SHARED)" --trees build/teacher/rec2.conllu
	$(STANZA) models/stanza/build.py --shared "$(SHARED)" --trees build/teacher/rec2.conllu
	$(MAKE) encoder
	$(BIN)/python models/extraction/train.py --shared "$(SHARED)"

FILES := --encoder build/teacher/e5-small-q4.bin --vocab build/teacher/vocab.txt

encoder: $(READY) .venv-teacher/.ready
	$(TEACHER) models/encoder/pieces.py $(FILES) --to build/encoder/pieces.model
	$(BIN)/python models/encoder/documents.py --shared "$(SHARED)"
	OMP_NUM_THREADS=2 $(TEACHER) models/encoder/build.py $(FILES) $(BF16)

records: $(READY)
	MALBILD_REGENERATE=1 $(BIN)/python -m pytest tests/test_corpus.py

clean:
	rm -rf .venv .venv-stanza .venv-teacher out build dist
