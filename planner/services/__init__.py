"""What people ask for, one module each: decide with pure values, then act in one transaction."""
