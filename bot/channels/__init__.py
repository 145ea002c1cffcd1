"""Where candidates talk from: one folder a channel."""
