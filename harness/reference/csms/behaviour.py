"""What a practice CSMS can do wrong: one field for each fault, and none set by default."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from harness.rpc.frame import Json


class _Removed:
    """The value of an `Edit` that takes a member away."""

    def __repr__(self) -> str:
        return "REMOVED"


REMOVED: Final = _Removed()


@dataclass(frozen=True, slots=True)
class Edit:
    """Spoils one member of what the CSMS sends: its answer to `action`, or its own CALL of that name.

    `path` is dotted (``idTokenInfo.status``, ``getVariableData.0.component``); a path whose parent is not
    there changes nothing. `value` REMOVED takes the member away.
    """

    action: str
    path: str
    value: Json


@dataclass(frozen=True, slots=True)
class Behaviour:
    """The defaults conform."""

    # ---- handshake -----------------------------------------------------------------------------------
    accepts_unknown_identity: bool = False
    identity_not_decoded: bool = False
    ignores_password: bool = False
    password_as_text: bool = False
    """The octets of a password are read as Latin-1 and kept as UTF-8."""
    ignores_user: bool = False
    """The password alone is checked; the user name need not be the identity."""
    checks_password_after_upgrade: bool = False
    """101 first, then a close with 1008."""
    selects_unknown_subprotocol: bool = False
    """With no version in common it selects the station's first offer all the same."""
    fails_open: int = 0
    """After so many refused passwords it lets anybody in."""
    keeps_old_password: bool = False
    """Goes on asking for the old password after the station has accepted a new one."""
    omits_subprotocol: bool = False
    """A common version is used, but the answer does not name it."""
    refuses_unknown_subprotocol: bool = False
    """With no version in common it refuses with 400. Legal for TC_B_58_CSMS, not for Part 4 3.2."""
    keeps_unnegotiated: bool = False
    """With no version in common it upgrades without the header and leaves the connection open."""
    keeps_old_connection: bool = False
    """A second connection of an identity leaves the first one open, and deaf."""
    calls_old_connection: bool = False
    """Both connections of an identity are served, and CALLs go to the first."""
    refusal_evicts: bool = False
    """An attempt with wrong credentials closes the connection that the genuine station has."""
    accepts_old_tls: bool = False
    """TLS 1.1 is good enough (the listener's TLS is set accordingly)."""
    ignores_revocation: bool = False
    """Nobody looks up whether a client certificate is revoked (likewise)."""
    accepts_any_certificate: bool = False
    """No client certificate is asked for, so none is verified (likewise)."""
    ignores_common_name: bool = False
    """Any client certificate of the right CA is good for any identity."""
    takes_lower_profile: bool = False
    """A station that has gone over to security profile 3 may still come with a password alone (A05.FR.07)."""
    accepts_bad_csr: bool = False
    """Signs whatever it is asked to: any name, any key."""
    signs_nothing: bool = False
    """Accepts a CSR and never sends the certificate."""
    mute_to_pings: bool = False
    idle_close: int = 0
    """ns of silence from the station after which the connection is closed; 0 never."""

    # ---- RPC framework -------------------------------------------------------------------------------
    accepts_bad_time: bool = False
    accepts_malformed: bool = False
    """No payload is checked; what lacks too much for an answer gets InternalError."""
    deaf_after_malformed: bool = False
    closes_on_malformed: bool = False
    starves_all_after_malformed: bool = False
    """One station's bad message makes it deaf to every station that is connected."""
    silent_on: frozenset[str] = frozenset()
    """Actions that get no answer."""
    refuses: frozenset[str] = frozenset()
    """Actions that get a CALLERROR although a CALLRESULT is due."""
    error_code: str | None = None
    """The code of every CALLERROR instead of the right one."""
    results_for_unknown_action: bool = False
    answers_unknown_type: bool = False
    """A CALLERROR for an unknown message type number, which is to be ignored."""
    answers_results: bool = False
    """A CALLERROR to the CALLRESULT of its own CALL."""
    answers_strays: bool = False
    """A CALLERROR to an answer whose id it never used."""
    hangs_up_on_strays: bool = False
    """An answer whose id it never used, or has given up, ends the connection."""
    volunteers_results: bool = False
    """After each answer a CALLRESULT with an id that nobody used."""
    answers_twice: bool = False
    wrong_message_id: bool = False
    waits_for_own_call: bool = False
    """Answers nothing while its own CALL is open."""
    open_calls: int = 1
    repeats_message_ids: bool = False
    withholds: frozenset[str] = frozenset()
    """CALLs that it never sends, though its operator asks for them."""
    unasked: tuple[str, ...] = ()
    """CALLs that it sends after each BootNotification it accepts, though nobody asks for them."""
    answer_delay: int = 0
    """ns between a CALL and its answer."""
    slow_when_many: int = 0
    """ns between a CALL and its answer while more than 50 stations are connected; who boots is served at once."""

    # ---- content -------------------------------------------------------------------------------------
    time_suffix: str = "Z"
    clock_skew: int = 0
    """Seconds that currentTime is ahead of UTC."""
    clock_error: int = 0
    """Seconds that its whole clock, by which it looks at certificates too, is ahead of its stations'."""
    null_members: bool = False
    """An absent optional member is sent as null."""
    enum_outside_schema: bool = False
    """Every `status` it answers is in capitals."""
    omits_interval: bool = False
    omits_id_token_info: bool = False
    omits_group: bool = False
    accepts_every_token: bool = False
    accepts_every_vendor: bool = False
    edits: tuple[Edit, ...] = ()

    # ---- state ---------------------------------------------------------------------------------------
    serves_unaccepted: bool = False
    """Serves a station that is Pending or Rejected (B02.FR.09, B03.FR.07)."""
    calls_rejected: bool = False
    """Sends its own CALLs to a station that it has rejected (B03.FR.03)."""
    demands_boot: bool = False
    """A station that comes back is not served before it has booted again."""
    closes_pending: bool = False
    """Closes the connection after the answer Pending (B02.FR.06)."""
    ignores_concurrent: bool = False
    new_transaction_on_retry: bool = False
    repeats_transaction_ids: bool = False
    counts_transactions_per_station: bool = False
    """Two stations get the same transactionIds."""
    ends_foreign_transactions: bool = False
    """A StopTransaction ends the transaction of that id, whichever station it runs on."""
    silent_on_unknown_transaction: bool = False
    refuses_unknown_transaction: bool = False
    ends_when_unplugged: bool = False
    """An EV that is unplugged ends its transaction; what the station tells of it afterwards is refused (E10)."""
    revives_ended_transaction: bool = False
    """Takes an event of an ended transaction for a running one, and asks the station about it."""
    ignores_limits: bool = False
    """Takes no notice of ItemsPerMessage (B05.FR.11, B06.FR.05)."""
