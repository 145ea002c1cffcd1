"""The Telegram channel."""

import os

# python-telegram-bot's own switch: durations are `timedelta`s. Without it each 429 warns.
os.environ["PTB_TIMEDELTA"] = "1"  # noqa: TID251 -- not one of our settings
