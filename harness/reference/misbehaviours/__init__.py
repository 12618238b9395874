"""What the practice opponents can do wrong by name: bugs seen in the field, and who must notice each.

A second reader beside the proof: its mutants are derived from the scenarios, these are derived from the field.
"""

from harness.reference.misbehaviours.clocks import CLOCKS
from harness.reference.misbehaviours.core import CORE
from harness.reference.misbehaviours.csms import CSMS
from harness.reference.misbehaviours.entry import Misbehaviour
from harness.reference.misbehaviours.firmware import FIRMWARE
from harness.reference.misbehaviours.security import SECURITY
from harness.reference.misbehaviours.station_events import EVENTS
from harness.reference.misbehaviours.station_form import FORM
from harness.reference.misbehaviours.station_rest import REST
from harness.reference.misbehaviours.undone import UNDONE, Undone

MISBEHAVIOURS: tuple[Misbehaviour, ...] = (*FORM, *EVENTS, *REST, *FIRMWARE, *CSMS, *CLOCKS, *SECURITY, *CORE)

__all__ = ["MISBEHAVIOURS", "UNDONE", "Misbehaviour", "Undone"]
