"""A Citus cluster for tests: databases of their own on all of its machines, and who works, by a plan."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg2
from sqlalchemy import URL, make_url

from c360_dash.config import Settings

# Read when the module is, for no test sees the settings of whoever runs it.
CLUSTER = os.environ.get("C360_TEST_CITUS_URL", "")
WHY_NOT = "needs C360_TEST_CITUS_URL, the address of the coordinator of a Citus cluster, with a user who may do all"
PARTS = 4
ADDED_UP = {"Aggregate", "Unique", "Limit"}


@contextmanager
def database_on_cluster(name: str, data_dir: Path) -> Iterator[Settings]:
    """An empty database of that name on every machine of the cluster, which know each other; dropped at the end."""
    url = make_url(CLUSTER).set(drivername="postgresql")
    nodes = [(host, port) for host, port, _ in _run(url, NODES)]
    for host, port in nodes:
        machine = url.set(host=host, port=port)
        _run(machine, NO_PROPAGATION, f"drop database if exists {name} with (force)", f"create database {name}")
        _run(machine.set(database=name), "create extension citus")
    coordinator = url.set(database=name)
    _run(coordinator, f"alter database {name} set citus.shard_count = {PARTS}")
    for host, port, is_coordinator in _run(url, NODES):
        add = "citus_set_coordinator_host" if is_coordinator else "citus_add_node"
        _run(coordinator, f"select {add}('{host}', {port})")
    try:
        address = coordinator.set(drivername="postgresql+psycopg2").render_as_string(hide_password=False)
        yield replace(Settings(), database_url=address, data_dir=data_dir)
    finally:
        for host, port in nodes:
            _run(url.set(host=host, port=port), NO_PROPAGATION, f"drop database {name} with (force)")


NODES = "select nodename, nodeport, groupid = 0 from pg_dist_node order by groupid"
NO_PROPAGATION = "set citus.enable_create_database_propagation = off"


def who_works(cursor: Any, statement: str) -> str:
    """Who does the work of a statement that fills or makes a table: the first of these that is true of its plan.

    rows come to the coordinator: rows of customers, as they are · added up on the workers: the coordinator is given
    groups of rows, or the best of them · on the workers: no row leaves them · on the coordinator: from its own tables
    """
    cursor.execute(f"explain (format json, costs off) {statement}")
    ((plan,),) = cursor.fetchall()
    plans = json.loads(plan) if isinstance(plan, str) else plan
    jobs = list(_jobs(plans[0]))
    stays = statement.startswith("insert") and "pull to coordinator" not in json.dumps(plan)
    sent = jobs[1:] if stays else jobs
    if any(job["Task Count"] > 1 and _top(job) not in ADDED_UP for job in sent):
        return "rows come to the coordinator"
    if stays and jobs:
        return "on the workers"
    return "added up on the workers" if any(job["Task Count"] > 1 for job in jobs) else "on the coordinator"


def _jobs(plan: Any) -> Iterator[dict[str, Any]]:
    """What workers are asked in a plan, the main statement before what is asked for it."""
    if isinstance(plan, list):
        for part in plan:
            yield from _jobs(part)
    elif isinstance(plan, dict):
        if "Job" in plan:
            yield plan["Job"]
        for key in sorted(plan.keys() - {"Job"}, key=lambda key: key == "Subplans"):
            yield from _jobs(plan[key])


def _top(job: dict[str, Any]) -> str:
    """What a worker does last with the rows of one part."""
    return str(job["Tasks"][0]["Remote Plan"][0][0]["Plan"]["Node Type"])


def _run(url: URL, *statements: str) -> list[tuple[Any, ...]]:
    connection = psycopg2.connect(url.render_as_string(hide_password=False))
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
            return [] if cursor.description is None else cursor.fetchall()
    finally:
        connection.close()
