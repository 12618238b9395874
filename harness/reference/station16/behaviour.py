"""Every decision that a faulty OCPP 1.6 station gets wrong, as a value; the defaults conform."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

TimestampStyle = Literal["utc", "no_zone", "short_offset", "local_marked_utc", "microseconds", "space"]


@dataclass(frozen=True, slots=True)
class Behaviour:
    """One station's conduct. Each field is one decision; a test shows that each changes the wire."""

    # -- form of what is sent
    timestamp_style: TimestampStyle = "utc"
    clock_error: int = 0  # seconds that its clock is ahead of its CSMS; with ignores_current_time it stays so
    ignores_current_time: bool = False
    ignores_heartbeat_time: bool = False
    reports_every_state: bool = False
    error_code: str | None = None
    meter_unit: str = "Wh"
    null_members: bool = False
    overlong_serial: bool = False
    empty_vendor: bool = False
    reused_message_id: bool = False
    overlong_message_id: bool = False
    extra_member: bool = False

    # -- connection
    offers_subprotocol: str | None = "ocpp1.6"
    accepts_any_subprotocol: bool = False
    encodes_identity: bool = True
    hex_password_verbatim: bool = False
    password_as_text: bool = False  # takes its octets for Latin-1 and sends them as UTF-8
    reconnects: bool = True
    accepts_old_tls: bool = False
    speaks_null_suites: bool = False  # suites that encrypt nothing
    ignores_revocation: bool = False
    accepts_any_certificate: bool = False
    silent_about_certificates: bool = False
    backs_off: bool = True
    notices_missing_pong: bool = True

    # -- RPC
    calls_at_once: int = 1
    answers_while_waiting: bool = True
    error_to_result: bool = False
    answers_unknown_ids: bool = False
    duplicate_answers: bool = False
    unanswered_actions: frozenset[str] = frozenset()
    unknown_action_code: str = "NotImplemented"
    checks_payloads: bool = True
    ignores_call_timeout: bool = False

    # -- registration
    talks_while_pending: bool = False
    pending_refusal: Literal["Rejected", "Accepted"] = "Rejected"
    answers_while_rejected: bool = False
    honours_boot_interval: bool = True
    floods_on_zero_interval: bool = False
    retries_boot: bool = True
    boots_after_reconnect: bool = False
    status_after_boot: bool = True
    status_after_reconnect: bool = True
    loses_events_before_registration: bool = False
    heartbeats: bool = True
    heartbeat_factor: float = 1.0
    heartbeats_regardless: bool = False
    beats_by_the_clock: bool = False
    """Its next heartbeat is due at a time of its clock, which may jump."""
    scaled: tuple[tuple[str, int], ...] = ()
    """Keys whose value it takes to be so many times larger."""
    applies_heartbeat_interval: bool = True

    # -- status
    sends_preparing: bool = True
    sends_finishing: bool = True
    sends_suspended: bool = True
    charging_status: str = "Charging"
    reports_faults: bool = True

    # -- authorisation
    authorises: bool = True
    honours_authorisation: bool = True
    reads_cache: bool = True
    clears_cache: bool = True
    reads_local_list: bool = True
    checks_list_version: bool = True
    merges_differential: bool = True
    offline_authorises_anyone: bool = False
    honours_connection_timeout: bool = True
    stops_for_any_token: bool = False
    knows_parent: bool = True
    stops_on_invalid_id: bool = True

    # -- transactions
    keeps_offline_transactions: bool = True
    forgets_messages: bool = False
    offline_transaction_id: int | None = None
    duplicate_start_transaction: bool = False
    duplicate_stop_transaction: bool = False
    stop_before_start: bool = False
    transaction_message_attempts: int | None = None
    waits_to_retry: bool = True
    retry_interval_grows: bool = True
    stop_reason: str | None = None
    stop_timestamp_shift: int = 0  # s
    stops_on_ev_side_disconnect: bool = True
    accepts_remote_start_anywhere: bool = False
    starts_remotely: bool = True
    authorises_remote: bool = True
    accepts_unknown_transaction: bool = False
    stops_remotely: bool = True
    keeps_reservation_id: bool = True

    # -- meter values
    sends_meter_values: bool = True
    sampled_context: str = "Sample.Periodic"
    clock_context: str = "Sample.Clock"
    begin_context: str = "Transaction.Begin"
    end_context: str = "Transaction.End"
    meter_values_transaction_id: int | None = None
    omits_transaction_id: bool = False
    meter_stop_below_register: bool = False
    register_runs_backwards: bool = False
    aligns_to_clock: bool = True
    fills_transaction_data: bool = True

    # -- configuration
    writes_read_only: bool = False
    reports_unknown_keys: bool = True
    missing_keys: frozenset[str] = frozenset()
    accepts_unknown_key: bool = False
    checks_values: bool = True
    applies_changes: bool = True
    reveals_authorization_key: bool = False
    forgets_configuration: bool = False

    # -- certificates and security profiles
    installs_any_certificate: bool = False
    makes_weak_keys: bool = False
    keeps_replaced_root: bool = False
    no_root_fallback: bool = False
    renews_in_vain: bool = False  # comes back with the old certificate
    no_certificate_fallback: bool = False
    keeps_both_certificates: bool = False
    takes_any_signed_certificate: bool = False
    steady_signing_requests: bool = False
    takes_security_downgrade: bool = False
    ignores_downgrade_switch: bool = False
    downgrades_to_any: bool = False
    no_profile_fallback: bool = False

    # -- operations
    forgets_availability: bool = False
    interrupts_for_availability: bool = False
    applies_scheduled_availability: bool = True
    reboots_on_reset: bool = True
    stops_before_reset: bool = True
    unlocks: bool = True
    unknown_connector_unlock: str = "NotSupported"
    sends_triggered: bool = True
    triggers_unknown_connector: bool = False
    data_transfer_status: str = "UnknownVendorId"
    honours_reservation: bool = True
    reservation_expires: bool = True
    cancels_unknown_reservation: bool = False
    replaces_same_stack_level: bool = True
    forgets_profiles: bool = False
    draws_over_limit: bool = False
    accepts_any_profile: bool = False
    composite_ignores_maximum: bool = False
    raises_to_minimum: bool = False  # minChargingRate taken for a limit from below
    clears_profiles: bool = True
    skips_firmware_states: frozenset[str] = frozenset()
    installs_before_verifying: bool = False
    verifies_first_megabyte: bool = False  # takes the rest of a file on trust
    trusts_any_signer: bool = False
    forgets_request_id: bool = False
    boots_old_version: bool = False  # says Installed, and is what it was before
    hides_security_events: frozenset[str] = frozenset()
    finishes_firmware: bool = True
    finishes_diagnostics: bool = True
