"""What a system under test can be asked to do, in OCPP words: one table for every driver.

A scenario says ``When the driver plugs in at EVSE 1``; the SUT file binds the intent's name to a person,
an HTTP call, a command or the built-in reference. Sentences are data, so drivers need no step code.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Intent:
    """`sentence` is what a scenario says after ``the driver`` / ``the operator``; ``{x}`` or ``{x:d}``
    are its parameters, `defaults` fill those a shorter sentence leaves out. `feature`: only where the SUT file
    declares it must the intent be bound."""

    name: str
    who: str
    sentences: tuple[str, ...]
    sut: str
    meaning: str
    defaults: tuple[tuple[str, object], ...] = ()
    feature: str = ""


_PLACE = (("evse", 1), ("connector", 1))
_ISO = "ISO 15118 Support"

STATION_INTENTS = (
    Intent("plug_in", "driver",
           ("plugs in", "plugs in at EVSE {evse:d}", "plugs in at connector {connector:d} of EVSE {evse:d}"),
           "station", "Plug the EV's cable into the connector; the EV is ready to take energy.", _PLACE),
    Intent("ev_install_contract", "driver",
           ("plugs in an EV that asks for its first contract certificate",
            "plugs in an EV at EVSE {evse:d} that asks for its first contract certificate"),
           "station", "Plug in an EV (or its emulator) that has no contract certificate yet and, by ISO 15118-2, "
           "sends a CertificateInstallationReq; it wants to charge by Plug & Charge.", _PLACE, _ISO),
    Intent("ev_update_contract", "driver",
           ("plugs in an EV that asks for a new contract certificate",
            "plugs in an EV at EVSE {evse:d} that asks for a new contract certificate"),
           "station", "Plug in an EV (or its emulator) whose contract certificate runs out and that, by ISO 15118-2, "
           "sends a CertificateUpdateReq; it wants to charge by Plug & Charge.", _PLACE, _ISO),
    Intent("unplug", "driver",
           ("unplugs", "unplugs at EVSE {evse:d}", "unplugs at connector {connector:d} of EVSE {evse:d}"),
           "station", "Take the cable out of the connector.", _PLACE),
    Intent("unplug_ev", "driver", ("unplugs at the EV", "unplugs at the EV at EVSE {evse:d}"), "station",
           "Take the cable out of the EV and leave it in the station's socket; a fixed cable is simply unplugged.",
           _PLACE),
    Intent("present", "driver",
           ("presents {token}", "presents {token} at EVSE {evse:d}"),
           "station", "Hold a card to the reader, or type the code.", _PLACE),
    Intent("park", "driver", ("parks", "parks at EVSE {evse:d}"), "station",
           "Occupy the parking bay.", _PLACE),
    Intent("leave", "driver", ("leaves the parking bay", "leaves the parking bay of EVSE {evse:d}"), "station",
           "Free the parking bay.", _PLACE),
    Intent("ev_suspend", "driver", ("lets the EV pause charging", "lets the EV at EVSE {evse:d} pause charging"),
           "station", "Make the EV take no energy while it stays plugged in.", _PLACE),
    Intent("ev_resume", "driver", ("lets the EV resume charging", "lets the EV at EVSE {evse:d} resume charging"),
           "station", "Make the EV take energy again.", _PLACE),
    Intent("stop_button", "driver", ("presses stop", "presses stop at EVSE {evse:d}"), "station",
           "Press the station's own stop button.", _PLACE),
    Intent("choose_stop", "driver",
           ("chooses to stop every transaction", "chooses to stop the transaction at EVSE {evse:d}"), "station",
           "Choose, on the screen that a master pass has opened, which transaction stops; EVSE 0 means all of them.",
           (("evse", 0),)),
    Intent("reboot", "operator", ("reboots the station",), "station",
           "Restart the station: power off and on, or its own restart function."),
    Intent("power_off", "operator", ("switches the station off",), "station", "Take the station's power away."),
    Intent("power_on", "operator", ("switches the station on",), "station", "Give the station its power back."),
    Intent("fault", "operator",
           ("causes a fault", "causes a fault at connector {connector:d} of EVSE {evse:d}"), "station",
           "Bring the connector into a fault that the station reports.", _PLACE),
    Intent("clear_fault", "operator",
           ("clears the fault", "clears the fault at connector {connector:d} of EVSE {evse:d}"), "station",
           "Take the fault away.", _PLACE),
    Intent("jam_lock", "operator", ("jams the connector lock", "jams the connector lock of EVSE {evse:d}"),
           "station", "See to it that the lock moves no more: the next locking, or unlocking, fails.", _PLACE),
    Intent("free_lock", "operator", ("frees the connector lock", "frees the connector lock of EVSE {evse:d}"),
           "station", "Undo the jam.", _PLACE),
)

CSMS_INTENTS = (
    Intent("send", "operator", ("requests {message}",), "csms",
           "Make the CSMS send this OCPP request to the station; the table is its payload."),
    Intent("hold_back", "operator", ("holds the next boot back as {status}",), "csms",
           "Make the CSMS answer the station's next BootNotification with this status, Pending or Rejected, and "
           "the one after with Accepted."),
)

INTENTS = {intent.name: intent for intent in STATION_INTENTS + CSMS_INTENTS}
