"""Policy, mutation: change the rules a little, and say which changes no example notices."""
