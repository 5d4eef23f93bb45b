"""Compile: a catalogue and a day become a rulebook. One file per pass; `passes.PASSES` is their order."""
