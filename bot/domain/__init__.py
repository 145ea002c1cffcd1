"""Pure rules: no I/O, time and chance are parameters."""
