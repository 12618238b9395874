"""The guide to driving a CSMS lists everything that the features ask of one."""

from __future__ import annotations

from harness import resources
from harness.bdd.story import stories
from harness.driving import demands, table
from harness.listing import files


def test_the_guide_is_up_to_date():
    found = demands(story for file in files(()) for story in stories(file))
    guide = (resources.root() / "docs" / "driving-your-csms.md").read_text("utf-8")
    assert table(found) in guide, "make it anew: python -m harness.driving"


def test_every_demand_counts_what_a_scenario_dictates():
    found = {(demand.version, demand.name): demand for demand in demands(
        story for file in files(()) for story in stories(file)
    )}
    assert "type" in found["2.0.1", "Reset"].members
    assert found["2.0.1", "Reset"].path == "/api/octt/2.0.1/{station}/reset"
    assert found["2.0.1", "hold_back"].path == ""
    assert found["1.6", "RemoteStartTransaction"].scenarios > 1
