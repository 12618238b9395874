"""What differs between the OCPP versions, as one value each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from harness.reference.csms import answers16, answers201, check, messages16, messages201
from harness.reference.csms.check import Grammar
from harness.reference.csms.commands import COMMANDS16, COMMANDS201, Template
from harness.reference.csms.shared import Answer


@dataclass(frozen=True, slots=True)
class Dialect:
    """`codes` gives the CALLERROR code for each kind of `check.Fault`.

    `frame_error` is the code for what is no CALL at all; `unreadable_id` the messageId to answer under
    where none can be read, None where such a message gets no answer.
    """

    grammar: Grammar
    answers: Mapping[str, Answer]
    commands: Mapping[str, Template]
    codes: Mapping[str, str]
    frame_error: str
    unreadable_id: str | None


DIALECTS: Mapping[str, Dialect] = {
    "1.6": Dialect(
        Grammar(messages16.MESSAGES, messages16.TYPES, newer=False),
        answers16.ANSWERS,
        COMMANDS16,
        {
            check.MISSING: "OccurenceConstraintViolation",
            check.TYPE: "TypeConstraintViolation",
            check.VALUE: "PropertyConstraintViolation",
            check.UNKNOWN: "FormationViolation",
        },
        "FormationViolation",
        None,
    ),
    "2.0.1": Dialect(
        Grammar(messages201.MESSAGES, messages201.TYPES, newer=True),
        answers201.ANSWERS,
        COMMANDS201,
        {
            check.MISSING: "OccurrenceConstraintViolation",
            check.TYPE: "TypeConstraintViolation",
            check.VALUE: "PropertyConstraintViolation",
            check.UNKNOWN: "FormatViolation",
        },
        "RpcFrameworkError",
        "-1",
    ),
}
