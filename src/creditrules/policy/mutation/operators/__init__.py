"""Policy, mutation: one module per way to change the rules; `registry.OPERATORS` is their order."""
