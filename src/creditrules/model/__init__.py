"""The model: frozen attrs classes that every stage shares. It parses nothing and decides nothing."""
