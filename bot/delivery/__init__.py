"""From outbox row to channel: in order within a chat, paced, retried, never silently lost.

Open `delivery.py` for the whole, `sender.py` for one channel, `hand.py` for what it holds,
`pacing.py` for how fast, `marks.py` for what was sent, `lease.py` for who may send.
"""
