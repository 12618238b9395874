"""The card reader: what a presented token starts, and what it stops (C01, C09, C16, E07)."""

from __future__ import annotations

from harness.reference.station201.authorisation import Decision, identity
from harness.reference.station201.core import Core
from harness.reference.station201.memory import Payload
from harness.reference.station201.sessions import Grant


class Reader:
    """Takes tokens. `asking` are the EVSEs whose last token is still being decided about."""

    def __init__(self, core: Core) -> None:
        self.core = core
        self.sessions = core.sessions
        self.asking: set[int] = set()
        self.screen: Payload | None = None  # the master pass whose holder has yet to choose
        self.chosen: int | None = None  # picked while the CSMS was still being asked

    def present(self, evse: int, token: Payload) -> None:
        """A token at the reader (C01, C09, C16, E07)."""
        if not self.sessions.ready() or evse in self.asking:
            return
        if self.sessions.unlocks(evse, token):
            return
        grant = self.sessions.grants.get(evse)
        if grant is not None:
            self._present_again(evse, grant, token)
            return
        transaction = self.core.transactions.of(evse)
        earlier = transaction.token if transaction is not None else None
        if not self.sessions.usable(evse) or (earlier is not None and identity(earlier) != identity(token)):
            return  # C01.FR.23: once authorised, a transaction is its first driver's
        self._decide(evse, token, lambda info: self._decided(evse, token, info))

    def _decide(self, evse: int, token: Payload, then: Decision) -> None:
        self.asking.add(evse)

        def decided(info: Payload | None) -> None:
            self.asking.discard(evse)
            then(info)

        self.core.authorisation.decide(token, decided)

    def _present_again(self, evse: int, grant: Grant, token: Payload) -> None:
        known = self.core.authorisation.known(token)
        if self.core.behaviour.stops_for_any_token or grant.covers(token, known):
            self.sessions.stop(evse, "StopAuthorized", "Local", token)  # C01.FR.03, without asking
            return

        def answered(info: Payload | None) -> None:
            if info is not None and self._master(token, info):
                return
            if grant is self.sessions.grants.get(evse) and grant.covers(token, info):
                self.sessions.stop(evse, "StopAuthorized", "Local", token)

        self._decide(evse, token, answered)

    def _decided(self, evse: int, token: Payload, info: Payload | None) -> None:
        if info is None or info.get("status") != "Accepted" or evse in self.sessions.grants:
            return
        if not self.sessions.ready() or not self.sessions.usable(evse):
            return
        if self._master(token, info) and not self.core.behaviour.master_pass_starts:
            return
        allowed = info.get("evseId")
        if isinstance(allowed, list) and allowed and evse not in allowed:
            return  # C01.FR.21
        self.sessions.authorised(evse, token, info)

    def _master(self, token: Payload, info: Payload) -> bool:
        """C16.FR.02, C16.FR.03: a master pass stops every transaction and starts none."""
        if info.get("status") != "Accepted" or not self.core.authorisation.is_master(info):
            return False
        if self.core.config.user_interface:
            self.screen = token
            if self.chosen is not None:
                self.choose(self.chosen)
        elif not self.core.behaviour.master_pass_starts:
            self._stop_as_master(token, 0)
        return True

    def choose(self, evse: int) -> None:
        """C16.FR.01, .07: what the holder of a master pass picks on the screen; 0 is everything."""
        if self.screen is None:
            if not self.asking:
                raise ValueError("no master pass has opened the screen")
            self.chosen = evse
            return
        token, self.screen, self.chosen = self.screen, None, None
        self._stop_as_master(token, 0 if self.core.behaviour.master_pass_stops_all else evse)

    def _stop_as_master(self, token: Payload, evse: int) -> None:
        for running in list(self.core.memory.running):
            if evse in (0, running):
                self.sessions.stop(running, "StopAuthorized", "MasterPass", token)
