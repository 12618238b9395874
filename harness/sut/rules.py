"""What must hold between the values of a SUT file, beyond the type of each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from harness.sut import driver_rules, endpoint_rules, firmware_rules, load_rules, token_rules
from harness.sut.catalogue import features
from harness.sut.endpoint_rules import Broken
from harness.sut.model import Tables
from harness.sut.problem import nearest


def broken(tables: Tables, folder: Path) -> tuple[Broken, ...]:
    """Every rule that the file breaks. Reads the files that the file names, nothing else."""
    return (
        *_versions(tables),
        *endpoint_rules.connection(tables),
        *endpoint_rules.tls(tables, folder),
        *firmware_rules.firmware(tables, folder),
        *load_rules.load(tables),
        *_evses(tables),
        *token_rules.tokens(tables),
        *_features(tables),
        *driver_rules.drivers(tables, folder),
    )


def _versions(tables: Tables) -> Iterator[Broken]:
    versions = tables.sut.versions
    for index, version in enumerate(versions):
        if version in versions[:index]:
            yield ("sut", "versions", index), f"version {version} is there twice", "remove one"


def _evses(tables: Tables) -> Iterator[Broken]:
    if not tables.station.evses:
        yield ("station", "evses"), "there is no EVSE", "write at least evses = [{ id = 1 }]"
    for index, evse in enumerate(tables.station.evses):
        at = ("station", "evses", index)
        if evse.id != index + 1:
            mend = "number the EVSEs 1, 2, 3 ... in this order"
            yield (*at, "id"), f"EVSE id {evse.id} stands where {index + 1} is due", mend
        if evse.types and len(evse.types) != evse.connectors:
            what = f"{len(evse.types)} types for {evse.connectors} connectors"
            yield (*at, "types"), what, "name one type per connector, or leave types out"


def _features(tables: Tables) -> Iterator[Broken]:
    known = features(tables.sut.versions)
    seen: set[str] = set()
    for index, feature in enumerate(tables.features.declared):
        at = ("features", "declared", index)
        if known and feature.id not in known:
            versions = " and ".join(tables.sut.versions)
            yield at, f'there is no feature "{feature.id}" in OCPP {versions}', _feature_mend(feature.id, known)
        if feature.id in seen:
            yield at, f'feature "{feature.id}" is declared twice', "remove one"
        seen.add(feature.id)
        evses = len(tables.station.evses)
        if feature.id == "HFS-8" and tables.sut.role == "station" and feature.value != str(evses):
            what = f'HFS-8, the number of EVSEs, is "{feature.value}", but [station] has {evses}'
            yield at, what, f'write "HFS-8 = {evses}", or correct the EVSEs'


def _feature_mend(name: str, known: dict[str, str]) -> str:
    """Names are suggested, ids are not: the nearest number is no likelier than another."""
    mend = nearest(name, (title for title in known if title.isalpha()))
    return mend if mend.startswith("did") else "see fixtures/catalogue/features.toml for those that exist"
