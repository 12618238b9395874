"""What practice opponents of 2.0.1 can do wrong in the use cases of the Core profile, at least one thing in each."""

from __future__ import annotations

from typing import Any, Literal

from harness.reference.csms.behaviour import Edit
from harness.reference.misbehaviours.entry import TWO, Misbehaviour

_WELL_FORMED = "what-it-says-is-well-formed-from-the-first-boot-to-the-last-heartbeat"
_LATE = "a-late-event-of-a-transaction-that-has-ended-is-answered-and-starts-nothing-anew"
_ASKED_FOR = frozenset({
    "CertificateSigned", "ChangeAvailability", "ClearCache", "CustomerInformation", "DataTransfer", "DeleteCertificate",
    "GetBaseReport", "GetInstalledCertificateIds", "GetLog", "GetReport", "GetTransactionStatus", "GetVariables",
    "InstallCertificate", "RequestStartTransaction", "RequestStopTransaction", "Reset", "SetNetworkProfile",
    "SetVariables", "TriggerMessage", "UnlockConnector", "UpdateFirmware",
})  # fmt: skip


def _bad(
    name: str, peer: Literal["station", "csms"], meaning: str, values: dict[str, Any], *caught_by: str, reason: str = ""
) -> Misbehaviour:
    return Misbehaviour(name, peer, (), meaning, values={TWO: values}, caught_by={TWO: caught_by}, reason=reason)


_STATION = (
    # ---- B: provisioning
    _bad("stays-with-its-network-profile", "station", "Sent to another CSMS it goes on with the old one.",
         {"stays_with_first_slot": True}, "TC_B_45_CS", "TC_B_46_CS"),
    _bad("gives-each-network-profile-one-attempt", "station",
         "It goes on to the next network profile after the first failure, whatever it was told.",
         {"tries_once_per_slot": True}, "TC_B_46_CS"),
    _bad("wrong-boot-reason", "station", "It says of every boot that its power was back.",
         {"wrong_boot_reason": "PowerUp"}, "TC_B_20_CS", "TC_B_22_CS"),
    _bad("resets-in-a-transaction", "station", "A reset that is to wait until it is idle it does at once.",
         {"resets_in_transaction": True}, "TC_B_21_CS"),
    _bad("reset-without-ended", "station", "A reset takes its transactions with it, and nobody hears of their end.",
         {"reset_without_ended": True}, "TC_B_22_CS"),
    # ---- C: authorisation
    _bad("charges-unauthorised", "station", "Whoever plugs in gets energy.", {"charges_unauthorised": True},
         "an-event-that-the-csms-never-takes-in-is-given-up-after-as-many-attempts-as-it-was-told",
         "plugged-in-it-delivers-nothing-before-somebody-is-authorized", "TC_E_03_CS", "TC_C_04_CS", "TC_E_45_CS"),
    _bad("any-token-stops", "station", "Any card stops what another has started.", {"stops_for_any_token": True},
         "TC_C_39_CS", "TC_C_44_CS"),
    _bad("caches-nothing", "station", "It forgets at once what the CSMS says of a token.", {"caches_nothing": True},
         "TC_C_08_CS", "TC_C_32_CS"),
    _bad("ignores-its-list", "station", "It asks about every token, whatever its list says of it.",
         {"ignores_local_list": True}, "TC_C_21_CS", "TC_C_27_CS"),
    _bad("takes-old-lists", "station", "It takes a change to its list that is older than what it has.",
         {"ignores_list_version": True}, "TC_D_06_CS"),
    _bad("keeps-its-cache", "station", "Told to clear its cache, it says Accepted and keeps it.",
         {"keeps_cleared_cache": True}, "TC_C_37_CS"),
    _bad("master-pass-starts", "station", "A master pass starts charging.", {"master_pass_starts": True},
         "TC_C_45_CS"),
    _bad("master-pass-stops-all", "station", "Whatever the holder of a master pass chooses, everything stops.",
         {"master_pass_stops_all": True}, "TC_C_48_CS"),
    # ---- E: transactions
    _bad("no-connection-timeout", "station", "It waits for a cable for ever.", {"no_connection_timeout": True},
         "TC_E_05_CS", "TC_E_27_CS"),
    _bad("ignores-the-verdict-on-a-token", "station", "It goes on although the CSMS refuses the token.",
         {"ignores_invalid_token": True}, "TC_E_16_CS", "TC_C_16_CS"),
    _bad("wrong-stopped-reason", "station", "Every transaction ends, it says, because enough energy was taken.",
         {"wrong_stopped_reason": "EnergyLimitReached"}, "TC_E_06_CS", "TC_E_15_CS"),
    _bad("never-lets-the-cable-go", "station", "A cable that was left behind stays locked, whoever shows a card.",
         {"never_lets_cable_go": True}, "TC_E_25_CS"),
    _bad("wrong-messages-in-queue", "station", "It says that nothing waits when something does, and the reverse.",
         {"wrong_messages_in_queue": True}, "TC_E_28_CS", "TC_E_30_CS"),
    # ---- F: remote control
    _bad("loses-remote-start-id", "station", "No event tells which remote start it belongs to.",
         {"loses_remote_start_id": True}, "TC_F_01_CS", "TC_E_13_CS"),
    _bad("stops-unknown-transaction", "station", "It accepts to stop a transaction that there is not.",
         {"accepts_unknown_transaction": True}, "TC_F_09_CS"),
    _bad("charges-without-a-lock", "station", "A cable that cannot be locked in gets energy.",
         {"charges_unlocked": True}, "TC_G_20_CS"),
    _bad("says-unlocked", "station", "It says of a lock that is stuck that it is open.", {"says_unlocked": True},
         "a-lock-that-is-stuck-it-does-not-call-open"),
    _bad("unlocks-in-a-transaction", "station", "It unlocks a cable that is charging.",
         {"unlocks_during_transaction": True}, "TC_F_05_CS"),
    # ---- G: availability
    _bad("another-connector-status", "station", "Every connector is reserved, it says.",
         {"wrong_connector_status": "Reserved"},
         "a-fault-from-before-it-was-let-in-is-reported-afterwards",
         "back-after-a-lost-connection-it-tells-which-connector-has-changed-meanwhile",
         "it-asks-nothing-more-before-it-has-its-answer-and-answers-meanwhile",
         "put-off-for-a-while-it-says-nothing-of-a-cable-until-it-has-been-let-in",
         "turned-away-it-says-nothing-of-a-cable-until-it-has-been-let-in", "TC_G_01_CS"),
    _bad("silent-availability", "station", "Taken out of service or put back, it tells nobody.",
         {"no_status_on_change": True}, "TC_G_05_CS", "TC_G_07_CS"),
    _bad("availability-at-once", "station", "It goes out of service in the middle of a transaction.",
         {"availability_at_once": True}, "TC_G_11_CS", "TC_G_14_CS"),
    _bad("forgets-availability", "station", "After a restart it is in service again.", {"forgets_availability": True},
         "TC_G_18_CS", "TC_G_21_CS"),
    # ---- N, P
    _bad("keeps-cleared-customers", "station", "Told to forget a customer, it says that it did.",
         {"keeps_cleared_customers": True}, "TC_N_30_CS", "TC_N_62_CS"),
    _bad("any-vendor", "station", "It accepts data of a vendor whom it does not know.", {"any_vendor": True},
         "TC_P_01_CS"),
)

_CSMS = (
    _bad("sends-nothing-it-is-asked-for", "csms", "Whatever its operator asks for, nothing leaves.",
         {"withholds": _ASKED_FOR}, "it-asks-nothing-more-before-it-has-its-answer", _WELL_FORMED,
         "it-names-a-place-that-a-station-can-reach",
         "while-its-own-request-is-open-it-answers-the-station",
         *(f"TC_{case}_CSMS" for case in (
             "B_09", "B_12", "B_18", "B_42", "B_20", "B_21", "C_37", "E_21", "E_30", "F_01", "F_02", "G_03", "G_05",
             "L_01", "M_12", "M_20", "M_01", "N_25", "N_27", "N_30"))),
    _bad("another-evse", "csms", "What is meant for one EVSE it sends to EVSE 9.",
         {"edits": (Edit("RequestStartTransaction", "evseId", 9), Edit("ChangeAvailability", "evse.id", 9))},
         "TC_F_01_CSMS", "TC_G_03_CSMS"),
    _bad("another-transaction", "csms", "What is meant for one transaction it sends to another.",
         {"edits": (Edit("RequestStopTransaction", "transactionId", "x"),
                    Edit("GetTransactionStatus", "transactionId", "x"))},
         "TC_E_21_CSMS", "TC_E_30_CSMS"),
    _bad("serves-unaccepted", "csms", "It serves a station that it has not accepted.", {"serves_unaccepted": True},
         "TC_B_30_CSMS", "it-serves-a-rejected-station-nothing-but-its-knocking-and-asks-nothing-of-it"),
    _bad("closes-pending", "csms", "It hangs up on a station that is to wait.", {"closes_pending": True},
         "TC_B_02_CSMS"),
    _bad("accepts-every-token", "csms", "Every token is good.", {"accepts_every_token": True},
         "TC_C_02_CSMS", "TC_C_20_CSMS", "TC_E_16_CSMS"),
    _bad("omits-group", "csms", "It does not say to which group a token belongs.", {"omits_group": True},
         "TC_C_39_CSMS", "TC_C_47_CSMS"),
    _bad("omits-id-token-info", "csms", "It says nothing of the token that it is asked about.",
         {"omits_id_token_info": True}, "rule:schema", _WELL_FORMED, f"inconclusive:{_LATE}",
         "TC_C_08_CSMS", "TC_E_03_CSMS", "TC_E_04_CSMS", reason="was not reached"),
    _bad("silent-on-meter-values", "csms", "MeterValues get no answer.", {"silent_on": frozenset({"MeterValues"})},
         "TC_F_11_CSMS", "TC_J_02_CSMS"),
    _bad("silent-on-events", "csms", "NotifyEvent gets no answer.", {"silent_on": frozenset({"NotifyEvent"})},
         "TC_G_20_CSMS", "TC_J_01_CSMS"),
    _bad("ends-when-unplugged", "csms", "Unplugged is gone for good: it takes nothing more of that transaction.",
         {"ends_when_unplugged": True}, "TC_E_26_CSMS"),
    _bad("accepts-every-vendor", "csms", "It accepts data of a vendor whom it does not know.",
         {"accepts_every_vendor": True}, "TC_P_02_CSMS"),
)

CORE: tuple[Misbehaviour, ...] = (*_STATION, *_CSMS)
