# The front doors. Each makes the checkout ready first; .ci/setup says how.

PORT ?= 8000
PYTHON := .venv/bin/python
FLASK := PORT=$(PORT) $(PYTHON) -m flask --app wsgi
WORKERS ?= 2

.PHONY: setup setup-test run demo test lint style bench canaries even-times papers reliability sbom safety torture translations lock

setup:
	@.ci/setup

setup-test:
	@.ci/setup test

run: setup           ## serve on 127.0.0.1:$(PORT), with the demonstration data in an empty database
	@$(FLASK) init
	@$(FLASK) demo --if-empty --untold
	@exec env $(FLASK) serve

demo: setup          ## keys, tables and the demonstration data, each only where it is missing
	@$(FLASK) init
	@$(FLASK) demo --if-empty

test: style          ## everything that must hold; types are checked while tests wait for something
	@$(PYTHON) -m mypy & types=$$!; \
	    $(PYTHON) -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder; tests=$$?; \
	    wait $$types && exit $$tests

lint: style          ## style and types
	@$(PYTHON) -m mypy

style: setup-test
	@$(PYTHON) -m ruff check .

bench: setup-test    ## how fast the search, the database, the journal, the pages and the paper are; some minutes
	@$(PYTHON) -m tests.bench --write docs/bench.md

canaries: setup-test ## use the service for long, then search everything it left behind for what must not be there; minutes
	@$(PYTHON) -m tests.canaries docs/canaries.md

papers: setup-test   ## every sample document in three languages as PDF and PNG; with VERAPDF set, validated
	@$(PYTHON) -m tests.adapters.write_papers

reliability: setup-test  ## whether invitations arrive and records are sealed whole while everything is killed; a quarter of an hour
	@$(PYTHON) -m tests.reliability --write docs/reliability.md

sbom: setup-test     ## list every part the service is made of, with hashes: instance/sbom.json (CycloneDX 1.6), the same every time
	@mkdir -p -m 700 instance
	@$(PYTHON) -m cyclonedx_py requirements requirements.lock --pyproject pyproject.toml --sv 1.6 --of JSON \
	    --output-reproducible --validate -o instance/sbom.json 2>/dev/null && echo "Written to instance/sbom.json."

safety: setup-test   ## run what shows the abuse list (or of it PART="A R"), and write its table, those of threats and of ASVS
	@$(PYTHON) -m tests.evidence --run $(PART)

torture: setup-test  ## every bad day in its longest form, R1 to R26; hours
	@$(PYTHON) -m tests.torture --write docs/bad-days.md

even-times: setup-test  ## how long the service takes to say no, whatever the reason; a quarter of an hour
	@$(PYTHON) -m tests.torture.even_times

translations: setup  ## bring new texts into the catalogues
	@$(FLASK) translations

lock: setup-test     ## write both lock files anew from requirements.txt and .ci/dev.in
	@for pair in requirements.txt:requirements.lock .ci/dev.in:.ci/dev.lock; do \
	    $(PYTHON) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	        --custom-compile-command "make lock" "$${pair%:*}" -o "$${pair#*:}"; done
