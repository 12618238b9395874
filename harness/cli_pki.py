"""``ocpp-harness pki``: certificates on disk, for a product that needs them loaded."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from harness import reading, resources
from harness.cli_common import stop, told
from harness.security import bundles, declaration, store
from harness.security.errors import PkiError
from harness.security.keys import describe
from harness.security.pki import Authority, Names, Pki, below, unfit, valid_now
from harness.security.revocation import address_of

T = TypeVar("T")

pki = typer.Typer(no_args_is_help=True, help="Make the certificates of a test, look at them, hand them out.")

Folder = Annotated[Path, typer.Argument(help="the folder of the PKI; keep it out of version control")]
Hosts = Annotated[list[str] | None, typer.Option("--host", help="name or address of the CSMS, the FQDN first")]
Own = Annotated[list[str] | None, typer.Option(
    "--own", metavar="'NAME=CERT:KEY'", help="bring your own CA: 'station root=ca.pem:ca.key'")]
PasswordFile = Annotated[Path | None, typer.Option(help="file with the password of the keys given by --own")]


def _or_stop(work: Callable[[], T]) -> T:
    try:
        return work()
    except PkiError as error:
        stop(str(error))
    except OSError as error:
        stop(told(error))


@pki.command()
def create(
    folder: Folder,
    host: Hosts = None,
    serial: Annotated[str, typer.Option(help="serial number of the station: commonName of its certificate")] = "H-0001",
    identity: Annotated[str, typer.Option(help="identity of the station")] = "CS001",
    organisation: Annotated[str, typer.Option(help="the operator: organisation in certificates")] = "Harness Charging",
    declared: Annotated[Path | None, typer.Option("--declaration", help="a TOML like certs/default.toml")] = None,
    revocation: Annotated[str, typer.Option(
        metavar="HOST:PORT", help="where the harness answers OCSP and serves CRLs during a run; the URLs go into every "
        "certificate")] = "",
    own: Own = None,
    password_file: PasswordFile = None,
) -> None:
    """Make every authority that the declaration names. A SUT file refers to the folder by `pki` in its tls table."""

    def work() -> Pki:
        file = declared or resources.root() / "certs" / "default.toml"
        hierarchy = declaration.load(file)
        password = reading.handed_over(password_file).rstrip(b"\r\n") if password_file else None
        given = dict(_brought(entry, hierarchy, password) for entry in own or ())
        hosts = tuple(host or ("localhost", "127.0.0.1"))
        if revocation:
            address_of(revocation)
        names = Names(hosts, serial, identity, organisation, revocation=revocation)
        if reason := names.problem():
            raise PkiError(reason)
        made = Pki(hierarchy, names, given=given)
        store.save(made, folder, file)
        return made

    made = _or_stop(work)
    typer.echo(f"{folder}: run {made.run}, {len(made.hierarchy.authorities)} authorities. "
               f"Next: ocpp-harness pki export {folder} {'|'.join(bundles.BUNDLES)}")


def _brought(entry: str, hierarchy: declaration.Hierarchy, password: bytes | None) -> tuple[str, Authority]:
    name, equals, files = entry.partition("=")
    certificate, colon, key = files.partition(":")
    if not (equals and colon):
        raise PkiError(f"--own {entry!r}: write 'station root=ca.pem:ca.key'")
    if name not in hierarchy.authorities:
        raise PkiError(f"--own {entry!r}: the authorities are {', '.join(hierarchy.authorities)}")
    authority = Authority(name, *store.read_authority(Path(certificate), Path(key), password))
    if wrong := unfit(authority.certificate, below(hierarchy, name)):
        raise PkiError(f"--own {entry!r}: {certificate} {wrong}")
    return name, authority


@pki.command()
def show(folder: Folder) -> None:
    """What the folder holds, whether it belongs together, and whether this machine's clock is within its validity."""
    stored = _or_stop(lambda: store.load(folder))
    typer.echo(f"run {stored.run}, for {', '.join(stored.names.hosts)}, serial {stored.names.serial}")
    late = False
    width = max(map(len, stored.given), default=0)
    for name, authority in stored.given.items():
        certificate = authority.certificate
        begin, end = certificate.not_valid_before_utc, certificate.not_valid_after_utc
        kind, bits = describe(certificate)
        meant = stored.hierarchy.authorities[name].sound
        good = not meant or valid_now(certificate)
        late = late or not good
        note = "   NOT VALID NOW: is the clock right?" if not good else "   not meant to be valid" if not meant else ""
        typer.echo(f"  {name:{width}} {kind:3} {bits:5}  {begin:%Y-%m-%d} to {end:%Y-%m-%d}{note}")
    typer.echo("certificates: " + ", ".join(stored.hierarchy.certificates))
    typer.echo("each also as: " + ", ".join(stored.hierarchy.twins))
    raise typer.Exit(2 if late else 0)


@pki.command()
def export(
    folder: Folder,
    bundle: Annotated[str, typer.Argument(help=", ".join(bundles.BUNDLES))],
    to: Annotated[Path, typer.Option(help="where the bundle's folder is made")] = Path(),
) -> None:
    """Write what goes into a product: roots, certificate, key, and a README that says what goes where."""

    def work() -> Path:
        stored = store.load(folder)
        return bundles.export(Pki(stored.hierarchy, stored.names, run=stored.run, given=stored.given), bundle, to)

    typer.echo(_or_stop(work))
