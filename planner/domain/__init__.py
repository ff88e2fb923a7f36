"""Pure values and the functions between them: standard library only, no clock, no files, no database."""
