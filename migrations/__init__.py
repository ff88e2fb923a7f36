"""How the database came to its form, step by step; each step is history and imports nothing of ours."""
