"""What a reference charging station is told about itself, whichever OCPP version it speaks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from harness.reference.certificates import Own
from harness.rpc.link import SECOND


@dataclass(frozen=True, slots=True)
class StationConfig:
    """One practice charging station.

    `url` is the WebSocket base without the identity. Durations ending in no unit are nanoseconds;
    `connection_timeout` is in seconds because it is an OCPP variable. In OCPP 1.6 there are `evses`
    times `connectors` connectors, numbered from 1, EVSE by EVSE.
    """

    url: str = "ws://127.0.0.1:9000"
    identity: str = "CS-0001"
    password: bytes | None = None
    evses: int = 1
    connectors: int = 1
    vendor: str = "Reference"
    model: str = "Practice"
    serial: str = "SN-0001"
    firmware_version: str = "1.0.0"
    iccid: str | None = None
    imsi: str | None = None
    call_timeout: int = 30 * SECOND
    reconnect_backoff: int = 2 * SECOND
    boot_duration: int = 1 * SECOND
    connection_timeout: int = 60
    meter_power: int = 11_000
    meter_start: int = 1_000
    voltage: int = 230
    phases: int = 3
    fixed_cable: bool = False
    bay_sensor: bool = False
    falls_back: bool = False
    """When all network connection profiles have failed it goes on with the last good one (B10.FR.07), not anew."""
    user_interface: bool = False
    """A screen on which the holder of a master pass chooses what stops (C16.FR.01)."""
    customers: tuple[str, ...] = ()
    """customerIdentifiers of which it keeps something (N09)."""
    backup_power: bool = False
    resumes_transactions: bool = False
    boot_retry_interval: int = 30
    heartbeat_interval: int = 300
    clock_offset: int = 0
    file_transfer: bool = False
    fetch_timeout: int = 60 * SECOND
    firmware_root: str = ""
    firmware_revocations: Callable[[], bytes] = bytes
    """Looks up what that root has revoked (DER), empty where nobody tells."""
    cancels_firmware: bool = True
    downloads_in_transaction: bool = True
    installs_in_transaction: bool = False
    rollback_protection: bool = False
    resets_evse: bool = True
    reports_summary: bool = True
    unsupported_profiles: frozenset[str] = frozenset()
    configuration: tuple[tuple[str, str], ...] = ()
    tls: object | None = None
    certificates: tuple[tuple[str, str], ...] = ()
    """Roots that the station was delivered with: their use, and PEM."""
    operator_root: str = ""
    """Root (PEM) of the hierarchy that station certificates come from."""
    client: Own | None = None
    """The client certificate that it was delivered with."""
    certificate_entries: int = 20
    hash_algorithm: str = "SHA256"
    """How it names certificates (HashAlgorithmEnumType)."""
    plug_and_charge: bool = False
    checks_new_roots: bool = False
    """AdditionalRootCertificateCheck."""
    has_downgrade_switch: bool = False
    """AllowSecurityProfileDowngrade is implemented; false at first."""


def inbuilt_profile(config: StationConfig) -> int:
    """The security profile of the connection that the station was delivered with."""
    if config.url.startswith("wss:"):
        return 3 if config.password is None else 2
    return 0 if config.password is None else 1
