"""One command per file; `COMMANDS` is all of them, in the order of the manual."""

from __future__ import annotations

import click

from moagraph_cli.commands.audit import audit
from moagraph_cli.commands.batch import batch
from moagraph_cli.commands.binders import binders
from moagraph_cli.commands.compare import compare
from moagraph_cli.commands.drugs_for import drugs_for
from moagraph_cli.commands.effects import effects
from moagraph_cli.commands.evidence import evidence
from moagraph_cli.commands.explain import explain
from moagraph_cli.commands.facts import facts
from moagraph_cli.commands.info import info
from moagraph_cli.commands.paths import paths
from moagraph_cli.commands.resistance import resistance
from moagraph_cli.commands.search import search
from moagraph_cli.commands.stats import stats
from moagraph_cli.commands.validate import validate
from moagraph_cli.commands.whatif import whatif

COMMANDS: tuple[click.Command, ...] = (
    explain,
    paths,
    effects,
    whatif,
    compare,
    resistance,
    binders,
    drugs_for,
    info,
    search,
    evidence,
    facts,
    batch,
    audit,
    validate,
    stats,
)
