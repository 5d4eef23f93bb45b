"""Policy: what people who own the rules run over them: examples with what they expect."""
