"""HTTP conventions that rigs and CSMSs already speak, so that one line binds them all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from harness.rpc.dialect import Role


@dataclass(frozen=True, slots=True)
class Convention:
    """Intent -> (method, path and query); `body` is sent with each, as JSON."""

    role: Role
    requests: Mapping[str, tuple[str, str]]
    body: str | None = None


_PLACE = "evse_id={evse}&connector_id={connector}"

PRESETS: Mapping[str, Convention] = {
    "sut-api": Convention(
        "station",
        {
            "plug_in": ("POST", f"/api/v1/plugin?{_PLACE}"),
            "unplug": ("POST", f"/api/v1/plugout?{_PLACE}"),
            "present": ("POST", "/api/v1/authorize?id={token}&type={type}&" + _PLACE),
            "park": ("POST", "/api/v1/parkingbay?occupied=true&evse_id={evse}"),
            "leave": ("POST", "/api/v1/parkingbay?occupied=false&evse_id={evse}"),
            "reboot": ("POST", "/api/v1/reboot"),
            "fault": ("POST", f"/api/v1/state?faulted=true&{_PLACE}"),
            "clear_fault": ("POST", f"/api/v1/state?faulted=false&{_PLACE}"),
            "jam_lock": ("POST", f"/api/v1/state?unlock_failed=true&{_PLACE}"),
            "free_lock": ("POST", f"/api/v1/state?unlock_failed=false&{_PLACE}"),
        },
    ),
    "octt": Convention("csms", {"send": ("POST", "/api/octt/{version}/{station}/{kebab-action}")}, body="{payload}"),
}
