"""One module a feature: prompts, handlers, and the ROUTES table at the bottom."""
