"""Deliver: turn a decision, a catalogue or findings into a file, a page or a message."""
