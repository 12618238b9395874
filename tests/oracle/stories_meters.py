"""Meters and the door: when those rules fire and when they are silent."""

from __future__ import annotations

from harness.journal import HandshakeRequest, HandshakeResponse
from tests.oracle.bench import IN, OUT, Record
from tests.oracle.stories import fires, silent

# ---- meters ---------------------------------------------------------------------------------------


def _meter(record: Record, value: object, unit: str = "Wh", evse: int = 1, when: str = "", **sample: object) -> None:
    record.now += 1
    if record.version == "1.6":
        entry = {"value": str(value), "unit": unit} | sample
        payload: dict[str, object] = {"connectorId": evse}
    else:
        entry = {"value": value, "unitOfMeasure": {"unit": unit}} | sample
        payload = {"evseId": evse}
    payload["meterValue"] = [{"timestamp": when or record.wall(), "sampledValue": [entry]}]
    record.theirs(2, f"m{len(record.journal)}", "MeterValues", payload)


@fires("register-backwards")
def less_energy_than_before(record: Record) -> None:
    _meter(record, 1000)
    _meter(record, 999)


@fires("register-backwards")
def by_a_multiplier(record: Record) -> None:
    _meter(record, 2, unitOfMeasure={"unit": "Wh", "multiplier": 3})
    _meter(record, 900)


@silent("register-backwards", "1.6")
def set_to_zero_between_two_transactions(record: Record) -> None:
    for number, value in ((1, "500"), (2, "0")):
        reading = {"timestamp": record.wall(), "sampledValue": [{"value": value}]}
        payload = {"connectorId": 1, "transactionId": number, "meterValue": [reading]}
        record.theirs(2, f"m{number}", "MeterValues", payload, after=1)


@fires("register-backwards")
def in_another_unit(record: Record) -> None:
    _meter(record, 2000)
    _meter(record, 1.5, "kWh")


@fires("register-backwards", "1.6")
def in_16_as_text(record: Record) -> None:
    _meter(record, 1000)
    _meter(record, 900)


@fires("register-backwards", "1.6")
def a_stop_below_its_start(record: Record) -> None:
    _started(record, 42, 500)
    record.theirs(2, "stop", "StopTransaction", {"transactionId": 42, "meterStop": 499, "timestamp": record.wall()})


@silent("register-backwards")
def each_evse_its_own_meter(record: Record) -> None:
    _meter(record, 1000, evse=1)
    _meter(record, 10, evse=2)


@silent("register-backwards", "1.6")
def each_connector_its_own_meter(record: Record) -> None:
    _meter(record, 1000, evse=1)
    _meter(record, 10, evse=2)


@silent("register-backwards")
def of_one_time_nobody_knows_which_came_first(record: Record) -> None:
    _meter(record, 1000, when="2027-01-15T08:00:00Z")
    _meter(record, 999, when="2027-01-15T08:00:00Z")


@fires("register-backwards")
def less_than_the_highest_of_one_time(record: Record) -> None:
    for value in (999, 1000, 998):
        _meter(record, value, when="2027-01-15T08:00:00Z")
    _meter(record, 999, when="2027-01-15T08:00:01Z")


@silent("register-backwards")
def each_phase_and_place_its_own_register(record: Record) -> None:
    _meter(record, 1000)
    _meter(record, 300, phase="L1")
    _meter(record, 1100, location="Inlet")
    _meter(record, 900, measurand="Energy.Active.Import.Interval")


@silent("register-backwards")
def the_same_in_another_unit(record: Record) -> None:
    _meter(record, 2000)
    _meter(record, 2.0, "kWh")
    record.now += 1


@fires("register-backwards")
def less_by_more_than_the_coarser_unit_shows(record: Record) -> None:
    _meter(record, 1260)
    _meter(record, 1.1, "kWh")


@fires("register-backwards")
def less_than_before_a_coarser_unit(record: Record) -> None:
    _meter(record, 1260)
    _meter(record, 1.2, "kWh")
    _meter(record, 1259)


@fires("register-backwards")
def less_by_little_in_the_same_coarse_unit(record: Record) -> None:
    _meter(record, 1.3, "kWh")
    _meter(record, 1.2, "kWh")


@silent("register-backwards")
def a_coarser_unit_cuts_off_what_it_does_not_show(record: Record) -> None:
    _meter(record, 1295)
    _meter(record, 1.2, "kWh")
    _meter(record, 1295)


@silent("register-backwards", "1.6")
def a_coarser_unit_cuts_off_in_16_too(record: Record) -> None:
    _meter(record, "1.260", "kWh")
    _meter(record, 1260, "Wh")
    _meter(record, "1", "kWh")


@silent("register-backwards")
def an_older_reading_sent_later(record: Record) -> None:
    _meter(record, 2000, when="2027-01-15T09:00:00Z")
    _meter(record, 1000, when="2027-01-15T08:00:00Z")


@silent("register-backwards")
def an_older_and_higher_reading_sent_later(record: Record) -> None:
    _meter(record, 1000, when="2027-01-15T09:00:00Z")
    _meter(record, 1100, when="2027-01-15T08:00:00Z")
    _meter(record, 1050, when="2027-01-15T09:30:00Z")


@silent("register-backwards", "1.6")
def a_stop_at_its_start(record: Record) -> None:
    _started(record, 42, 500)
    record.theirs(2, "stop", "StopTransaction", {"transactionId": 42, "meterStop": 500, "timestamp": record.wall()})


def _started(record: Record, number: int, meter: int) -> None:
    payload = {"connectorId": 1, "idTag": "A", "meterStart": meter, "timestamp": record.wall()}
    record.theirs(2, f"start{number}", "StartTransaction", payload)
    record.ours(3, f"start{number}", {"transactionId": number, "idTagInfo": {"status": "Accepted"}})


def _metered(record: Record, number: int) -> None:
    value = [{"timestamp": record.wall(), "sampledValue": [{"value": "1"}]}]
    record.theirs(2, "m", "MeterValues", {"connectorId": 1, "transactionId": number, "meterValue": value})


@fires("meter-transaction", "1.6")
def a_transaction_nobody_assigned(record: Record) -> None:
    _started(record, 42, 0)
    _metered(record, 0)


@silent("meter-transaction", "1.6")
def the_one_assigned(record: Record) -> None:
    _started(record, 42, 0)
    _metered(record, 42)


@silent("meter-transaction", "1.6")
def none_at_all(record: Record) -> None:
    _started(record, 42, 0)
    _meter(record, 1)


@silent("meter-transaction", "1.6")
def one_from_before_the_scenario(record: Record) -> None:
    _metered(record, 17)


# ---- knocking at the door -------------------------------------------------------------------------


def _knocks(record: Record, *pauses: float) -> None:
    for link, pause in enumerate((0.0, *pauses), start=1):
        record.add(HandshakeRequest(IN, "/CS001"), link, pause)
        record.add(HandshakeResponse(OUT, 401), link)


@fires("back-off")
def the_same_pause_again_and_again(record: Record) -> None:
    _knocks(record, 1, 1, 1, 1)


@fires("back-off", "1.6")
def ever_faster(record: Record) -> None:
    _knocks(record, 8, 4, 2, 1)


@silent("back-off")
def doubled(record: Record) -> None:
    _knocks(record, 1, 2, 4, 8)


@silent("back-off")
def let_in_at_last(record: Record) -> None:
    _knocks(record, 1, 1)
    record.opened(9)
    _knocks(record, 1, 1)


@silent("back-off")
def slow_from_the_beginning(record: Record) -> None:
    _knocks(record, 90, 90, 90, 90)
