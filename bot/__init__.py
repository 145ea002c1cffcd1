"""The coach: channels, the turn, its handlers, and the rules they apply."""
