"""What happens at each EVSE: cables, tokens, energy, and so the beginning and end of transactions (block E)."""

from __future__ import annotations

from dataclasses import dataclass

from harness.reference.station201 import faults
from harness.reference.station201.authorisation import identity
from harness.reference.station201.core import Core
from harness.reference.station201.memory import Payload, Place, Transaction
from harness.rpc.link import SECOND

ENDS_WITH_AUTHORISATION = frozenset({"Authorized", "PowerPathClosed", "EnergyTransfer"})


@dataclass(slots=True)
class Grant:
    """An authorisation to charge at one EVSE. `told` once a TransactionEventRequest has carried the idToken."""

    token: Payload
    info: Payload
    remote: int | None = None
    told: bool = False

    def covers(self, token: Payload, info: Payload | None) -> bool:
        """Whether this token may stop what was started here: the same one, or one of its group (C09.FR.03)."""
        if identity(token) == identity(self.token):
            return True
        group, other = self.info.get("groupIdToken"), (info or {}).get("groupIdToken")
        accepted = (info or {}).get("status") == "Accepted"
        return accepted and isinstance(group, dict) and isinstance(other, dict) and identity(group) == identity(other)


class Sessions:
    """The EVSEs and the physical world around them. What is physical outlives a reboot; a grant does not."""

    def __init__(self, core: Core) -> None:
        self.core = core
        self.plugged: dict[int, int] = {}  # EVSE -> connector
        self.left: dict[int, tuple[int, Payload | None]] = {}  # a cable without EV: EVSE -> connector, its driver
        self.parked: set[int] = set()
        self.paused: set[int] = set()  # EVs that take no energy
        self.faults: set[Place] = set()
        self.jammed: set[int] = set()
        self.lock_told: set[int] = set()  # EVSEs whose failed lock was told
        self.spent: set[int] = set()  # EVSEs whose present cable connection has had its transaction
        self.grants: dict[int, Grant] = {}

    # ---- conveniences

    @property
    def _starts(self) -> list[str]:
        return self.core.model.members("TxCtrlr", "TxStartPoint")

    @property
    def _stops(self) -> list[str]:
        return self.core.model.members("TxCtrlr", "TxStopPoint")

    def ready(self) -> bool:
        """Whether anything may happen: powered, and accepted since boot."""
        return self.core.network.powered and self.core.registration.accepted

    def _delivering(self, evse: int) -> bool:
        return self.core.transactions.meters[evse].delivering

    def power(self, evse: int) -> int:
        return self.core.transactions.meters[evse].power

    def faulted(self) -> bool:
        return bool(self.faults)

    def _credentials(self, evse: int) -> dict[str, object]:
        """idToken and remoteStartId for the next event, if it has not carried them yet (E01.FR.10, F02.FR.21)."""
        grant = self.grants.get(evse)
        if grant is None or grant.told:
            return {}
        grant.told = True
        transaction = self.core.transactions.of(evse)
        if transaction is not None:
            transaction.token = grant.token
        return {"token": grant.token, "remote": grant.remote}

    def _end(self, transaction: Transaction, trigger: str, reason: str, **details: object) -> None:
        evse = transaction.evse
        self.grants.pop(evse, None)
        if evse in self.plugged:
            self.spent.add(evse)
        self.core.transactions.end(transaction, trigger, reason, **details)
        self.core.availability.transaction_ended()
        self.core.reset.transaction_ended()
        self.core.firmware.transaction_ended()

    # ---- power

    def power_lost(self) -> None:
        for meter in self.core.transactions.meters.values():
            meter.switch(False)
        self.grants.clear()
        self.core.reader.asking.clear()

    def resume_after_power(self) -> None:
        """Transactions that power loss cut off are over; the CSMS hears of it after the boot."""
        for transaction in list(self.core.memory.running.values()):
            self.end(transaction, "AbnormalCondition", "PowerLoss")

    def end(self, transaction: Transaction, trigger: str, reason: str) -> None:
        """End a transaction for a reason that lies outside the EVSE."""
        state = "EVConnected" if transaction.evse in self.plugged else "Idle"
        self._end(transaction, trigger, reason, state=state)

    def broken(self, place: Place) -> None:
        """E06.FR.16: a fault ends the transaction at that connector."""
        transaction = self.core.transactions.of(place[0])
        if transaction is not None and transaction.connector in (0, place[1]):
            self.end(transaction, "AbnormalCondition", "Other")

    def resume(self) -> None:
        """Look again at every EVSE, as after being accepted: what waits there may start now."""
        self.core.aligned.schedule()
        if not self.ready():
            return
        for evse in sorted(self.parked):
            self._detected(evse)
        for evse in sorted(self.plugged):
            if evse not in self.spent:
                self._connected(evse)

    # ---- bay and cable

    def park(self, evse: int) -> None:
        self.parked.add(evse)
        if self.ready():
            self._detected(evse)

    def _detected(self, evse: int) -> None:
        transactions = self.core.transactions
        if transactions.of(evse) is None and "ParkingBayOccupancy" in self._starts and self.usable(evse):
            transactions.start(evse, "EVDetected")

    def leave(self, evse: int) -> None:
        self.parked.discard(evse)
        transaction = self.core.transactions.of(evse)
        if not self.core.network.powered or transaction is None:
            return
        if "ParkingBayOccupancy" in self._stops:
            self._end(transaction, "EVDeparted", transaction.stop_reason or "Local", state="Idle")
        else:
            self.core.transactions.update(transaction, "EVDeparted")

    def usable(self, evse: int) -> bool:
        """Whether something new may start there; not with a reset ahead."""
        if self.core.reset.ahead:
            return False
        return self.core.availability.usable(evse) or self.core.behaviour.starts_when_unavailable

    def plug_in(self, evse: int, connector: int) -> None:
        if evse in self.plugged:
            return
        self.plugged[evse] = connector
        self.left.pop(evse, None)
        if self.core.network.powered:
            self.core.availability.announce()
        if self.ready():
            self._connected(evse)

    def _connected(self, evse: int) -> None:
        """A cable stands between EV and EVSE (E02, E03)."""
        self.core.timers.cancel(f"plug:{evse}:")
        transactions, connector = self.core.transactions, self.plugged[evse]
        transaction, grant = transactions.of(evse), self.grants.get(evse)
        if transaction is not None:
            if transaction.charging_state == "Idle":
                details = self._credentials(evse)
                transactions.update(transaction, "CablePluggedIn", state="EVConnected", connector=connector, **details)
        elif self.usable(evse) and ("EVConnected" in self._starts or (grant and "PowerPathClosed" in self._starts)):
            details = self._credentials(evse)
            trigger = "RemoteStart" if details.get("remote") is not None else "CablePluggedIn"
            transactions.start(evse, trigger, state="EVConnected", connector=connector, **details)
        self._energise(evse)

    def unplug(self, evse: int) -> None:
        if self.plugged.pop(evse, None) is None:
            self._pull(evse)
            return
        self.spent.discard(evse)
        self.lock_told.discard(evse)
        if not self.core.network.powered:
            return
        delivered = self._delivering(evse)
        self.core.transactions.meters[evse].switch(False)
        transaction = self.core.transactions.of(evse)
        if transaction is not None:
            self._disconnected(transaction, delivered)
        else:
            self.grants.pop(evse, None)
        self.core.availability.announce()

    def unplug_ev(self, evse: int) -> None:
        """The cable leaves the EV and stays in the socket: locked, unless UnlockOnEVSideDisconnect frees it."""
        transaction, connector = self.core.transactions.of(evse), self.plugged.get(evse)
        if connector is not None and not self.core.config.fixed_cable:
            self.left[evse] = connector, transaction.token if transaction is not None else None
        self.unplug(evse)

    def _pull(self, evse: int) -> None:
        """The cable that the EV left behind comes out, if it is free (E09.FR.02)."""
        if evse in self.left and self._frees():
            del self.left[evse]
            self.core.availability.announce()

    def _frees(self) -> bool:
        return self.core.model.truth("OCPPCommCtrlr", "UnlockOnEVSideDisconnect")

    def unlocks(self, evse: int, token: Payload) -> bool:
        """E09.FR.03: the driver who left the cable behind gets it with the same card, and nothing starts."""
        connector, owner = self.left.get(evse, (0, None))
        if not connector or self._frees() or owner is None or identity(owner) != identity(token):
            return False
        if not self.core.behaviour.never_lets_cable_go:
            del self.left[evse]
            self.core.availability.announce()
        return True

    def _disconnected(self, transaction: Transaction, delivered: bool) -> None:
        """E06.FR.02, E06.FR.06, E09, E10."""
        deauthorise = self.core.model.truth("TxCtrlr", "StopTxOnEVSideDisconnect")
        stops = self._stops
        ends = "EVConnected" in stops or "PowerPathClosed" in stops
        ends = ends or ("EnergyTransfer" in stops and delivered) or ("Authorized" in stops and deauthorise)
        if ends:
            reason = transaction.stop_reason or "EVDisconnected"
            self._end(transaction, "EVCommunicationLost", reason, state="Idle")
            return
        self.core.transactions.update(transaction, "EVCommunicationLost", state="Idle")
        if deauthorise:
            transaction.deauthorised = self.grants.pop(transaction.evse, None) is not None or transaction.deauthorised
        else:
            self._await_cable(transaction.evse)

    # ---- energy

    def _energise(self, evse: int) -> None:
        """Let energy flow when there is a cable and a grant (C01.FR.01)."""
        place = (evse, self.plugged.get(evse, 0))
        granted = evse in self.grants or self.core.behaviour.charges_unauthorised
        if not place[1] or not granted or place in self.faults or self._delivering(evse):
            return
        if faults.unlocked(self.core, evse):
            return
        transaction = self.core.transactions.of(evse)
        if transaction is not None and transaction.deauthorised:
            self._suspend(transaction, "SuspendedEVSE")
        elif evse in self.paused:
            if transaction is not None:
                self._suspend(transaction, "SuspendedEV")
        else:
            self._charge(evse, transaction, place[1])

    def _charge(self, evse: int, transaction: Transaction | None, connector: int) -> None:
        transactions, starts = self.core.transactions, self._starts
        if transaction is None and not ({"EnergyTransfer", "DataSigned"} & set(starts) and self.usable(evse)):
            return
        details = self._credentials(evse)
        if transaction is None and "DataSigned" in starts and self._signs():
            transaction = transactions.start(
                evse, "SignedDataReceived", state="EVConnected", connector=connector, **details
            )
            details = {}
        if transaction is None and "EnergyTransfer" not in starts:
            return
        transactions.meters[evse].switch(True)
        if transaction is None:
            transactions.start(evse, "ChargingStateChanged", state="Charging", connector=connector, **details)
        else:
            transactions.update(
                transaction, "ChargingStateChanged", state="Charging", connector=connector, **details
            )

    def _signs(self) -> bool:
        """E01.FR.04: signed values exist only where SampledDataSignReadings is true."""
        return self.core.model.truth("SampledDataCtrlr", "SignReadings")

    def _suspend(self, transaction: Transaction, state: str) -> None:
        if transaction.charging_state != state:
            self.core.transactions.update(
                transaction, "ChargingStateChanged", state=state, **self._credentials(transaction.evse)
            )

    def ev_suspend(self, evse: int) -> None:
        """The EV takes no more energy (E01.FR.19, E06.FR.07)."""
        self.paused.add(evse)
        transaction = self.core.transactions.of(evse)
        if not self._delivering(evse) or transaction is None:
            return
        self.core.transactions.meters[evse].switch(False)
        if "EnergyTransfer" in self._stops:
            self._end(transaction, "ChargingStateChanged", "StoppedByEV", state="EVConnected")
        else:
            self._suspend(transaction, "SuspendedEV")

    def ev_resume(self, evse: int) -> None:
        self.paused.discard(evse)
        if self.core.network.powered:
            self._energise(evse)

    # ---- authorisation

    def authorised(self, evse: int, token: Payload, info: Payload, remote: int | None = None) -> None:
        """Energy may flow at this EVSE from now on (E02.FR.01, E03, F01, F02)."""
        self.grants[evse] = Grant(token, info, remote)
        transactions, connector = self.core.transactions, self.plugged.get(evse, 0)
        trigger = "Authorized" if remote is None else "RemoteStart"
        transaction, starts = transactions.of(evse), self._starts
        if transaction is not None:
            transaction.deauthorised = False
            transaction.stop_reason = None
            transaction.token = token
            transactions.update(transaction, trigger, connector=connector, **self._credentials(evse))
        elif "Authorized" in starts or (connector and "PowerPathClosed" in starts):
            state = "EVConnected" if connector else None
            transactions.start(evse, trigger, connector=connector, state=state, **self._credentials(evse))
        if connector:
            self._energise(evse)
        else:
            self._await_cable(evse)

    def _await_cable(self, evse: int) -> None:
        timeout = self.core.model.integer("TxCtrlr", "EVConnectionTimeOut") * SECOND
        if timeout and not self.core.behaviour.no_connection_timeout:
            self.core.after(f"plug:{evse}:", timeout, lambda: self._not_connected(evse))

    def _not_connected(self, evse: int) -> None:
        """C01.FR.26, E03.FR.05, E03.FR.15."""
        self.grants.pop(evse, None)
        transaction, stops = self.core.transactions.of(evse), self._stops
        if transaction is None:
            return
        if "Authorized" in stops or "ParkingBayOccupancy" not in stops:
            self._end(transaction, "EVConnectTimeout", "Timeout")
        else:
            transaction.deauthorised = True
            self.core.transactions.update(transaction, "EVConnectTimeout")

    def stop(self, evse: int, trigger: str, reason: str, token: Payload | None = None) -> None:
        """The authorisation ends: energy stops, and the transaction with it where TxStopPoint says so (E06, E07)."""
        self.core.timers.cancel(f"plug:{evse}:")
        self.grants.pop(evse, None)
        transaction = self.core.transactions.of(evse)
        if transaction is None:
            return
        self.core.transactions.meters[evse].switch(False)
        transaction.stop_reason, transaction.deauthorised = reason, True
        state = "EVConnected" if evse in self.plugged else "Idle"
        if ENDS_WITH_AUTHORISATION & set(self._stops):
            self._end(transaction, trigger, reason, state=state, token=token)
            return
        self.core.transactions.update(transaction, trigger, token=token)
        if transaction.charging_state != state:
            self.core.transactions.update(transaction, "ChargingStateChanged", state=state)
        if "DataSigned" in self._stops:
            self._end(transaction, "SignedDataReceived", reason, state=state)

    def judged(self, transaction: Transaction, token: Payload, info: Payload) -> None:
        """What the CSMS thinks of the token of a running transaction (E05, C15)."""
        grant = self.grants.get(transaction.evse)
        if grant is None or identity(grant.token) != identity(token):
            return
        if info.get("status") == "Accepted":
            grant.info = info
        elif self.core.model.truth("TxCtrlr", "StopTxOnInvalidId"):
            self.stop(transaction.evse, "Deauthorized", "DeAuthorized")
        elif not transaction.deauthorised:
            transaction.deauthorised = True
            self._allow_the_rest(transaction)

    def _allow_the_rest(self, transaction: Transaction) -> None:
        """Energy flows until MaxEnergyOnInvalidId has been delivered, if there is such a limit (C15.FR.07)."""
        power = self.power(transaction.evse)
        limit = self.core.model.integer("TxCtrlr", "MaxEnergyOnInvalidId")
        if limit and power:
            delay = limit * 3600 * SECOND // power
            self.core.after(f"invalid:{transaction.evse}:", delay, lambda: self._cut_off(transaction))
        else:
            self._cut_off(transaction)

    def _cut_off(self, transaction: Transaction) -> None:
        """The energy of a token that the CSMS refuses is used up (C15.FR.06, E05.FR.02)."""
        if transaction.deauthorised and self.core.transactions.of(transaction.evse) is transaction:
            delivering = self._delivering(transaction.evse)
            self.core.transactions.meters[transaction.evse].switch(False)
            if delivering and "EnergyTransfer" in self._stops:
                self._end(transaction, "Deauthorized", "DeAuthorized", state="EVConnected")
            elif transaction.evse in self.plugged:
                self._suspend(transaction, "SuspendedEVSE")
