"""Which of the frames that the saboteur counted each entry of the journal was.

Not every frame that a product sends arrives: what it sends into a connection that we have ended, and of whose end it
has not heard yet, is counted where it leaves and seen nowhere. So frames are told by their messageId, not by counting.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from harness.journal import Direction
from harness.oracle.transcript import Transcript
from harness.proof.mutant import Selector

Counted = Sequence[tuple[str, Selector]]
"""Each frame that left: its messageId, and how it was counted."""


def numbered(transcript: Transcript, counted: Counted) -> dict[int, Selector]:
    """By journal number. A messageId sent anew after an outage is matched from its last time back, as what was lost
    was sent before what arrived."""
    left: dict[tuple[int, str], list[Selector]] = defaultdict(list)
    for frame_id, selector in counted:
        left[selector.kind, frame_id].append(selector)
    found: dict[int, Selector] = {}
    for message in reversed(transcript.messages()):
        if message.direction is not Direction.IN or message.frame is None:
            continue
        if alike := left[message.frame.kind, message.frame.id]:
            found[message.number] = alike.pop()
    return dict(sorted(found.items()))
