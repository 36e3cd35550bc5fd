# What a fresh Debian or Ubuntu needs is installed here; nothing else is to be typed than the target's name.
VENV ?= .venv
PYTHON ?= python3
BIN := $(VENV)/bin
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
APT := $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get
PANGO := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
FONTS := fontconfig fonts-noto-cjk fonts-noto-core fonts-symbola
TEX := latexmk texlive-xetex texlive-luatex texlive-latex-recommended texlive-latex-extra texlive-fonts-recommended lmodern tex-gyre

# veraPDF, which is inside a package from PyPI, is a Java program
JAVA := default-jre-headless libjaxb-java

# Opens the Word files of one test: 260 MB
OFFICE := libreoffice-writer-nogui

# The Python of RenderCV, which needs 3.12, and its virtual environment, for "make bench", "make parsers" and "make sheets"
RENDERCV := .venv-rendercv
RENDERCV_PYTHON ?= $(shell for p in python3.14 python3.13 python3.12; do $$p -c "" 2>/dev/null && echo $$p && break; done)

PRINTED := classic modern compact casual banking timeline ats jake awesome harvard alta

.PHONY: demo test check dist bench times scale faults hostile verapdf mutants survey tailoring precision parsers languages gallery sheets goldens editor biblatex docs format clean

demo: $(VENV)/.installed
	@mkdir -p out
	@for profile in examples/*/profile.yaml; do \
	  name=$$(basename $$(dirname $$profile)); \
	  for theme in $(PRINTED); do echo $$profile -t $$theme -q -o out/$$name-$$theme.pdf; done; \
	done | xargs -P 2 -L 1 $(BIN)/cvgen render
	@echo; echo "The PDFs:"; ls -1 $(CURDIR)/out/*.pdf
	@echo; echo "The command: $(abspath $(BIN))/cvgen"; echo "To type cvgen alone: source $(BIN)/activate"

# Three processes on two cores: one often waits for a program or a time limit
test: $(VENV)/.installed-dev $(VENV)/.installed-tex
	CVGEN_REQUIRE_TEX=1 PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder $(ARGS)

check: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# The table of docs/speed.md; RenderCV is in it where Python 3.12 or newer is here
bench: $(VENV)/.installed-dev $(VENV)/.installed-tex $(if $(RENDERCV_PYTHON),$(RENDERCV)/.installed)
	$(BIN)/python tests/ratios.py $(if $(RENDERCV_PYTHON),--rendercv $(RENDERCV)/bin/rendercv) $(ARGS)

times: $(VENV)/.installed-dev $(VENV)/.installed-tex
	$(BIN)/python tests/bench.py

# make scale [ARGS="--only papers --most 1000"]: how time and memory grow
scale: $(VENV)/.installed-dev
	$(BIN)/python tests/scale.py $(ARGS)

# What an editor shows: a language server of 30 MB, for which Node.js and npm must be here
editor: $(VENV)/.installed-dev
	@command -v npm >/dev/null || { echo "install Node.js with npm first"; exit 2; }
	npm install --no-audit --no-fund --ignore-scripts --silent --prefix $(VENV)/editor yaml-language-server@1.19
	CVGEN_YAML_LANGUAGE_SERVER=$(VENV)/editor/node_modules/.bin/yaml-language-server $(BIN)/python -m pytest tests/test_editor.py

# Sources whose publications biblatex prints, compiled: 100 MB of packages
biblatex: $(VENV)/.installed-dev $(VENV)/.installed-tex
	$(call apt_install,biber texlive-bibtex-extra)
	CVGEN_BIBLATEX=1 $(BIN)/python -m pytest tests/test_biblatex.py

verapdf: $(VENV)/.installed-dev $(VENV)/.installed-tex
	$(BIN)/python tests/standards.py

# make faults [KILLS=200] [ARGS="--only 'full disk'"]: what survives when something goes wrong
faults: $(VENV)/.installed-dev $(VENV)/.installed-tex
	$(BIN)/python tests/faults/run.py $(if $(KILLS),--kills $(KILLS)) $(ARGS)

# make survey DIR=/a/folder/of/bibliographies [ARGS="--details --json found.json"]
survey: $(VENV)/.installed-dev
	@test -d "$(DIR)" || { echo "name a folder: make survey DIR=/a/folder"; exit 2; }
	$(BIN)/python tests/survey.py "$(DIR)" $(ARGS)

# make mutants [SEED=1] [COUNT=200] [PACKAGE="select fit"] [JOBS=2]: how many small wrong changes the tests notice
mutants: $(VENV)/.installed-dev
	$(BIN)/python tests/mutants.py $(if $(SEED),--seed $(SEED)) $(if $(COUNT),--count $(COUNT)) \
	  $(if $(PACKAGE),--packages $(PACKAGE)) $(if $(JOBS),--jobs $(JOBS)) $(ARGS)

# make hostile [CLASS="queries yaml"] [CASE=queries/join] [SEED=1] [COUNT=600] [JOBS=2]: what strangers' files can do
hostile: $(VENV)/.installed-dev $(VENV)/.installed-tex
	PYTHONPATH=tests $(BIN)/python -m hostile $(if $(CLASS),--classes $(CLASS)) $(if $(CASE),--case "$(CASE)") \
	  $(if $(SEED),--seed $(SEED)) $(if $(COUNT),--count $(COUNT)) $(if $(JOBS),--jobs $(JOBS)) $(ARGS)

# make tailoring [HALF=tune|report] [THEME="classic ats"] [PERSON=chef] [ARGS=--details]: match, and the page it leads to,
# beside hand-made lists
tailoring: $(VENV)/.installed-dev
	$(BIN)/python tests/tailoring.py $(if $(HALF),--half $(HALF)) $(if $(PERSON),--person $(PERSON)) \
	  $(if $(THEME),--theme $(THEME)) $(ARGS)

# make precision [ARGS=--details]: how many findings of cvgen review an adviser agrees with
precision: $(VENV)/.installed-dev
	$(BIN)/python tests/precision.py $(ARGS)

# make parsers [ARGS="--theme ats --engine weasyprint --details --parser 'COMMAND'"]: what résumé parsers and readers of PDFs find
# in our pages, and in those of RenderCV and moderncv where these are here. The parsers are in a virtual environment of their own
PARSERS := .venv-parsers
parsers: $(VENV)/.installed-dev $(VENV)/.installed-tex $(PARSERS)/.installed $(if $(RENDERCV_PYTHON),$(RENDERCV)/.installed)
	PATH="$(CURDIR)/$(RENDERCV)/bin:$$PATH" PYTHONPATH=tests $(BIN)/python -m parsers --python $(PARSERS)/bin/python $(ARGS)

$(PARSERS)/.installed: tests/parsers/requirements.txt
	$(PYTHON) -m venv $(PARSERS)
	$(PARSERS)/bin/python -m pip install -q --disable-pip-version-check -r $<
	@touch $@

$(RENDERCV)/.installed:
	-$(RENDERCV_PYTHON) -m venv $(RENDERCV) && $(RENDERCV)/bin/python -m pip install -q --disable-pip-version-check "rendercv[full]==2.8"
	@touch $@

# The manual as a web site, in out/manual/; a broken link is an error
docs: $(VENV)/.installed-docs
	$(BIN)/python docs/_site/build_site.py out/manual

# make languages [LANGUAGES="he ar"] [THEMES=classic] [ENGINES=weasyprint]: a career that has everything passes "cvgen check"
languages: $(VENV)/.installed-dev $(VENV)/.installed-tex
	$(BIN)/python tests/languages.py $(if $(LANGUAGES),--languages "$(LANGUAGES)") $(if $(THEMES),--themes "$(THEMES)") \
	  $(if $(ENGINES),--engines "$(ENGINES)")

# The package for PyPI, in dist/. CVGEN_REPOSITORY=https://…, the project's address, adds its links and pictures
dist: $(VENV)/.installed-dev
	rm -rf dist
	$(BIN)/python -m build --no-isolation --outdir dist
	$(BIN)/twine check --strict dist/*

format: $(VENV)/.installed-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean:
	rm -rf $(VENV) out build dist

# apt is asked only where something is missing, so that a second run needs no network
define apt_install
	@missing=$$(for p in $(1); do dpkg -s $$p >/dev/null 2>&1 || echo $$p; done); \
	if [ -n "$$missing" ]; then \
	  echo "installing: $$missing"; \
	  $(APT) -qq update && $(APT) -qq install -y --no-install-recommends $$missing >/dev/null; \
	fi
endef

$(VENV)/bin/python:
	$(call apt_install,$(shell $(PYTHON) -c "import ensurepip" 2>/dev/null || echo python3-venv))
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(VENV)/bin/python pyproject.toml
	$(call apt_install,$(PANGO) $(FONTS))
	$(BIN)/python -m pip install -q --disable-pip-version-check -e .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(call apt_install,poppler-utils chromium $(JAVA) $(OFFICE))
	$(BIN)/python -m pip install -q --disable-pip-version-check -e ".[dev]"
	@touch $@

$(VENV)/.installed-docs: $(VENV)/.installed
	$(BIN)/python -m pip install -q --disable-pip-version-check -e ".[docs]"
	@touch $@

$(VENV)/.installed-tex:
	$(call apt_install,$(TEX) $(FONTS))
	@mkdir -p $(VENV); touch $@

# What tests/test_goldens.py compares with; look at what git says has changed before you keep it
goldens: $(VENV)/.installed-dev $(VENV)/.installed-tex
	$(BIN)/cvgen check tests/goldens/profile.yaml --all-themes -e weasyprint -e xelatex --baseline tests/goldens --update
	$(BIN)/cvgen check examples/homepage/profile.yaml -e weasyprint --baseline tests/goldens --update
	$(BIN)/cvgen check examples/homepage/profile.yaml -v full -v engineer -e xelatex --baseline tests/goldens --update

# make sheets [RIVALS=/a/folder/of/other/templates] [ARGS="--theme jake --blind 7"]: each theme beside its rivals, with the same
# content; rivals are shown where their program is installed, or their template is in the folder
sheets: $(VENV)/.installed-dev $(VENV)/.installed-tex
	$(BIN)/python tests/sheets.py $(if $(RIVALS),--rivals "$(RIVALS)") $(ARGS)

# The pictures of README, from examples/
gallery: $(VENV)/.installed-dev
	@mkdir -p out examples/gallery
	@for theme in classic casual timeline; do \
	  $(BIN)/cvgen render examples/researcher/profile.yaml -t $$theme -q -o out/$$theme.pdf || exit 1; \
	done
	@for theme in modern compact banking ats jake awesome harvard alta; do \
	  $(BIN)/cvgen render examples/engineer/profile.yaml -t $$theme -q -o out/$$theme.pdf || exit 1; \
	done
	@for theme in $(PRINTED); do \
	  pdftoppm -r 80 -png -f 1 -l 1 -singlefile out/$$theme.pdf examples/gallery/$$theme; \
	done
	@for variant in full default platform; do \
	  $(BIN)/cvgen render examples/engineer/profile.yaml -v $$variant -q -o out/tailored-$$variant.pdf || exit 1; \
	  pdftoppm -r 60 -png -f 1 -l 1 -singlefile out/tailored-$$variant.pdf examples/gallery/tailored-$$variant; \
	done
	$(BIN)/cvgen render examples/homepage/profile.yaml -v engineer -q -o out/engineer.pdf
	pdftoppm -r 80 -png -singlefile out/engineer.pdf examples/gallery/engineer
	$(BIN)/cvgen render examples/homepage/profile.yaml -q -o out/full.pdf
	pdftoppm -r 80 -png -f 1 -l 1 -singlefile out/full.pdf examples/gallery/full
	$(BIN)/cvgen render examples/homepage/profile.yaml -v web -f html -o out/homepage.html
	chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --window-size=1180,900 \
	  --screenshot=examples/gallery/homepage.png out/homepage.html >/dev/null 2>&1
