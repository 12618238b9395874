"""The meters: registers, sampled and clock-aligned values (OCPP 1.6 4.7 and errata 3.13)."""

from __future__ import annotations

from harness.reference.station16 import profiles, rpc
from harness.reference.station16.configuration import MEASURANDS
from harness.reference.station16.model import Connector, Payload, Station
from harness.rpc.link import SECOND

_HOUR = 3600 * SECOND
_DAY = 24 * _HOUR
_MOST_SAMPLES = 200
_MOST_MESSAGES = 500


def advance(station: Station) -> None:
    """Bring every register to the present moment; call before anything that changes the power."""
    for connector in station.connectors.values():
        elapsed = station.now.monotonic - connector.metered
        connector.energy += connector.power * elapsed / _HOUR
        connector.metered = station.now.monotonic


def settle(station: Station) -> None:
    """Set the power that every connector draws from now on, and wake when a profile changes it."""
    station.timers.cancel("limits")
    for connector in station.connectors.values():
        connector.power = power(station, connector)
        change = profiles.next_change(station, connector.number) if connector.transaction else None
        if change is not None:
            due = station.now.monotonic + change - station.wall
            if due < (station.timers.at("limits") or due + 1):
                station.timers.set("limits", due, lambda: None)


def power(station: Station, connector: Connector) -> float:
    """W that the EV takes at this moment."""
    transaction = connector.transaction
    if transaction is None or transaction.suspended_by_station or not station.powered:
        return 0.0
    if not connector.plugged or not connector.ev_ready or connector.fault or station.station_fault:
        return 0.0
    if station.behaviour.draws_over_limit:
        return float(station.config.meter_power)
    return profiles.limit(station, connector.number, station.wall)


def register(station: Station, connector: Connector) -> int:
    """The energy register in Wh."""
    value = int(connector.energy + 1e-6)
    return 2_000_000 - value if station.behaviour.register_runs_backwards else value


def _measure(station: Station, connector: Connector, measurand: str) -> tuple[str, str]:
    """Value and unit of one measurand."""
    volts = station.config.voltage
    offered = profiles.limit(station, connector.number, station.wall) if connector.transaction else 0.0
    taken = power(station, connector)
    per_ampere = volts * station.config.phases
    table = {
        "Energy.Active.Import.Register": (str(register(station, connector)), station.behaviour.meter_unit),
        "Power.Active.Import": (f"{taken:.1f}", "W"),
        "Power.Offered": (f"{offered:.1f}", "W"),
        "Current.Import": (f"{taken / per_ampere:.1f}", "A"),
        "Current.Offered": (f"{offered / per_ampere:.1f}", "A"),
        "Voltage": (f"{volts:.1f}", "V"),
    }
    return table[measurand]


def measurands(station: Station, *names: str) -> list[str]:
    """The measurands that these configuration keys list, each once, in order."""
    listed = [item.strip() for name in names for item in station.setting(name).split(",")]
    return list(dict.fromkeys(item for item in listed if item))


def values(station: Station, connector: Connector, listed: list[str], context: str, wall: int | None = None) -> Payload:
    """One MeterValue with everything in `listed`."""
    sampled = []
    for measurand in listed:
        value, unit = _measure(station, connector, measurand)
        sampled.append({"value": value, "context": context, "measurand": measurand, "location": "Outlet", "unit": unit})
    return {"timestamp": station.timestamp(wall), "sampledValue": sampled}


def send(station: Station, connector: Connector, value: Payload, free: bool = False) -> None:
    """Send or queue MeterValues; those of a transaction are transaction-related (1.6 3.7)."""
    if not station.behaviour.sends_meter_values:
        return
    payload: Payload = {"connectorId": connector.number, "meterValue": [value]}
    if connector.transaction is None or free:
        known = connector.transaction and station.memory.transaction_ids.get(connector.transaction.number)
        if known is not None:
            payload["transactionId"] = known
        if station.online or free:
            rpc.call(station, "MeterValues", payload, free=free)
        return
    if not station.online and not station.behaviour.keeps_offline_transactions:
        return
    rpc.keep(station, "MeterValues", payload, connector.transaction.number)
    _limit_queue(station)


def _limit_queue(station: Station) -> None:
    """Let go of the oldest intermediate values when memory runs out; Start and Stop stay (1.6 3.7.1)."""
    messages = station.memory.messages
    if len(messages) > _MOST_MESSAGES:
        flying = [entry.item for entry in station.open.values()]
        old = next((m for m in messages if m.action == "MeterValues" and m not in flying), None)
        if old is not None:
            messages.remove(old)


def begin(station: Station, connector: Connector) -> None:
    """A transaction has begun: note the first values and start sampling."""
    transaction = connector.transaction
    if transaction is None:
        return
    listed = measurands(station, "StopTxnSampledData", "StopTxnAlignedData")
    if listed:
        transaction.begin = values(station, connector, listed, station.behaviour.begin_context)
    schedule(station, connector)


def schedule(station: Station, connector: Connector, due: int | None = None) -> None:
    """Arrange the next sample: MeterValueSampleInterval after `due`, or after this moment."""
    name = f"sample {connector.number}"
    interval = station.number("MeterValueSampleInterval")
    station.timers.cancel(name)
    if connector.transaction is not None and interval:
        at = (station.now.monotonic if due is None else due) + interval * SECOND
        station.timers.set(name, at, lambda: _sample(station, connector, at))


def _sample(station: Station, connector: Connector, due: int) -> None:
    transaction = connector.transaction
    if transaction is None:
        return
    context = station.behaviour.sampled_context
    listed = measurands(station, "MeterValuesSampledData") or [MEASURANDS[0]]
    send(station, connector, values(station, connector, listed, context))
    wanted = measurands(station, "StopTxnSampledData")
    if wanted:
        _remember(transaction.samples, values(station, connector, wanted, context))
    # A late wake-up must not shift the grid, and a long sleep must not bring a burst.
    interval = station.number("MeterValueSampleInterval") * SECOND
    late = station.now.monotonic - due
    schedule(station, connector, due + late // interval * interval if interval else None)


def _remember(samples: list[Payload], value: Payload) -> None:
    samples.append(value)
    if len(samples) > _MOST_SAMPLES:
        del samples[0]


def align(station: Station) -> None:
    """Arrange the next clock-aligned values: the next multiple of the interval since midnight UTC."""
    station.timers.cancel("aligned")
    interval = station.number("ClockAlignedDataInterval") * SECOND
    if not interval:
        return
    since_midnight = station.wall % _DAY
    wait = min((since_midnight // interval + 1) * interval, _DAY) - since_midnight
    if not station.behaviour.aligns_to_clock:
        wait = interval + 7 * SECOND // 10
    boundary = station.wall + wait
    station.timers.set("aligned", station.now.monotonic + wait, lambda: _aligned(station, boundary))


def _aligned(station: Station, boundary: int) -> None:
    context = station.behaviour.clock_context
    listed = measurands(station, "MeterValuesAlignedData") or [MEASURANDS[0]]
    wanted = measurands(station, "StopTxnAlignedData")
    for connector in station.connectors.values():
        send(station, connector, values(station, connector, listed, context, boundary))
        if wanted and connector.transaction is not None:
            _remember(connector.transaction.samples, values(station, connector, wanted, context, boundary))
    align(station)


def triggered(station: Station, connector: Connector) -> None:
    """MeterValues because the CSMS asked for them."""
    listed = measurands(station, "MeterValuesSampledData") or [MEASURANDS[0]]
    send(station, connector, values(station, connector, listed, "Trigger"), free=True)


def final(station: Station, connector: Connector) -> list[Payload]:
    """transactionData of StopTransaction: begin, what was sampled, end; empty where none is configured."""
    transaction = connector.transaction
    listed = measurands(station, "StopTxnSampledData", "StopTxnAlignedData")
    if transaction is None or not listed or not station.behaviour.fills_transaction_data:
        return []
    first = [transaction.begin] if transaction.begin else []
    return [*first, *transaction.samples, values(station, connector, listed, station.behaviour.end_context)]
