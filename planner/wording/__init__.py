"""Values in words, for people: English and Russian."""
