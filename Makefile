# One command file for people and machines; each line hands over to the set-up, which explains itself.
# A Python 3.11 or newer of your own choice: make run PYTHON=/path/to/python3
# Part of the tests: make test WING=people, or make test ONLY=tests/walk, or ONLY='refused and not api'

PYTHON ?= python3
export NEL_STARTED_BY_MAKE := 1
export WING
export ONLY

SETUP := $(PYTHON) nel_participation/install/bootstrap.py

.PHONY: help run test cover check bench lock frontend clean

help:
	@$(SETUP) help

run test cover check bench lock frontend clean:
	@exec $(SETUP) $@
