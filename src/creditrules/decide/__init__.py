"""Decide: matches become a decision: actions by unit, what is open, what was set aside, records, reasons."""
