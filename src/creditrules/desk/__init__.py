"""Desk: initiate – respond – feedback: pushes to units, their answers, orders that take measures back."""
