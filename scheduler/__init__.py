"""The worker that fires due timers and tidies up."""
