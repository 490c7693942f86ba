"""A good call of every operation of the registry, with the request that the contract publishes as its example."""

from collections.abc import Callable
from typing import Any

from infra.contracts import examples
from infra.contracts.examples.sample_registry import SUCCESSORS_COUNTER
from motcua.domain.registry.entry import EntryKind, new_entry
from tests.kit.api_lives import receive
from tests.kit.job_steps import control, run
from tests.kit.moto_cloud import Cloud, Reply
from tests.kit.shipped import things

Owner = dict[str, str]
Call = Callable[[Cloud, Owner], Reply]

TARGET, REVIEW = "/rules/target-departments", "/reviews/review-order-1313"
LIST = f"{REVIEW}/departments/skhdt"
OFFICER, HEAD = "officer@skhdt", "head@skhdt"
REQUESTS = examples.requests()


def done(reply: Reply) -> Reply:
    """Return the reply of a preparing step, which must have succeeded."""
    assert reply.status < 300, reply.body
    return reply


def ask(cloud: Cloud, operation: str, method: str, path: str, **more: Any) -> Reply:
    return control(cloud, method, path, REQUESTS[operation], **more)


def read(cloud: Cloud, path: str, **query: str) -> Reply:
    """Read as anybody, without signing in."""
    return cloud.call("public_api", "GET", path, query=query or None)


def successor(cloud: Cloud) -> Reply:
    return ask(cloud, "enter_unit", "POST", "/units")


def unit_changed(cloud: Cloud, _: Owner) -> Reply:
    done(successor(cloud))
    return ask(cloud, "change_unit", "PUT", "/units/h288", version=1)


def calendar_proposed(cloud: Cloud, owner: Owner) -> Reply:
    done(receive(cloud, owner))
    return ask(cloud, "propose_calendar_change", "POST", "/calendars/2020/changes")


def calendar_applied(cloud: Cloud, owner: Owner) -> Reply:
    change = done(calendar_proposed(cloud, owner)).body["id"]
    run(cloud)
    return ask(cloud, "apply_calendar_change", "POST", f"/calendar-changes/{change}/application", version=1)


def preview(cloud: Cloud, owner: Owner, more: str = "", **query: str) -> Reply:
    job = done(calendar_proposed(cloud, owner)).body["preview_job"]
    run(cloud)
    return control(cloud, "GET", f"/jobs/{job}{more}", query=query or None)


def planned(cloud: Cloud) -> Reply:
    """Plan a reorganisation in June 2025, with the example's successor in the registry."""
    cloud.enter(new_entry(EntryKind.CALENDAR, "2025", things(EntryKind.CALENDAR)["2025"]))
    cloud.now = "2025-06-20T08:30:00+07:00"
    done(successor(cloud))
    return ask(cloud, "plan_reorganisation", "POST", "/reorganisations")


def on_the_plan(cloud: Cloud, operation: str, method: str, more: str = "", version: int | None = None) -> Reply:
    path = f"/reorganisations/{done(planned(cloud)).body['id']}{more}"
    cloud.now = "2025-07-01T07:30:00+07:00"
    return control(cloud, method, path, REQUESTS.get(operation), version=version)


def task_decided(cloud: Cloud, owner: Owner) -> Reply:
    """Decide a task: the dossier's commune is unknown, so no rule covers it and the controller decides."""
    reorganisation = done(planned(cloud)).body["id"]
    cloud.enter(new_entry(EntryKind.UNIT, SUCCESSORS_COUNTER.id, SUCCESSORS_COUNTER))
    at_district = {"one_stop_id": "mc-h288", "procedure_code": "2.000815"}
    dossier = done(receive(cloud, owner, "clerk@mc-h288", **at_district)).body["id"]
    cloud.now = "2025-07-01T07:30:00+07:00"
    started = done(ask(cloud, "start_reorganisation", "POST", f"/reorganisations/{reorganisation}/start", version=1))
    run(cloud)
    return ask(cloud, "decide_job_task", "POST", f"/jobs/{started.body['jobs'][0]}/tasks/{dossier}")


def _reviewed_until(operation: str) -> Call:
    return lambda cloud, _: reviewed(cloud, operation)


def reviewed(cloud: Cloud, until: str) -> Reply:
    """Review one procedure, act by act, up to the operation `until`."""
    acts = (
        ("enter_review_items", "POST", "items", OFFICER, "2020-05-11"),
        ("prepare_review_item", "PUT", "items/2.001610", OFFICER, "2020-05-11"),
        ("propose_review_items", "POST", "proposals", HEAD, "2020-05-12"),
        ("announce_review_items", "POST", "announcements", "controller@tinh", "2020-05-27"),
        ("publish_review_items", "POST", "publications", "controller@tinh", "2020-05-28"),
        ("withdraw_review_items", "POST", "withdrawals", "controller@tinh", "2020-11-02"),
    )
    for operation, method, place, groups, day in acts:
        cloud.now = f"{day}T08:00:00+07:00"
        version = 1 if method == "PUT" else None
        reply = done(ask(cloud, operation, method, f"{LIST}/{place}", groups=groups, version=version))
        if operation == until:
            return reply
    raise AssertionError(until)


def on_the_list(cloud: Cloud, after: str, operation: str, place: str, groups: str) -> Reply:
    """Do an act outside that sequence, after the operation `after`."""
    reviewed(cloud, after)
    return ask(cloud, operation, "POST", f"{LIST}/{place}", groups=groups)


def of_review(cloud: Cloud, path: str) -> Reply:
    reviewed(cloud, "propose_review_items")
    return control(cloud, "GET", path, groups="clerk@mc-tinh", query={"on": "2020-05-29"})


def change_read(cloud: Cloud, owner: Owner) -> Reply:
    return control(cloud, "GET", f"/calendar-changes/{done(calendar_proposed(cloud, owner)).body['id']}")


def listed(cloud: Cloud, owner: Owner, path: str) -> Reply:
    done(calendar_proposed(cloud, owner))
    done(planned(cloud))
    return control(cloud, "GET", path)


def abandoned(cloud: Cloud, owner: Owner) -> Reply:
    job = done(calendar_proposed(cloud, owner)).body["preview_job"]
    return ask(cloud, "abandon_job", "POST", f"/jobs/{job}/abandonment")


def figure(cloud: Cloud) -> Reply:
    return ask(cloud, "enter_opening_figure", "PUT", "/opening-figures/2020/skhdt", groups=HEAD, version=0)


def figures(cloud: Cloud, _: Owner) -> Reply:
    done(figure(cloud))
    return control(cloud, "GET", "/opening-figures/2020", groups=HEAD)


def history(cloud: Cloud, _: Owner) -> Reply:
    done(ask(cloud, "change_rule", "PUT", TARGET, version=1))
    return control(cloud, "GET", "/registry/rule/target-departments/history")


GOOD: dict[str, Call] = {
    "enter_rule": lambda cloud, _: ask(cloud, "enter_rule", "POST", "/rules"),
    "change_rule": lambda cloud, _: ask(cloud, "change_rule", "PUT", TARGET, version=1),
    "annul_rule": lambda cloud, _: ask(cloud, "annul_rule", "POST", f"{TARGET}/annulment", version=1),
    "read_rule": lambda cloud, _: read(cloud, TARGET),
    "list_rules": lambda cloud, _: read(cloud, "/rules", on="2020-04-23"),
    "enter_unit": lambda cloud, _: successor(cloud),
    "change_unit": unit_changed,
    "read_unit": lambda cloud, _: read(cloud, "/units/h288", on="2025-07-01"),
    "list_units": lambda cloud, _: read(cloud, "/units", limit="2"),
    "draft_procedure": lambda cloud, _: ask(
        cloud, "draft_procedure", "POST", "/procedures/2.001610/draft", groups=OFFICER, version=1
    ),
    "read_procedure": lambda cloud, _: read(cloud, "/procedures/2.001610"),
    "list_procedures": lambda cloud, _: read(cloud, "/procedures", q="doanh nghiep", limit="1"),
    "list_procedure_versions": lambda cloud, _: read(cloud, "/procedures/2.001610/versions"),
    "read_calendar": lambda cloud, _: read(cloud, "/calendars/2020"),
    "propose_calendar_change": calendar_proposed,
    "read_calendar_change": change_read,
    "apply_calendar_change": calendar_applied,
    "list_calendar_changes": lambda cloud, owner: listed(cloud, owner, "/calendar-changes"),
    "list_reorganisations": lambda cloud, owner: listed(cloud, owner, "/reorganisations"),
    "abandon_job": abandoned,
    "read_job": preview,
    "read_job_results": lambda cloud, owner: preview(cloud, owner, "/results", limit="1", outcome="moved"),
    "decide_job_task": task_decided,
    "plan_reorganisation": lambda cloud, _: planned(cloud),
    "read_reorganisation": lambda cloud, _: on_the_plan(cloud, "read_reorganisation", "GET"),
    "change_reorganisation": lambda cloud, _: on_the_plan(cloud, "change_reorganisation", "PUT", version=1),
    "start_reorganisation": lambda cloud, _: on_the_plan(cloud, "start_reorganisation", "POST", "/start", version=1),
    "enter_opening_figure": lambda cloud, _: figure(cloud),
    "read_opening_figures": figures,
    "read_history": history,
    "read_review": lambda cloud, _: of_review(cloud, REVIEW),
    "read_work_list": lambda cloud, _: of_review(cloud, LIST),
    **{
        operation: _reviewed_until(operation)
        for operation in REQUESTS
        if operation.endswith(("_review_item", "_review_items"))
    },
    "enter_review_catalogue": lambda cloud, _: on_the_list(
        cloud, "enter_review_items", "enter_review_catalogue", "catalogue", HEAD
    ),
    "prepare_review_items": lambda cloud, _: on_the_list(
        cloud, "enter_review_items", "prepare_review_items", "preparations", OFFICER
    ),
    "return_review_items": lambda cloud, _: on_the_list(
        cloud, "announce_review_items", "return_review_items", "returns", "controller@tinh"
    ),
}
