"""What the practice opponents can do wrong with certificates, passwords and security profiles."""

from harness.reference.misbehaviours.entry import ONE, TWO, Misbehaviour

_STRANGER = "a-stranger-how-does-not-touch-the-connection-that-stands"
_TWICE = {
    ONE: "when-the-charge-point-comes-back-the-old-connection-is-closed-and-the-new-one-serves",
    TWO: "when-the-station-comes-back-the-old-connection-is-closed-and-the-new-one-serves",
}
_GUESSES = {
    ONE: "who-guesses-at-the-password-does-not-get-in-and-does-not-disturb-the-charge-point",
    TWO: "who-guesses-at-the-password-does-not-get-in-and-does-not-disturb-the-station",
}
_FOREIGN = {
    ONE: "another-charge-point-that-does-it-does-not-end-it",
    TWO: "another-station-that-does-it-does-not-end-it",
}
_BAD_REQUEST = "a-request-what-gets-no-certificate"
_OLD_ONE = "with-a-new-certificate-that-opens-no-door-it-comes-back-by-the-old-one-and-forgets-the-new-one"
_GIVEN_UP = "it-reports-that-it-has-given-up-its-new-certificate"
_NEVER_1 = "back-to-security-profile-1-it-does-not-go-whatever-is-allowed"
_LEFT = "what-the-operator-asks-for-goes-to-the-connection-that-is-left"

SECURITY: tuple[Misbehaviour, ...] = (
    Misbehaviour(
        "accepts-any-certificate", "station", (), "It tells its password to whoever answers, whatever the certificate.",
        values={ONE: {"accepts_any_certificate": True}, TWO: {"accepts_any_certificate": True}},
        caught_by={ONE: ("TC_078_CS",), TWO: ("TC_A_05_CS",)},
    ),
    Misbehaviour(
        "silent-about-certificates", "station", (), "A CSMS with a bad certificate is refused, and nobody is told.",
        values={ONE: {"silent_about_certificates": True}, TWO: {"silent_about_certificates": True}},
        caught_by={ONE: ("TC_078_CS", _GIVEN_UP), TWO: ("TC_A_05_CS", _GIVEN_UP)},
    ),
    Misbehaviour(
        "accepts-tls-1.1", "station", (), "It speaks TLS 1.1 where the CSMS wants it.",
        values={ONE: {"accepts_old_tls": True}, TWO: {"accepts_old_tls": True}},
        caught_by={
            ONE: ("with-a-central-system-that-speaks-only-tls-1-1-it-does-not-speak-and-it-reports-it-later",),
            TWO: ("TC_A_06_CS", "that-the-csms-speaks-only-tls-1-1-it-reports-later"),
        },
    ),
    Misbehaviour(
        "speaks-null-suites", "station", (), "It goes along with a CSMS that wants to encrypt nothing.",
        values={ONE: {"speaks_null_suites": True}, TWO: {"speaks_null_suites": True}},
        caught_by={
            ONE: ("TC_086_CS-with-a-central-system-that-speaks-only-suite-it-does-not-speak",),
            TWO: ("with-a-csms-that-speaks-only-suite-it-does-not-speak",),
        },
    ),
    Misbehaviour(
        "ignores-revocation", "station", (), "It never looks up whether the certificate of its CSMS is revoked.",
        values={ONE: {"ignores_revocation": True}, TWO: {"ignores_revocation": True}},
        caught_by={ONE: ("to-a-central-system-whose-certificate-is-revoked-it-says-nothing-where-it-looks-that-up",),
                   TWO: ("to-a-csms-whose-certificate-is-revoked-it-says-nothing-where-it-looks-that-up",)},
    ),
    Misbehaviour(
        "installs-any-certificate", "station", (), "It installs as a root what is expired or no CA.",
        values={ONE: {"installs_any_certificate": True}, TWO: {"installs_any_certificate": True}},
        caught_by={ONE: ("TC_078_CS",), TWO: ("TC_M_07_CS",)},
    ),
    Misbehaviour(
        "deletes-own-certificate", "station", (), "It deletes the certificate by which it is known.",
        values={TWO: {"deletes_own_certificate": True}}, caught_by={TWO: ("TC_M_23_CS",)},
    ),
    Misbehaviour(
        "makes-weak-keys", "station", (), "The key of its CSR has 192 bits.",
        values={ONE: {"makes_weak_keys": True}, TWO: {"weak_key": True}},
        caught_by={ONE: ("TC_074_CS",), TWO: ("TC_A_11_CS",)},
    ),
    Misbehaviour(
        "asks-in-another-name", "station", (), "The commonName of its CSR is not its serial number.",
        values={TWO: {"foreign_common_name": True}}, caught_by={TWO: ("TC_A_11_CS",)},
    ),
    Misbehaviour(
        "takes-any-signed-certificate", "station", (), "It takes a certificate that is expired or of an unknown CA.",
        values={ONE: {"takes_any_signed_certificate": True}, TWO: {"takes_any_signed_certificate": True}},
        caught_by={ONE: ("TC_077_CS",), TWO: ("TC_A_14_CS",)},
    ),
    Misbehaviour(
        "keeps-old-certificate", "station", (), "It takes its new certificate, and goes on with the old one.",
        values={TWO: {"keeps_old_certificate": True}}, caught_by={TWO: ("TC_A_11_CS",)},
    ),
    Misbehaviour(
        "renews-in-vain", "station", (), "It takes its new certificate, comes back, and shows the old one.",
        values={ONE: {"renews_in_vain": True}, TWO: {"renews_in_vain": True}},
        caught_by={ONE: ("TC_074_CS",), TWO: ("TC_A_11_CS",)},
    ),
    Misbehaviour(
        "no-certificate-fallback", "station", (), "Where its new certificate opens no door it never shows the old one.",
        values={ONE: {"no_certificate_fallback": True}, TWO: {"no_certificate_fallback": True}},
        caught_by={ONE: (_OLD_ONE, _GIVEN_UP), TWO: (_OLD_ONE, _GIVEN_UP)},
    ),
    Misbehaviour(
        "keeps-both-certificates", "station", (), "Back by its old certificate, it tries the new one again and again.",
        values={ONE: {"keeps_both_certificates": True}, TWO: {"keeps_both_certificates": True}},
        caught_by={ONE: (_OLD_ONE,), TWO: (_OLD_ONE,)},
    ),
    Misbehaviour(
        "asks-steadily", "station", (), "It asks for its certificate again and again at the same pace.",
        values={ONE: {"steady_signing_requests": True}, TWO: {"steady_signing_requests": True}},
        caught_by={
            ONE: ("where-the-certificate-does-not-come-it-asks-again-later-each-time",),
            TWO: ("TC_A_23_CS",),
        },
    ),
    Misbehaviour(
        "keeps-old-password", "station", (), "It accepts a new password, and goes on with the old one.",
        values={TWO: {"keeps_old_password": True}}, caught_by={TWO: ("TC_A_09_CS",)},
    ),
    Misbehaviour(
        "keeps-replaced-root", "station", (), "A new CSMS root has proved itself, and the old one is trusted for ever.",
        values={ONE: {"keeps_replaced_root": True}, TWO: {"keeps_replaced_root": True}},
        caught_by={ONE: ("TC_075_2_CS",), TWO: ("TC_M_30_CS",)},
    ),
    Misbehaviour(
        "no-root-fallback", "station", (), "Where its new CSMS root does not fit it never tries the old one.",
        values={ONE: {"no_root_fallback": True}, TWO: {"no_root_fallback": True}},
        caught_by={
            ONE: ("where-the-central-system-still-has-its-old-certificate-the-old-root-is-good-enough-and-stays",),
            TWO: ("TC_M_31_CS",),
        },
    ),
    Misbehaviour(
        "never-asks-for-status", "station", (), "It has a new V2G certificate, and never asks for its OCSP status.",
        values={TWO: {"never_asks_for_status": True}}, caught_by={TWO: ("TC_M_24_CS", "TC_M_25_CS")},
    ),
    Misbehaviour(
        "keeps-contract-requests", "station", (), "It does not pass on what a car asks for by ISO 15118.",
        values={TWO: {"keeps_contract_requests": True}},
        caught_by={TWO: ("TC_M_26_CS", "TC_M_27_CS", "TC_M_28_CS", "TC_M_29_CS")},
    ),
    Misbehaviour(
        "always-installs-contracts", "station", (), "It takes a car's CertificateUpdateReq for an installation.",
        values={TWO: {"always_installs_contracts": True}}, caught_by={TWO: ("TC_M_28_CS", "TC_M_29_CS")},
    ),
    Misbehaviour(
        "charges-without-contract", "station", (), "A car that got no contract certificate is authorized all the same.",
        values={TWO: {"charges_without_contract": True}}, caught_by={TWO: ("TC_M_27_CS", "TC_M_29_CS")},
    ),
    Misbehaviour(
        "takes-security-downgrade", "station", (), "It lets itself be told to use a lower security profile.",
        values={ONE: {"takes_security_downgrade": True}, TWO: {"takes_security_downgrade": True}},
        caught_by={ONE: ("TC_084_CS",), TWO: ("TC_A_22_CS",)},
    ),
    Misbehaviour(
        "ignores-downgrade-switch", "station", (), "It refuses to go back to profile 2 where its operator allows it.",
        values={ONE: {"ignores_downgrade_switch": True}, TWO: {"ignores_downgrade_switch": True}},
        caught_by={
            ONE: ("where-that-is-allowed-it-goes-back-to-security-profile-2-and-up-again",),
            TWO: ("where-that-is-allowed-it-takes-a-network-profile-of-security-profile-2-and-a-place-for-it",),
        },
    ),
    Misbehaviour(
        "downgrades-to-any", "station", (), "Where it may go back to security profile 2 it goes back to 1 as well.",
        values={ONE: {"downgrades_to_any": True}, TWO: {"downgrades_to_any": True}},
        caught_by={ONE: (_NEVER_1,), TWO: (_NEVER_1,)},
    ),
    Misbehaviour(
        "no-profile-fallback", "station", (), "A higher security profile that opens no door leaves it outside.",
        values={ONE: {"no_profile_fallback": True}, TWO: {"upgrades_before_connecting": True}},
        caught_by={
            ONE: ("where-security-profile-3-opens-no-door-it-comes-back-by-profile-2",),
            TWO: ("where-the-higher-profile-opens-no-door-it-comes-back-by-the-lower-one-which-is-still-there",),
        },
    ),
    Misbehaviour(
        "keeps-lower-profiles", "station", (), "It has gone over to TLS, and lets itself be tempted back without.",
        values={TWO: {"keeps_lower_profiles": True}}, caught_by={TWO: ("TC_A_19_CS",)},
    ),
    Misbehaviour(
        "upgrades-without-certificates", "station", (), "It goes up in security without the certificates for it.",
        values={TWO: {"upgrades_without_certificates": True}}, caught_by={TWO: ("TC_A_20_CS", "TC_A_21_CS")},
    ),
    Misbehaviour(
        "upgrades-before-checking-password", "csms", (20,), "It answers 101, and looks at the password then.",
        values={ONE: {"checks_password_after_upgrade": True}, TWO: {"checks_password_after_upgrade": True}},
        caught_by={
            ONE: ("with-another-password-it-is-turned-away-and-with-its-own-it-is-let-in", _STRANGER),
            TWO: (
                "TC_A_02_CSMS", "TC_A_03_CSMS", _STRANGER,
                "a-station-with-a-wrong-password-is-turned-away-at-the-door",
                "a-station-is-let-in-under-its-own-name-alone",
            ),
        },
    ),
    Misbehaviour(
        "keeps-deaf-connection", "csms", (), "When a station comes back, its old connection stays open and unheard.",
        values={ONE: {"keeps_old_connection": True}, TWO: {"keeps_old_connection": True}},
        caught_by={ONE: (_TWICE[ONE], _LEFT), TWO: (_TWICE[TWO], _LEFT)},
    ),
    Misbehaviour(
        "calls-old-connection", "csms", (), "When a station comes back both its connections are served.",
        values={ONE: {"calls_old_connection": True}, TWO: {"calls_old_connection": True}},
        caught_by={ONE: (_TWICE[ONE], _LEFT), TWO: (_TWICE[TWO], _LEFT)},
    ),
    Misbehaviour(
        "stranger-evicts", "csms", (), "A stranger with a wrong password cuts the genuine station off.",
        values={ONE: {"refusal_evicts": True}, TWO: {"refusal_evicts": True}},
        caught_by={ONE: (_STRANGER,), TWO: (_STRANGER,)},
    ),
    Misbehaviour(
        "takes-lower-profile", "csms", (), "A station that went over to certificates may still come with a password.",
        values={TWO: {"takes_lower_profile": True}}, caught_by={TWO: ("TC_A_19_CSMS",)},
    ),
    Misbehaviour(
        "fails-open", "csms", (), "After ten wrong passwords it lets anybody in.",
        values={ONE: {"fails_open": 10}, TWO: {"fails_open": 10}},
        caught_by={ONE: (_GUESSES[ONE],), TWO: (_GUESSES[TWO],)},
    ),
    Misbehaviour(
        "ends-foreign-transactions", "csms", (12,), "A station can end the transaction of another one.",
        values={ONE: {"ends_foreign_transactions": True}, TWO: {"ends_foreign_transactions": True}},
        caught_by={ONE: (_FOREIGN[ONE],), TWO: (_FOREIGN[TWO],)},
    ),
    Misbehaviour(
        "keeps-old-password", "csms", (), "The old password is still good after the station has taken a new one.",
        values={ONE: {"keeps_old_password": True}, TWO: {"keeps_old_password": True}},
        caught_by={ONE: ("TC_073_CSMS",), TWO: ("TC_A_09_CSMS",)},
    ),
    Misbehaviour(
        "signs-nothing", "csms", (), "It accepts a CSR, and never sends the certificate.",
        values={ONE: {"signs_nothing": True}, TWO: {"signs_nothing": True}},
        caught_by={ONE: ("TC_074_CSMS",), TWO: ("TC_A_11_CSMS",)},
    ),
    Misbehaviour(
        "accepts-bad-csr", "csms", (), "It signs a CSR for another name or for a weak key.",
        values={ONE: {"accepts_bad_csr": True}, TWO: {"accepts_bad_csr": True}},
        caught_by={ONE: (_BAD_REQUEST,), TWO: (_BAD_REQUEST,)},
    ),
    Misbehaviour(
        "accepts-any-certificate", "csms", (), "It lets stations in without looking at their certificates.",
        values={ONE: {"accepts_any_certificate": True}, TWO: {"accepts_any_certificate": True}},
        caught_by={ONE: ("TC_087_CSMS",), TWO: ("TC_A_08_CSMS",)},
    ),
    Misbehaviour(
        "ignores-revocation", "csms", (), "A station whose certificate is revoked is let in as before.",
        values={ONE: {"ignores_revocation": True}, TWO: {"ignores_revocation": True}},
        caught_by={ONE: ("TC_087_CSMS",), TWO: ("TC_A_08_CSMS",)},
    ),
    Misbehaviour(
        "ignores-common-name", "csms", (), "The certificate of any station is good for every station.",
        values={ONE: {"ignores_common_name": True}, TWO: {"ignores_common_name": True}},
        caught_by={ONE: ("TC_087_CSMS",), TWO: ("TC_A_08_CSMS",)},
    ),
    Misbehaviour(
        "accepts-tls-1.1", "csms", (), "It speaks TLS 1.1.",
        values={ONE: {"accepts_old_tls": True}, TWO: {"accepts_old_tls": True}},
        caught_by={ONE: ("TC_086_CSMS",), TWO: ("TC_A_06_CSMS",)},
    ),
)
