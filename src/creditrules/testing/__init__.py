"""Testing: for authors of engines and catalogues. Needs the extra `testing` (Hypothesis).

`creditrules.testing.strategies` makes random catalogues, dossiers and worlds;
`creditrules.testing.conformance.check_engine` compares an engine with the reference on them.
"""
