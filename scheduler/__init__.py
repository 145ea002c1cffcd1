"""The worker that fires due timers and sweeps the outbox."""
