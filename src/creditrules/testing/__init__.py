"""Testing: for authors of engines and catalogues; what makes random things needs the extra `testing`.

`creditrules.testing.strategies` makes random catalogues, dossiers and worlds;
`creditrules.testing.conformance.check_engine` compares an engine with the reference on them.
`creditrules.testing.workload` and `creditrules.testing.peers` are what `creditrules bench` measures.
"""
