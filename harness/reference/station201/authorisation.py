"""Who may charge: AuthorizeRequest, Authorization Cache, Local Authorization List, offline rules (blocks C, D)."""

from __future__ import annotations

from collections.abc import Callable

from harness.reference.station201 import clock
from harness.reference.station201.core import Core
from harness.reference.station201.memory import CachedToken, Payload, Token
from harness.rpc.link import SECOND

Decision = Callable[[Payload | None], None]


def identity(token: Payload) -> Token:
    """What makes two IdTokenType equal (C01.FR.25); idToken compares case-insensitively."""
    return str(token["type"]), str(token["idToken"]).lower()


class Authorisation:
    """Decides about idTokens. A decision is an IdTokenInfoType, or None where nobody could be asked."""

    def __init__(self, core: Core) -> None:
        self.core = core

    # ---- what the station knows itself

    def listed(self, token: Payload) -> Payload | None:
        """The Local Authorization List's entry, expired ones aside (C13.FR.05)."""
        if self.core.behaviour.ignores_local_list or not self.core.model.truth("LocalAuthListCtrlr", "Enabled"):
            return None
        info = self.core.memory.local_list.get(identity(token))
        if info is None:
            return None
        expires = clock.parse(info.get("cacheExpiryDateTime"))
        return None if expires is not None and expires <= self.core.wall else info

    def cached(self, token: Payload) -> Payload | None:
        """The Authorization Cache's entry; it goes when its time is over (C10.FR.10, C10.FR.13)."""
        if not self.core.model.truth("AuthCacheCtrlr", "Enabled"):
            return None
        entry = self.core.memory.cache.get(identity(token))
        if entry is not None and entry.expires <= self.core.wall:
            del self.core.memory.cache[identity(token)]
            return None
        return entry.info if entry else None

    def known(self, token: Payload) -> Payload | None:
        """List before cache (C13.FR.01)."""
        return self.listed(token) or self.cached(token)

    def learn(self, token: Payload, info: object) -> None:
        """C10.FR.04, C10.FR.05, C12.FR.06: keep the latest answer, whatever its status."""
        if not isinstance(info, dict) or self.core.behaviour.caches_nothing:
            return
        if not self.core.model.truth("AuthCacheCtrlr", "Enabled"):
            return
        life = self.core.model.integer("AuthCacheCtrlr", "LifeTime") * SECOND
        expires = clock.parse(info.get("cacheExpiryDateTime"))
        kept = {name: value for name, value in info.items() if name != "personalMessage"}
        until = self.core.wall + life if expires is None else expires
        self.core.memory.cache[identity(token)] = CachedToken(kept, until)

    def is_master(self, info: Payload) -> bool:
        group = info.get("groupIdToken")
        master = self.core.model.text("AuthCtrlr", "MasterPassGroupId")
        return bool(master) and isinstance(group, dict) and str(group.get("idToken", "")).lower() == master.lower()

    # ---- deciding

    def decide(self, token: Payload, then: Decision) -> None:
        """Find out about `token` and call `then`, at once or when the CSMS has answered."""
        if token["type"] == "NoAuthorization" or not self.core.model.truth("AuthCtrlr", "Enabled"):
            then({"status": "Accepted"})
        elif self.core.network.online:
            self._online(token, then)
        else:
            then(self._offline(token))

    def _online(self, token: Payload, then: Decision) -> None:
        model, known = self.core.model, self.known(token)
        trusted = model.truth("AuthCtrlr", "LocalPreAuthorize") and not self.core.behaviour.authorizes_cached
        if trusted and known is not None and known.get("status") == "Accepted":
            then(known)
            return
        controller = "LocalAuthListCtrlr" if self.listed(token) else "AuthCacheCtrlr"
        if trusted and known is not None and model.truth(controller, "DisablePostAuthorize"):
            then(known)
            return
        if model.truth("AuthCtrlr", "DisableRemoteAuthorization"):
            then(known)
            return
        self.ask(token, then)

    def ask(self, token: Payload, then: Decision) -> None:
        """Send AuthorizeRequest; without an answer the offline rules decide (C01, error handling)."""

        def answered(answer: Payload) -> None:
            info = answer.get("idTokenInfo")
            self.learn(token, info)
            then(info if isinstance(info, dict) else None)

        def failed(code: str) -> None:
            then(self._offline(token) if code in ("lost", "timeout") else None)

        self.core.exchange.call("Authorize", {"idToken": token}, answered, failed)

    def _offline(self, token: Payload) -> Payload | None:
        """C13, C15: the list, then the cache, then OfflineTxForUnknownIdEnabled."""
        known = self.known(token)
        if known is not None:
            return known if self.core.model.truth("AuthCtrlr", "LocalAuthorizeOffline") else None
        if identity(token) in self.core.memory.local_list:
            return None
        unknown_allowed = self.core.model.truth("AuthCtrlr", "OfflineTxForUnknownIdEnabled")
        return {"status": "Accepted"} if unknown_allowed else None

    # ---- cache and list requests

    def clear_cache(self, _: Payload) -> Payload:
        """C11: rejected when the cache is switched off."""
        if not self.core.model.truth("AuthCacheCtrlr", "Enabled"):
            return {"status": "Rejected"}
        if not self.core.behaviour.keeps_cleared_cache:
            self.core.memory.cache.clear()
        return {"status": "Accepted"}

    def list_version(self, _: Payload) -> Payload:
        """D02: 0 when the list is switched off or has never been set."""
        enabled = self.core.model.truth("LocalAuthListCtrlr", "Enabled")
        return {"versionNumber": self.core.memory.list_version if enabled else 0}

    def send_list(self, request: Payload) -> Payload:
        """D01: replace or patch the list, or refuse an old version or a repeated token."""
        memory, version = self.core.memory, request["versionNumber"]
        entries = request.get("localAuthorizationList", [])
        tokens = [identity(entry["idToken"]) for entry in entries]
        full = request["updateType"] == "Full"
        if not self.core.model.truth("LocalAuthListCtrlr", "Enabled") or version <= 0:
            return {"status": "Failed"}
        if len(set(tokens)) != len(tokens) or (full and any("idTokenInfo" not in entry for entry in entries)):
            return {"status": "Failed"}
        if not full and version <= memory.list_version and not self.core.behaviour.ignores_list_version:
            return {"status": "VersionMismatch"}
        if full:
            memory.local_list.clear()
        for token, entry in zip(tokens, entries, strict=True):
            if "idTokenInfo" in entry:
                memory.local_list[token] = entry["idTokenInfo"]
            else:
                memory.local_list.pop(token, None)
        memory.list_version = version
        return {"status": "Accepted"}
