"""The local web chat: one page, and the server that also answers health checks and webhooks."""
