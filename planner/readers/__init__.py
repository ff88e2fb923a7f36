"""Files to rows and problems. Nothing here writes, asks or decides."""
