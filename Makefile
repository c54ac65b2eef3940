# crossings: make help lists the targets.

GO      ?= go
# The module of Apache Beam, which the commands do not need.
BEAM    := $(GO) -C pipeline/microdata/beam
CHROME  := $(shell command -v chromium || command -v chromium-browser || command -v google-chrome)
PACKAGED := charts/assets/echarts.min.js charts/assets/resvg.wasm charts/assets/source-sans.woff2 charts/assets/serif-bold.woff2 charts/testdata/axe.min.js charts/testdata/world.json $(addprefix charts/assets/,sans-regular.woff sans-bold.woff serif-bold.woff)
ENGINE  := charts/assets/claim.wasm
ASSETS  := $(PACKAGED) $(ENGINE)
# The data folder of the targets run, ingest, publish and serve.
DATA    := data
STARTER := $(wildcard data/raw/starter/*.csv) $(wildcard data/raw/starter/records/*.csv)
# The comparison of engines: the generator, the other engines' scripts, and the check that results are equal.
ROD     ?= ../shared/rod
comma   := ,
# The other engines of that comparison.
PEERVENV := .cache/peers
VENV    := .cache/venv
LINT    := .cache/lint
# The validators of citations need older libraries than the other Python programs.
CITATION := .cache/citation
TOOLS   := .cache/tools
# An S3 server for the tests of uploads, a program of its own. The go command checks its hash.
S3SERVER := .cache/bin/versitygw
VALIDATORS := .cache/validators
FLINK   := .cache/flink
ODFVALIDATOR_SHA256 := 6809677e5f5d7f8a9f8bbfb70514d725308cf0ae316cd529d3bf550da3211c9b
# A number of runs, not a time: the go command may report a run that a deadline interrupts
# as a failure.
FUZZTIME ?= 50000x

export GOFLAGS := -trimpath -buildvcs=false

.DEFAULT_GOAL := help
.PHONY: help run build check test test-real race bench beam records bench-records bench-growth fuzz mutation architecture first-visit recompute conformance flink soak golden fixture lint-deploy try-image image release reproducible \
  requirements vuln ingest publish serve clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: build ## install what is needed, ingest the starter data, publish, print the headlines: [DATA=folder]
	@for f in $(STARTER); do bin/ingest add --data "$(DATA)" --quiet "$$(basename "$$f" .csv)" "$$f" || exit 1; done
	@bin/publish run --data "$(DATA)"
	@echo "next: bin/publish serve --data $(DATA), then open http://127.0.0.1:8080/"

build: $(ASSETS) ## make bin/ingest and bin/publish
	$(GO) build -ldflags "-s -w" -o bin/ ./cmd/...

# The parts of the chart library that the site uses, joined into one file, and the one
# that makes pixels of its pictures: pinned by hash in the lock file and again in the Go
# source, embedded in bin/publish; the library is also served from the site itself, and so
# are the two fonts. Only the tests need the last two: one looks for barriers to the use of
# a page, from the other the coast lines of the maps are cut.
$(PACKAGED) &: charts/package.json charts/package-lock.json charts/library.js charts/library.sh
	cd charts && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	charts/library.sh charts/assets/echarts.min.js
	cp charts/node_modules/@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2 charts/assets/source-sans.woff2
	cp charts/node_modules/@fontsource/source-serif-4/files/source-serif-4-latin-700-normal.woff2 charts/assets/serif-bold.woff2
	cp charts/node_modules/@fontsource/source-sans-3/files/source-sans-3-latin-400-normal.woff charts/assets/sans-regular.woff
	cp charts/node_modules/@fontsource/source-sans-3/files/source-sans-3-latin-700-normal.woff charts/assets/sans-bold.woff
	cp charts/node_modules/@fontsource/source-serif-4/files/source-serif-4-latin-700-normal.woff charts/assets/serif-bold.woff
	@mkdir -p charts/testdata
	cp charts/node_modules/axe-core/axe.min.js charts/testdata/axe.min.js
	cp charts/node_modules/world-atlas/countries-10m.json charts/testdata/world.json
	cp charts/node_modules/@resvg/resvg-wasm/index_bg.wasm charts/assets/resvg.wasm

# The claim engine, which bin/publish puts into the site. The go command knows what has changed.
$(ENGINE): always
	@GO="$(GO)" charts/engine.sh

.PHONY: always

check: $(ASSETS) ## format, vet, static analysis, tidy modules
	@test -z "$$(gofmt -l .)" || { gofmt -l .; echo "hint: gofmt -w the files above"; exit 1; }
	$(GO) vet ./...
	$(GO) vet -tags real,soak,browser ./...
	GOOS=js GOARCH=wasm $(GO) vet ./pipeline/publish/claimcard/wasm
	$(GO) vet ./.ci/mutation ./.ci/architecture ./.ci/firstvisit
	$(GO) tool staticcheck ./... ./.ci/mutation ./.ci/architecture ./.ci/firstvisit
	$(GO) run ./.ci/architecture -check
	$(GO) run ./.ci/mutation -names -list .ci/mutation.txt $(MUTATED)
	$(GO) tool staticcheck -tags real,soak,browser ./...
	$(GO) mod tidy -diff
	$(GO) mod verify
	$(BEAM) vet -tags flink ./...
	$(BEAM) tool -modfile=../../../go.mod staticcheck -tags flink ./...
	$(BEAM) mod tidy -diff

# Tests that open pages in a browser have the build tag browser. Without Chromium make says
# that it leaves them out; with NEED=all that is an error.
BROWSERTESTS = $(shell grep -lx '//go:build browser' pipeline/publish/site/*_test.go | xargs grep -h '^func Test' | wc -l)
TAGS    := $(if $(CHROME),browser)
define no-chromium
@echo "make $@: Chromium is not installed, so the $(BROWSERTESTS) tests in a browser are left out; to run them: apt-get install chromium fonts-dejavu-core"
@test -z "$(NEED)"
endef

test: $(ASSETS) $(S3SERVER) ## run all tests that need nothing but this repository: [NEED=all]
	$(if $(CHROME),,$(no-chromium))
	.ci/in-memory $(GO) test -tags "$(TAGS)" -timeout 30m ./...
	.ci/in-memory $(BEAM) test -timeout 10m ./...

# The publishers' own files are not in the repository.
REALGIVEN := $(filter command environment,$(origin REAL))
REAL    ?= ../shared/data
test-real: $(ASSETS) ## run the tests on the publishers' real files: REAL=folder
	@if ! test -d "$(REAL)"; then echo "test-real: skipped: no real files in $(REAL), give REAL=folder"; exit 0; fi; \
	  CROSSINGS_REAL=$$(realpath "$(REAL)") $(GO) test -tags real -timeout 30m -run '^TestReal' ./...

race: $(ASSETS) $(S3SERVER) ## run all tests under the race detector: [NEED=all]
	$(if $(CHROME),,$(no-chromium))
	.ci/in-memory $(GO) test -tags "$(TAGS)" -timeout 60m -race ./...
	.ci/in-memory $(BEAM) test -timeout 20m -race ./...

$(S3SERVER):
	@GOBIN=$(CURDIR)/.cache/bin $(GO) install github.com/versity/versitygw/cmd/versitygw@v1.8.0 || \
	  { echo "make: the server for the tests of uploads could not be built; it is a Go module, so the first time needs a network"; exit 1; }

# Benchmarks that read the publishers' files have the build tag real, like the tests.
COUNT   ?= 10
REALBENCHES = $(shell grep -rlx --include='*_test.go' '//go:build real' . | xargs grep -h '^func Benchmark' | wc -l)
bench: $(ASSETS) $(S3SERVER) ## benchmarks, ten runs each, summed up by benchstat; then bench-records if its folder exists: [REAL=folder]
	@mkdir -p .cache
	@test -d "$(REAL)" || echo "bench: the $(REALBENCHES) benchmarks on real files are left out: no real files in $(REAL), give REAL=folder"
	CROSSINGS_REAL="$(realpath $(REAL))" $(GO) test -tags "$(if $(realpath $(REAL)),real)" -run '^$$' -bench . -benchmem -count $(COUNT) ./... | tee .cache/bench.txt
	$(GO) tool benchstat .cache/bench.txt
	@if test -d "$(ROD)"; then $(MAKE) bench-records; else echo "bench-records was left out: its folder $(ROD) does not exist; set ROD"; fi

beam: ## make bin/beam, which reads records on an Apache Beam runner
	$(BEAM) build -o ../../../bin/ .

records: ## make bin/records, the benchmark jobs on microdata
	$(GO) build -o bin/records ./pipeline/microdata/bench

bench-records: ROWS ?= 1000000
bench-records: RUNS ?= 5
bench-records: records $(if $(filter none,$(PEERS)),,$(PEERVENV)/.done) ## time the benchmark jobs on microdata, ours and other engines': [ROWS=1000000] [RUNS=5] [PEERS=DuckDB,Polars,ClickHouse,DataFusion] [JOBS="j1 j2"]
	ROD="$(ROD)" PEERS="$(PEERS)" python3 pipeline/microdata/bench/rod.py $(ROWS) $(RUNS) $(JOBS)

bench-growth: ## time our own jobs on more and more rows: [ROWS=1000000,10000000,50000000] [RUNS=5]
	$(MAKE) bench-records PEERS=none ROWS=$(or $(ROWS),1000000$(comma)10000000$(comma)50000000)

fuzz: ## fuzz every target, FUZZTIME runs each
	@failed=; for pkg in $$($(GO) list ./...); do \
	  for target in $$($(GO) test -list '^Fuzz' $$pkg | grep '^Fuzz'); do \
	    echo "$$pkg $$target"; \
	    $(GO) test -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 20x $$pkg || failed="$$failed $$pkg:$$target"; \
	  done; \
	done; \
	if [ -n "$$failed" ]; then echo "failed:$$failed" >&2; exit 1; fi

# The pure packages, whose own tests must notice nearly every change.
MUTATED ?= ./pipeline/compare ./pipeline/compare/breakdown ./pipeline/compare/claim ./pipeline/compare/claim/numbers ./pipeline/compare/claim/words ./pipeline/compare/revision ./pipeline/compare/headline ./pipeline/incident ./pipeline/read/check ./pipeline/read/codes ./pipeline/stat
mutation: ## change the pure packages in one place at a time, and count the changes that no test notices: [MUTATED=./pipeline/stat] [ONLY=NewDate]
	nice $(GO) run ./.ci/mutation -list .ci/mutation.txt -only "$(ONLY)" $(MUTATED)

first-visit: build ## print what a first visit of the front page takes on a slow line: DATA=folder, published
	$(GO) run ./.ci/firstvisit "$(DATA)/out/site"

architecture: ## draw the import graph of the packages in docs/architecture.svg, and list it in docs/architecture.md
	$(GO) run ./.ci/architecture

# The files of publishers are read only if REAL is given, because their workbooks need a library.
recompute: build $(if $(REALGIVEN),$(VENV)/.done) ## compute the published tables independently, in Python, and compare: [REAL=folder]
	$(if $(REALGIVEN),$(VENV)/bin/python,python3) .ci/recompute bin $(if $(REALGIVEN),"$(REAL)")

conformance: build records beam $(VENV)/.done $(CITATION)/.done $(VALIDATORS)/.done ## read what we publish with DuckDB, Polars, pandas, pyarrow, Spark and LibreOffice
	CITATION=$(CITATION)/bin/python $(VENV)/bin/python .ci/conformance.py bin ../shared/data
	$(VENV)/bin/python .ci/recompute bin
	$(VENV)/bin/python .ci/conformance_books.py bin $(VALIDATORS)
	$(GO) -C ../shared/rod build -o $(CURDIR)/.cache/gen ./gen
	$(VENV)/bin/python .ci/conformance_beam.py bin .cache/gen
	$(MAKE) flink

$(PEERVENV)/.done: .ci/peers.txt
	python3 -m venv $(PEERVENV)
	$(PEERVENV)/bin/pip install --quiet --disable-pip-version-check --require-hashes -r .ci/peers.txt
	touch $@

$(VENV)/.done: .ci/requirements.txt
	python3 -m venv $(VENV)
	$(VENV)/bin/pip install --quiet --disable-pip-version-check --require-hashes -r .ci/requirements.txt
	touch $@

$(CITATION)/.done: .ci/citation.txt
	python3 -m venv $(CITATION)
	$(CITATION)/bin/pip install --quiet --disable-pip-version-check --require-hashes -r .ci/citation.txt
	touch $@

$(LINT)/.done: .ci/lint.txt
	python3 -m venv $(LINT)
	$(LINT)/bin/pip install --quiet --disable-pip-version-check --require-hashes -r .ci/lint.txt
	touch $@

$(TOOLS)/.done: .ci/tools/go.mod .ci/tools/go.sum
	$(GO) build -C .ci/tools -o ../../$(TOOLS)/ tool
	touch $@

# The validators of workbooks. Their hashes are pinned, one in the lock file, the other here.
$(VALIDATORS)/.done: .ci/validators/package.json .ci/validators/package-lock.json .ci/validators/.npmrc
	mkdir -p $(VALIDATORS)
	cp $^ $(VALIDATORS)
	cd $(VALIDATORS) && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy -DoutputDirectory=$(VALIDATORS) \
	  -Dmdep.stripVersion=true -Dmdep.stripClassifier=true -Dartifact=org.odftoolkit:odfvalidator:0.12.0:jar:jar-with-dependencies
	echo "$(ODFVALIDATOR_SHA256)  $(VALIDATORS)/odfvalidator.jar" | sha256sum --check --quiet
	touch $@

flink: $(FLINK)/.done ## the Beam module on Apache Flink, with a worker that is killed; needs Maven and a Java runtime
	$(BEAM) test -count 1 -timeout 10m -tags flink -run Flink .

# The job server and its dependencies. The repository pins the hash of each, and no other file may come.
$(FLINK)/.done: .ci/flink/pom.xml .ci/flink/SHA256SUMS
	rm -rf $(FLINK)
	mvn -q -B -f .ci/flink/pom.xml org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies \
	  -DincludeScope=runtime -DoutputDirectory=$(CURDIR)/$(FLINK)/lib
	cd $(FLINK)/lib && sha256sum --check --quiet --strict $(CURDIR)/.ci/flink/SHA256SUMS && test "$$(ls | wc -l)" = "$$(wc -l <$(CURDIR)/.ci/flink/SHA256SUMS)"
	touch $@

soak: $(ASSETS) ## the tests that take hours: 500 kills of each command, ten years of nights, full disks
	@test "$$(id -u)" = 0 || { echo "make soak: the tests of full disks mount folders, so they need root"; exit 1; }
	$(GO) test -count 1 -timeout 240m -tags soak -run "TestKill|TestYears|TestDiskFull|TestAThousand" -v ./pipeline ./pipeline/publish/edition/store

golden: $(ASSETS) ## rewrite golden files and coast lines, and the starter data where REAL has the real files; read the diff
	$(GO) test ./docs ./charts/coast ./pipeline/compare/claim/words -update
	@if test -d "$(REAL)"; then CROSSINGS_REAL=$$(realpath "$(REAL)") $(GO) test -tags real ./pipeline -run '^TestRealStarter' -update; \
	  else echo "golden: the starter data are left as they are: no real files in $(REAL), give REAL=folder"; fi

fixture: ROWS ?= 12
fixture: OUT ?= .cache/fixtures
fixture: ## save a fixture of a publisher's file, without its words: FILE=path [ROWS=12|-12|all|1-12,40,/text/] [SOURCE=id] [KEEP=expression] [OUT=folder]
	@$(GO) run ./pipeline/source/fixture -rows "$(ROWS)" -source "$(SOURCE)" -keep "$(KEEP)" -out "$(OUT)" "$(FILE)"

lint-deploy: build $(LINT)/.done $(TOOLS)/.done ## check deploy/ with systemd, cron and linters
	.ci/deploy

try-image: $(LINT)/.done ## build the container image twice with buildah, and run a night in it
	.ci/deploy image

# One folder has the files of the image, so no other file gets into it.
image: BUILD ?= podman build --timestamp 0
image: IMAGE ?= crossings:$(shell deploy/version)
image: $(ASSETS) ## build the container image: [BUILD="docker build"] [IMAGE=name:tag]
	@rm -rf .cache/image && mkdir -p .cache/image
	CGO_ENABLED=0 $(GO) build -ldflags "-s -w -X crossings/cmd/internal/cli.version=$$(deploy/version)" -o .cache/image/ ./cmd/...
	@install -m 0644 /etc/ssl/certs/ca-certificates.crt .cache/image/
	$(BUILD) --file deploy/container/Containerfile --tag "$(IMAGE)" .cache/image

charts/node_modules/.package-lock.json: charts/package-lock.json
	cd charts && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error

release: $(ASSETS) $(TOOLS)/.done charts/node_modules/.package-lock.json ## archives of both commands, their bills of materials and hashes in dist/: [TARGETS="linux/amd64 …"]
	deploy/release dist

reproducible: $(ASSETS) $(TOOLS)/.done charts/node_modules/.package-lock.json ## build a release twice, in other places, and compare the bytes
	.ci/reproducible

requirements: $(LINT)/.done ## pin what .ci/*.in ask of Python, by hash
	cd .ci && for f in requirements lint citation peers; do ../$(LINT)/bin/pip-compile --quiet --upgrade --strip-extras --generate-hashes --allow-unsafe \
	  --no-header --no-emit-index-url --no-emit-find-links --output-file $$f.txt $$f.in || exit 1; done

# The public list of known faults is a Go module. It changes while the code does not, so
# .ci/run does not read it.
VULNDB := .cache/vulndb
vuln: $(ASSETS) ## look for known faults in the modules and the Go version that the commands are built from: [VULN=version of the list]
	@mkdir -p $(VULNDB)
	@GOBIN=$(CURDIR)/.cache/bin $(GO) install golang.org/x/vulndb/cmd/indexdb@$(or $(VULN),latest)
	@dir=$$($(GO) mod download -json golang.org/x/vulndb@$(or $(VULN),latest) | sed -n 's/.*"Dir": "\(.*\)".*/\1/p') && \
	  .cache/bin/indexdb -vulns "$$dir/data/osv" -out $(VULNDB)
	$(GO) tool govulncheck -db file://$(CURDIR)/$(VULNDB) ./cmd/...

ingest: build ## fetch new releases
	bin/ingest run --data "$(DATA)"

publish: build ## publish what the lake holds
	bin/publish run --data "$(DATA)"

serve: build ## preview the site on loopback
	bin/publish serve --data "$(DATA)"

clean: ## remove what was built; data/raw stays
	rm -rf bin dist data/out/* .cache charts/node_modules $(ASSETS) charts/assets/wasm_exec.js
