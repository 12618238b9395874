"""Loads the harness's pytest plugin; nothing else."""

pytest_plugins = ["harness.bdd.plugin"]
