"""Stand-ins for the platforms, strict enough to be believed."""
