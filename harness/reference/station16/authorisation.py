"""Who may charge: online, from the cache, from the local list, or unknown while offline (OCPP 1.6 3.5)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from harness.reference.station16 import clock, rpc
from harness.reference.station16.configuration import LIST_MAX, SEND_LIST_MAX
from harness.reference.station16.model import Answer, Payload, Station, fold
from harness.reference.station16.rpc import Refusal, Reply

Info = Mapping[str, Any]
_CACHE_MAX = 200


def authorise(station: Station, token: str, then: Callable[[Info], None]) -> None:
    """Find out about `token` and pass its IdTagInfo to `then`, now or when the CSMS has answered."""
    if not station.behaviour.authorises:
        then({"status": "Accepted"})
        return
    known = _known(station, token)
    if not station.online:
        then(_offline(station, known))
        return
    if station.flag("LocalPreAuthorize") and known is not None and known.get("status") == "Accepted":
        then(known)
        return

    def answered(answer: Answer) -> None:
        info = answer.payload.get("idTagInfo")
        if answer.accepted and isinstance(info, dict):
            remember(station, token, info)
            accepted = {**info, "status": "Accepted"}
            then(info if station.behaviour.honours_authorisation else accepted)
        elif answer.kind == "lost":
            then(_offline(station, known))
        else:
            then({"status": "Invalid"})

    rpc.call(station, "Authorize", {"idTag": token}, answered)


def _known(station: Station, token: str) -> Info | None:
    """What the station knows by itself; the local list comes before the cache (1.6 3.5.3)."""
    memory = station.memory
    entry: Info | None = None
    if station.flag("LocalAuthListEnabled") and station.behaviour.reads_local_list:
        entry = memory.local_list.get(fold(token))
    if entry is None and station.flag("AuthorizationCacheEnabled") and station.behaviour.reads_cache:
        entry = memory.cache.get(fold(token))
    if entry is None:
        return None
    expiry = clock.parse(entry.get("expiryDate"))
    if expiry is not None and expiry <= station.wall and entry.get("status") == "Accepted":
        return {**entry, "status": "Expired"}
    return entry


def parent_of(station: Station, token: str) -> str | None:
    """The parentIdTag of a token as far as the station knows it."""
    known = _known(station, token)
    parent = known.get("parentIdTag") if known else None
    return parent if isinstance(parent, str) else None


def _offline(station: Station, known: Info | None) -> Info:
    accepted = {"status": "Accepted"}
    if station.behaviour.offline_authorises_anyone:
        return accepted
    if known is not None:
        return known if station.flag("LocalAuthorizeOffline") else {"status": "Invalid"}
    return accepted if station.flag("AllowOfflineTxForUnknownId") else {"status": "Invalid"}


def remember(station: Station, token: str, info: Info) -> None:
    """Keep an IdTagInfo in the cache, unless the local list speaks for the token (1.6 3.5.1)."""
    token = fold(token)
    if not station.flag("AuthorizationCacheEnabled") or token in station.memory.local_list:
        return
    cache = station.memory.cache
    cache.pop(token, None)
    cache[token] = dict(info)
    if len(cache) > _CACHE_MAX:
        del cache[next(iter(cache))]


def clear_cache(station: Station, _payload: Payload) -> Reply:
    if not station.flag("AuthorizationCacheEnabled"):
        return Reply({"status": "Rejected"})
    if station.behaviour.clears_cache:
        station.memory.cache.clear()
    return Reply({"status": "Accepted"})


def get_local_list_version(station: Station, _payload: Payload) -> Reply:
    """-1 where the list is switched off, 0 where it is empty (1.6 5.10)."""
    if not station.flag("LocalAuthListEnabled"):
        return Reply({"listVersion": -1})
    return Reply({"listVersion": station.memory.list_version if station.memory.local_list else 0})


def send_local_list(station: Station, payload: Payload) -> Reply:
    if not station.flag("LocalAuthListEnabled"):
        return Reply({"status": "NotSupported"})
    entries = payload.get("localAuthorizationList", [])
    if len(entries) > SEND_LIST_MAX:
        raise Refusal("OccurenceConstraintViolation", "more than SendLocalListMaxLength entries")
    memory = station.memory
    full = payload["updateType"] == "Full"
    if payload["listVersion"] < 1 or (full and not _complete(entries)):
        return Reply({"status": "Failed"})
    if not full and payload["listVersion"] <= memory.list_version and station.behaviour.checks_list_version:
        return Reply({"status": "VersionMismatch"})
    merged = {} if full or not station.behaviour.merges_differential else dict(memory.local_list)
    for entry in entries:
        merged.pop(fold(entry["idTag"]), None)
        if "idTagInfo" in entry:
            merged[fold(entry["idTag"])] = entry["idTagInfo"]
    if len(merged) > LIST_MAX:
        return Reply({"status": "Failed"})
    memory.local_list = merged
    memory.list_version = payload["listVersion"]
    for token in merged:
        memory.cache.pop(token, None)
    return Reply({"status": "Accepted"})


def _complete(entries: list[Payload]) -> bool:
    """A full list names each token once, with its IdTagInfo (1.6 6.1)."""
    tokens = [fold(entry["idTag"]) for entry in entries]
    return len(set(tokens)) == len(tokens) and all("idTagInfo" in entry for entry in entries)
