"""URLs that a CSMS hands out: when the rules about them fire and when they are silent."""

from __future__ import annotations

from tests.oracle.bench import OUT, Record
from tests.oracle.stories import fires, silent

_LOG = {"logType": "SecurityLog", "requestId": 1}


def update(record: Record, location: str) -> None:
    firmware = {"location": location, "retrieveDateTime": record.wall()}
    record.theirs(2, "1", "UpdateFirmware", {"requestId": 1, "firmware": firmware})


@fires("url-credentials", sut="csms")
def firmware_with_password(record: Record) -> None:
    update(record, "ftps://user:Sec-ret-1@files.example/x.bin")


@fires("url-credentials", "1.6", "csms")
def firmware_of_16(record: Record) -> None:
    record.theirs(2, "1", "UpdateFirmware", {"location": "ftp://u:Sec-ret-1@h/x", "retrieveDate": record.wall()})


@fires("url-credentials", "1.6", "csms")
def diagnostics_with_user(record: Record) -> None:
    record.theirs(2, "1", "GetDiagnostics", {"location": "ftp://user@files.example/"})


@fires("url-credentials", sut="csms")
def log_with_password(record: Record) -> None:
    record.theirs(2, "1", "GetLog", {**_LOG, "log": {"remoteLocation": "sftp://user:Sec-ret-1@files.example/"}})


@fires("url-credentials", sut="csms")
def published_with_password(record: Record) -> None:
    payload = {"location": "https://user:Sec-ret-1@h/x", "checksum": "00" * 16, "requestId": 1}
    record.theirs(2, "1", "PublishFirmware", payload)


@fires("url-scheme", sut="csms")
def a_file_of_the_station(record: Record) -> None:
    update(record, "file:///etc/passwd")


@fires("url-scheme", sut="csms")
def no_scheme(record: Record) -> None:
    update(record, "files.example/x.bin")


@silent("url-credentials", sut="csms")
def an_at_in_the_path(record: Record) -> None:
    update(record, "https://files.example/user:pass@x.bin")


@silent("url-scheme", sut="csms")
def capital_letters(record: Record) -> None:
    update(record, "HTTPS://files.example/x.bin")


@silent("url-credentials", sut="csms")
def no_url_at_all(record: Record) -> None:
    update(record, "https://[half")


@silent("url-credentials", sut="csms")
def ours_is_not_judged_for_its_url(record: Record) -> None:
    record.text('[2,"1","GetLog",{"log":{"remoteLocation":"ftp://u:p@h/"}}]', OUT)
