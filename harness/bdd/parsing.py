"""A feature file as pytest-bdd parses it, and what its Feature does not tell of it."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import Any

from pytest_bdd.feature import features
from pytest_bdd.parser import Feature, FeatureParser


class _Parser(FeatureParser):
    """Keeps the name of every scenario: of two of one name the Feature has only the last."""

    def __init__(self, folder: str, name: str) -> None:
        super().__init__(folder, name)
        self.names: list[str] = []

    def parse_scenario(self, scenario_data: Any, feature: Any, rule: Any = None) -> Any:
        self.names.append(scenario_data.name)
        return super().parse_scenario(scenario_data, feature, rule)


def parsed(file: Path) -> tuple[Feature, list[tuple[str, int]]]:
    """The file, read once, and each name that several of its scenarios bear, with their number.

    pytest-bdd finds it when it runs a scenario. Raises what pytest-bdd raises."""
    parser = _Parser(str(file.parent), file.name)
    feature = features[os.path.abspath(file)] = parser.parse()
    return feature, [(name, count) for name, count in Counter(parser.names).items() if count > 1]
