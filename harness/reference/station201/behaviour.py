"""How the practice station behaves. Every default conforms; every other value is one known field bug.

A field names the fault it switches on. Numbers in brackets refer to the list of field bugs that the
harness was built to find.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

TimestampStyle = Literal["utc", "no_zone", "short_offset", "local_as_utc", "six_decimals", "epoch"]
Order = Literal["in_order", "newest_first"]


@dataclass(frozen=True, slots=True)
class Behaviour:
    """One way to be a station; ``Behaviour()`` keeps the specification."""

    # -- text and schema
    timestamps: TimestampStyle = "utc"  # [1]
    wrong_connector_status: str = ""  # [3] sent instead of the true connectorStatus
    overlong_serial_number: bool = False  # [3]
    null_members: bool = False  # [4] absent optional members are sent as null
    extra_member: bool = False  # [3] a member that no schema knows
    omits: tuple[tuple[str, str], ...] = ()  # (action, top-level member of the request) left out
    replaces: tuple[tuple[str, str, Any], ...] = ()  # (action, top-level member, value)

    # -- registration
    talks_while_pending: bool = False  # [5] StatusNotification and others before Accepted
    talks_while_rejected: bool = False  # [5]
    ignores_boot_interval: bool = False  # [6] knocks again after one second
    boots_once_only: bool = False  # [6] never knocks again
    floods_on_interval_zero: bool = False  # [6]
    answers_forbidden_while_pending: bool = False  # [7] obeys instead of CALLERROR SecurityError
    remote_start_while_pending: bool = False  # B02.FR.05
    refuses_variables_while_pending: bool = False  # B02.FR.01
    boots_after_every_reconnect: bool = False  # [8] legal, but noisy
    no_status_after_boot: bool = False  # [8]
    no_status_after_reconnect: bool = False  # [8]
    wrong_boot_reason: str = ""
    loses_early_events: bool = False  # [9]
    ignores_heartbeat_interval: bool = False  # B01.FR.04: keeps its own
    no_heartbeat: bool = False
    heartbeat_factor: float = 1.0  # of the interval it was given
    clock_error: int = 0  # seconds that its clock is ahead of its CSMS; with ignores_current_time it stays so
    ignores_current_time: bool = False  # B01.FR.06
    ignores_heartbeat_time: bool = False  # G02.FR.06: the answer to BootNotification alone sets its clock

    # -- the transaction queue
    loses_offline_events: bool = False  # [10]
    forgets_queue_on_reboot: bool = False  # [10]
    sequence_gap: bool = False  # [11] skips every second number
    sequence_repeats: bool = False  # [11] always 0
    no_offline_flag: bool = False  # [11]
    queue_order: Order = "in_order"  # [11]
    sends_events_twice: bool = False  # [11] [13]
    retries_at_once: bool = False  # [13] ignores MessageAttemptInterval
    retries_for_ever: bool = False  # [13] ignores MessageAttempts
    never_retries: bool = False  # [13]

    # -- RPC
    open_calls: int = 1  # [16] how many own CALLs may wait for their answer
    waits_with_answers: bool = False  # [16] answers no CALL while an own one is open
    errors_on_results: bool = False  # [17]
    stray_results: bool = False  # [17] after each answer another one with an unknown id
    answers_twice: bool = False  # [17]
    answers_stray_results: bool = False  # [17] CALLERROR for a CALLRESULT it never asked for
    answers_unknown_message_type: bool = False  # [17] errata 2026-04 4.1
    repeats_message_ids: bool = False
    long_message_ids: bool = False
    unknown_action_accepted: bool = False  # empty CALLRESULT instead of NotImplemented
    accepts_bad_payloads: bool = False  # [2] no check of what the CSMS sends
    mute_on_bad_payloads: bool = False
    silent_on: frozenset[str] = frozenset()  # actions of the CSMS that it never answers

    # -- connection
    no_subprotocol: bool = False  # [18]
    wrong_subprotocol: str = ""  # [18]
    accepts_missing_subprotocol: bool = False  # [18] goes on when the CSMS selects none
    identity_verbatim: bool = False  # [19]
    password_as_hex: bool = False  # [20]
    no_password: bool = False
    ignores_revocation: bool = False
    accepts_old_tls: bool = False  # A00.FR.314
    speaks_null_suites: bool = False  # suites that encrypt nothing
    accepts_any_certificate: bool = False  # A00.FR.309: password and OCPP go to whoever answers
    silent_about_certificates: bool = False  # A00.FR.310: no SecurityEventNotification
    never_reconnects: bool = False  # [21]
    reconnects_at_once: bool = False  # [21] no back-off
    ignores_missing_pong: bool = False  # [21]
    ignores_call_timeout: bool = False  # OCPP-J 4.1.1: never gives a CALL up, and takes an answer however late
    keeps_back_off: bool = False  # OCPP-J 5.4: a success does not take the pauses back to the shortest
    no_random_back_off: bool = False  # OCPP-J 5.4: ignores RetryBackOffRandomRange
    reports_every_state: bool = False  # ignores MinimumStatusDuration
    scaled: tuple[tuple[str, int], ...] = ()  # variables whose value it takes to be so many times larger
    beats_by_the_clock: bool = False  # the next heartbeat is due at a time of its clock, which may jump
    heartbeats_regardless: bool = False  # G02.FR.05 (recommended): what else it says puts no heartbeat off
    retry_pause_constant: bool = False  # E13.FR.03: the pause does not grow with the attempts

    # -- transactions and meter
    wrong_meter_context: bool = False  # [22]
    register_backwards: bool = False  # [22]
    register_rebased: bool = False  # J02.FR.17 (SHOULD): zero at each start
    no_meter_values: bool = False
    aligned_to_start: bool = False  # J01.FR.22: the clock-aligned interval begins when it was set
    wrong_trigger_reason: str = ""
    wrong_stopped_reason: str = ""
    wrong_charging_state: str = ""
    no_id_token: bool = False  # E01.FR.10
    no_evse: bool = False  # E01.FR.16
    reuses_transaction_id: bool = False  # E01.FR.08
    loses_remote_start_id: bool = False  # F02.FR.21
    charges_unauthorised: bool = False  # C01.FR.01
    charges_unlocked: bool = False  # G05.FR.01
    ignores_invalid_token: bool = False  # E05.FR.10
    stops_for_any_token: bool = False  # C09.FR.11
    master_pass_starts: bool = False  # C16.FR.03
    master_pass_stops_all: bool = False  # C16.FR.07 whatever was chosen on the screen
    keeps_cleared_customers: bool = False  # N10.FR.03
    never_lets_cable_go: bool = False  # E09.FR.03 the cable stays locked, whoever shows a card
    no_connection_timeout: bool = False  # E03.FR.05
    accepts_unknown_transaction: bool = False  # F03.FR.08
    starts_when_unavailable: bool = False  # F02.FR.25
    unlocks_during_transaction: bool = False  # F05.FR.02
    says_unlocked: bool = False  # F05.FR.05
    wrong_messages_in_queue: bool = False  # E14
    caches_nothing: bool = False  # C10.FR.04
    keeps_cleared_cache: bool = False  # C11.FR.01
    authorizes_cached: bool = False  # asks for tokens it may trust (legal)
    ignores_local_list: bool = False
    ignores_list_version: bool = False  # D01.FR.19

    # -- device model
    read_only_writable: bool = False  # [25]
    unknown_variable_accepted: bool = False  # [25]
    unknown_component_as_variable: bool = False  # B06.FR.06
    write_only_readable: bool = False  # B06.FR.09
    out_of_range_accepted: bool = False  # B05.FR.08
    no_attribute_type: bool = False  # B06.FR.11
    forgets_variables: bool = False  # persistence over reboot
    ignores_items_limit: bool = False
    missing_components: frozenset[str] = frozenset()  # [25]
    tbc_always: bool = False  # [25] the last part still says "to be continued"
    tbc_never: bool = False  # [25]
    report_sequence_from_one: bool = False  # B07.FR.10
    report_other_request_id: bool = False  # B07.FR.04
    empty_report_accepted: bool = False  # B08.FR.15

    # -- firmware and logs [24]
    installs_before_verifying: bool = False
    verifies_first_megabyte: bool = False  # takes the rest of a file on trust
    trusts_any_signer: bool = False  # L01.FR.21
    ignores_retries: bool = False  # N01, L01: it gives up after the first attempt
    skips_firmware_states: frozenset[str] = frozenset()  # L01.FR.01
    forgets_request_id: bool = False  # L01.FR.10
    boots_old_version: bool = False  # says Installed, and is what it was before
    hides_security_events: frozenset[str] = frozenset()  # L01.FR.02, L01.FR.03
    logs_of_the_future: bool = False  # N01.FR.05

    # -- certificates and security profiles
    installs_any_certificate: bool = False  # M05.FR.07
    loses_installed_certificates: bool = False  # M05.FR.02
    hides_installed_certificates: bool = False  # M03.FR.03
    deletes_own_certificate: bool = False  # M04.FR.06
    weak_key: bool = False  # A00.FR.503
    foreign_common_name: bool = False  # A00.FR.511
    never_asks_again: bool = False  # A02.FR.17
    steady_signing_requests: bool = False  # A02.FR.18
    takes_any_signed_certificate: bool = False  # A02.FR.07
    keeps_old_certificate: bool = False  # A02.FR.08
    renews_in_vain: bool = False  # A02.FR.08: comes back with the old one
    no_certificate_fallback: bool = False  # A02.FR.28
    keeps_both_certificates: bool = False  # A02.FR.10
    keeps_old_password: bool = False  # A01.FR.01: says Accepted, and goes on with the old one
    keeps_replaced_root: bool = False  # M05.FR.13
    no_root_fallback: bool = False  # M05.FR.14
    never_asks_for_status: bool = False  # M06.FR.07
    keeps_contract_requests: bool = False  # M01.FR.01, M02.FR.01
    always_installs_contracts: bool = False  # M02.FR.01
    charges_without_contract: bool = False  # asks to charge though the CSMS gave no contract certificate
    takes_security_downgrade: bool = False  # B09.FR.04, A05.FR.10
    ignores_downgrade_switch: bool = False  # A05.FR.08: refuses what AllowSecurityProfileDowngrade allows
    downgrades_to_any: bool = False  # B09.FR.31: that switch opens the way to profile 1 too
    keeps_lower_profiles: bool = False  # A05.FR.06
    upgrades_before_connecting: bool = False  # A05.FR.06: the lower profiles go before a higher connection stands
    upgrades_without_certificates: bool = False  # A05.FR.02, A05.FR.03

    # -- availability, reset, triggers
    forgets_availability: bool = False  # G01.FR.02
    availability_at_once: bool = False  # G03.FR.05 Accepted in the middle of a transaction
    no_status_on_change: bool = False  # G03.FR.04
    resets_in_transaction: bool = False  # B12.FR.03 OnIdle does not wait
    reset_without_ended: bool = False  # B12.FR.04
    trigger_before_answer: bool = False  # F06.FR.04
    triggers_nothing: bool = False  # F06.FR.10
    boot_trigger_always: bool = False  # F06.FR.17
    any_network_slot: bool = False  # B09.FR.05
    stays_with_first_slot: bool = False  # B10.FR.04
    tries_once_per_slot: bool = False  # B10.FR.03
    any_vendor: bool = False  # P01.FR.05
