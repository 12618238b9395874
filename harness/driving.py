"""What the suite may ask a CSMS under test to do, counted from the feature files: the table of a guide."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from harness import resources
from harness.bdd import acts
from harness.bdd.story import Story, stories
from harness.drivers.rig import kebab
from harness.listing import files


@dataclass(frozen=True, slots=True)
class Demand:
    """One request or intent, by version: how many scenarios ask for it, and which members they dictate."""

    version: str
    name: str
    scenarios: int
    members: tuple[str, ...]

    @property
    def path(self) -> str:
        """Where the `octt` convention posts it; "" for an intent that is no request."""
        return f"/api/octt/{self.version}/{{station}}/{kebab(self.name)}" if self.name[0].isupper() else ""


def demands(told: Iterable[Story]) -> list[Demand]:
    """Everything asked of a CSMS, by version and name."""
    counted: dict[tuple[str, str], tuple[set[str], set[str]]] = {}
    for story in told:
        if story.sut != "csms":
            continue
        for line in story.lines:
            person, _, text = line.sentence.removeprefix("the ").partition(" ")
            if line.judges or person not in ("driver", "operator") or not line.sentence.startswith("the "):
                continue
            intent, parameters = acts.intent_of(person, text.removesuffix(" with"))
            name = str(parameters["message"]) if intent.name == "send" else intent.name
            ids, members = counted.setdefault((story.version, name), (set(), set()))
            ids.add(story.id)
            members.update(cells[0].split("[")[0].split(".")[0] for cells in line.table)
    return [Demand(*key, len(ids), tuple(sorted(members))) for key, (ids, members) in sorted(counted.items())]


def table(found: Iterable[Demand]) -> str:
    """As a Markdown table."""
    rows = ["| OCPP | asked for | scenarios | members the scenario dictates | `octt` path |", "|---|---|---|---|---|"]
    for demand in found:
        path = f"`POST {demand.path}`" if demand.path else "by hand, command or HTTP"
        members = ", ".join(demand.members) or "none"
        rows.append(f"| {demand.version} | `{demand.name}` | {demand.scenarios} | {members} | {path} |")
    return "\n".join(rows)


def renewed(guide: str, found: Iterable[Demand]) -> str:
    """The guide with its table made anew."""
    begin = guide.index("| OCPP | asked for")
    return guide[:begin] + table(found) + guide[guide.index("\n\n", begin) :]


def main() -> None:
    """``python -m harness.driving``: write the guide's table anew."""
    path = resources.root() / "docs" / "driving-your-csms.md"
    found = demands(story for file in files(()) for story in stories(file))
    path.write_text(renewed(path.read_text("utf-8"), found), "utf-8")


if __name__ == "__main__":
    main()
