"""An EV that talks ISO 15118-2 with the practice station: its contract certificate comes from the CSMS (M01, M02), and
is then what it charges by (C07)."""

from __future__ import annotations

import base64
import hashlib

from harness.reference.station201.core import Core
from harness.reference.station201.memory import Payload, Place

EMAID = "DEHARC000000011"
"""The contract of the practice EV."""
_SCHEMA = "urn:iso:15118:2:2013:MsgDef"


class Contracts:
    """What the EV asks for is passed on as it is; EXI is opaque to a station here."""

    def __init__(self, core: Core) -> None:
        self.core = core

    def plug_in(self, place: Place, action: str) -> None:
        """An EV is plugged in that asks for a contract certificate; `action` is a CertificateActionEnumType.

        Raises ValueError where this station has no ISO 15118."""
        core, behaviour = self.core, self.core.behaviour
        if not core.config.plug_and_charge:
            raise ValueError("this station has no ISO 15118")
        core.sessions.plug_in(*place)
        if not core.network.online or behaviour.keeps_contract_requests:
            return
        request = {
            "iso15118SchemaVersion": _SCHEMA,
            "action": "Install" if behaviour.always_installs_contracts else action,
            "exiRequest": base64.b64encode(f"Certificate{action}Req".encode()).decode(),
        }
        core.exchange.call("Get15118EVCertificate", request, lambda answer: self._answered(answer, place[0]))

    def _answered(self, answer: Payload, evse: int) -> None:
        if answer.get("status") == "Accepted" or self.core.behaviour.charges_without_contract:
            self._authorise(evse)

    def _authorise(self, evse: int) -> None:
        """C07.FR.01, .02: the eMAID, and what an OCSP request about the contract certificate needs."""
        token = {"idToken": EMAID, "type": "eMAID"}
        request = {"idToken": token, "iso15118CertificateHashData": [_hashed(EMAID)]}

        def answered(answer: Payload) -> None:
            info = answer.get("idTokenInfo", {})
            if info.get("status") == "Accepted" and answer.get("certificateStatus", "Accepted") == "Accepted":
                self.core.sessions.authorised(evse, token, info)

        self.core.exchange.call("Authorize", request, answered)


def _hashed(contract: str) -> Payload:
    """OCSPRequestDataType of the contract certificate; derived, for nobody has issued it."""
    digest = hashlib.sha256(contract.encode()).hexdigest()
    return {
        "hashAlgorithm": "SHA256", "issuerNameHash": digest, "issuerKeyHash": digest[::-1],
        "serialNumber": digest[:16], "responderURL": "http://ocsp.harness.invalid/mo",
    }  # fmt: skip
