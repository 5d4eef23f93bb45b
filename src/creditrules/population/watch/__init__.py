"""Population, watch: what can have changed since a population was decided, decided again."""
