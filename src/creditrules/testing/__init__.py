"""Testing: for authors of engines, catalogues and channels; random things need the extra `testing`.

`creditrules.testing.strategies` makes random catalogues, dossiers and worlds;
`creditrules.testing.conformance.check_engine` compares an engine with the reference on them.
`creditrules.testing.channels.check_channel` asks a channel what the desk relies on.
`creditrules.testing.workload` and `creditrules.testing.peers` are what `creditrules bench` measures.
"""
