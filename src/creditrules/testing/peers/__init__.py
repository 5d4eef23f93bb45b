"""Testing, peers: other rule engines, asked the same questions, so that speed is compared with somebody's.

Each adapter is a module with a class `Peer`; the packages behind them are imported when one is made.
"""
