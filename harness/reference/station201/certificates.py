"""Certificates of the practice station: install, list, delete (M03, M04, M05), and its own one anew (A02)."""

from __future__ import annotations

from harness.reference import certificates
from harness.reference.certificates import Store
from harness.reference.station201.core import Core
from harness.reference.station201.memory import Payload
from harness.rpc.link import SECOND

_OWN_CHAIN = "V2GCertificateChain"
_CSMS = "CSMSRootCertificate"
_PAUSE = SECOND // 10
_STATION, _V2G = "ChargingStationCertificate", "V2GCertificate"
TRIGGERS = {"SignChargingStationCertificate": _STATION, "SignV2GCertificate": _V2G}


class Certificates:
    """The certificate store; what must outlive a restart is in `Memory`."""

    def __init__(self, core: Core) -> None:
        self.core = core
        self._asked = 0  # SignCertificate requests since the trigger

    @property
    def store(self) -> Store:
        return self.core.memory.certificates

    # ---- M03, M04, M05

    def install(self, request: Payload) -> Payload:
        """M05.FR.02, .06, .07, .10, .11."""
        core, pem, use = self.core, request["certificate"], request["certificateType"]
        checks = not core.behaviour.installs_any_certificate
        if not (certificates.installable(pem, core.wall) if checks else certificates.can_be_named(pem)):
            return {"status": "Rejected"}
        if (use, pem) in self.store.roots:
            return {"status": "Accepted"}
        checked = use == _CSMS and core.config.checks_new_roots
        replaced = certificates.replaces(self.store, pem, use) if checked else ()
        if checks and replaced is None:
            return {"status": "Rejected"}
        if checks and len(self.store.roots) >= core.config.certificate_entries:
            return {"status": "Rejected"}
        if not core.behaviour.loses_installed_certificates:
            self.store.roots.append((use, pem))
            self.store.fallback = replaced or self.store.fallback
        return {"status": "Accepted"}

    def listed(self, request: Payload) -> Payload:
        """M03.FR.02 to .05; without certificateType all there are."""
        wanted = request.get("certificateType")
        found = [
            {"certificateType": use, "certificateHashData": certificates.hash_data(pem, hashes=self.store.hashes)}
            for use, pem in self.store.roots
            if wanted is None or use in wanted
        ]
        if self.store.v2g is not None and (wanted is None or _OWN_CHAIN in wanted):
            leaf, above = certificates.own_hash_data(self.store.v2g, self.store.hashes)
            chain: Payload = {"certificateType": _OWN_CHAIN, "certificateHashData": leaf}
            found.append(chain | ({"childCertificateHashData": list(above)} if above else {}))
        if self.core.behaviour.hides_installed_certificates or not found:
            return {"status": "NotFound"}
        return {"status": "Accepted", "certificateHashDataChain": found}

    def delete(self, request: Payload) -> Payload:
        protects = not self.core.behaviour.deletes_own_certificate
        return {"status": certificates.delete(self.store, request["certificateHashData"], protects)}

    # ---- A02

    def sign(self, use: str) -> None:
        """A02.FR.02, .03: a new key pair, and a request for it."""
        self.core.timers.cancel("signing")
        self.store.keys.clear()
        self._asked = 0
        self._request(use)

    def _request(self, use: str) -> None:
        core, behaviour = self.core, self.core.behaviour
        key = certificates.make_key(self.store, core.config.serial, behaviour.weak_key)
        self.store.keys.append(key)
        self._asked += 1
        name = "somebody-else" if behaviour.foreign_common_name else core.config.serial
        csr = certificates.request(key, name, core.model.text("SecurityCtrlr", "OrganizationName"))
        payload: Payload = {"csr": csr, "certificateType": use}
        core.exchange.call("SignCertificate", payload, lambda answer: self._answered(answer, use), gate="triggered")

    def _answered(self, answer: Payload, use: str) -> None:
        """A02.FR.17, .18, .19: the back-off doubles, and ends."""
        repeats = self.core.model.integer("SecurityCtrlr", "CertSigningRepeatTimes")
        wait = self.core.model.integer("SecurityCtrlr", "CertSigningWaitMinimum") * SECOND
        if answer.get("status") != "Accepted" or not wait or self._asked > repeats:
            return
        if self.core.behaviour.never_asks_again:
            return
        doubled = wait if self.core.behaviour.steady_signing_requests else wait << (self._asked - 1)
        self.core.after("signing", doubled, lambda: self._request(use))

    def signed(self, request: Payload) -> Payload:
        """A02.FR.06, .07, .08, .20."""
        core, use = self.core, request.get("certificateType", _STATION)
        core.timers.cancel("signing")
        chain = request["certificateChain"]
        roots: tuple[str, ...] = (core.config.operator_root,)
        if use == _V2G:
            roots = (*roots, *self.store.trusted("V2GRootCertificate"))
        own = certificates.owned(self.store, chain, roots, core.config.serial, core.wall, clients=use != _V2G)
        if own is None and core.behaviour.takes_any_signed_certificate and self.store.keys:
            own = certificates.Own(chain, self.store.keys[-1])
        if own is None:
            if not core.behaviour.silent_about_certificates:
                event = {"type": "InvalidChargingStationCertificate", "timestamp": core.timestamp()}
                core.defer(lambda: core.exchange.call("SecurityEventNotification", event, keep=True))
            return {"status": "Rejected"}
        self.store.keys.clear()
        if use == _V2G:
            self.store.v2g = own
            core.defer(lambda: self._ask_for_status(own))
        else:
            self.store.tried = None if core.behaviour.renews_in_vain else own
            if not core.behaviour.keeps_old_certificate:
                core.defer(lambda: core.after("renewed", _PAUSE, core.network.reconnect))
        return {"status": "Accepted"}

    # ---- M06

    def _ask_for_status(self, own: certificates.Own) -> None:
        """M06.FR.06, .07: of the new certificate and of those above it, one by one."""
        if self.core.behaviour.never_asks_for_status:
            return
        for data in certificates.status_data(own, self.store.trusted("V2GRootCertificate"), self.store.hashes):
            self.core.exchange.call("GetCertificateStatus", {"ocspRequestData": data})
