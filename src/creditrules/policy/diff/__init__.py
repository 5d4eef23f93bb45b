"""Policy: what a change of a catalogue means, in the words of the law, and whose decisions it changes."""
