"""Training and measuring of what reads oral answers; the chat never imports this."""
