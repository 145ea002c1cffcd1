"""What the coach teaches: packs, interface texts, and the rules they must obey."""
