"""OCPP conformance and security test harness: plays station or CSMS against a real CSMS or station."""

__version__ = "0.1.0"
