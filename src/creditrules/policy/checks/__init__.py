"""Policy, checks: what a careful drafter wants to be told of a catalogue that loads; one file per check.

A file `cr3NN_<thing_found>.py` holds its code, name, severity and function as `CHECK`. Its docstring is the
page of its code, and the two examples in it run in the tests. There is no list of checks but the folder.
"""
