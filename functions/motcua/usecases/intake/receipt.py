"""What every receipt writes into its event, whatever the channel: number, promised dates and papers."""

from datetime import datetime
from typing import Any

from motcua.domain.dossier.acts.intake import reception
from motcua.domain.dossier.components import Brought, check_complete, check_papers, to_event_data
from motcua.domain.dossier.dossier import ChannelIn
from motcua.domain.dossier.number import Series
from motcua.domain.dossier.parts import Transitional
from motcua.domain.local_time import local_day
from motcua.domain.record import dataclass
from motcua.ports.registry import Registry
from motcua.usecases.deadline import count_deadline as clock
from motcua.usecases.deadline.date_legs import told_at_receipt
from motcua.usecases.intake.give_number import UNNUMBERED, series_of
from motcua.usecases.registry.find_service import Service


@dataclass(frozen=True, slots=True)
class Receipt:
    """What is received at `at`: the service, the channel, and the papers (None when nobody listed them).

    A transitional dossier counts from `received_at`, when its agency received it. With `asks_for_more`, papers may be
    missing, because the receipt asks for them at once.
    """

    service: Service
    channel_in: ChannelIn
    at: datetime
    papers: tuple[Brought, ...] | None = None
    asks_for_more: bool = False
    transitional: Transitional | None = None
    received_at: datetime | None = None


def receipt_data(registry: Registry, receipt: Receipt) -> dict[str, Any]:
    """Return what a receipt adds to its event: papers, promised dates, and the place of the number that is given last.

    Raises InvalidError or RefusedError when the papers do not fit the procedure.
    """
    service = receipt.service
    limit = service.procedure.whole_limit
    more = _papers(receipt) | _dates(registry, receipt) | ({"due_by_hours": True} if limit and limit.by_hours else {})
    due = clock.due_at_receipt(
        registry,
        service.procedure,
        service.agency,
        receipt.received_at or receipt.at,
        transitional=receipt.transitional is not None,
        one_stop=service.one_stop,
    )
    return reception(UNNUMBERED, due.at, due.calendar, **more)


def papers_data(receipt: Receipt) -> dict[str, Any]:
    """Check the papers and return them as event data; nothing where nobody listed them."""
    if receipt.papers is None:
        return {}
    check_papers(receipt.service.procedure, receipt.papers, receipt.channel_in.value)
    return {"papers": to_event_data(receipt.papers)}


def _papers(receipt: Receipt) -> dict[str, Any]:
    brought = papers_data(receipt)
    if receipt.papers is not None and not receipt.asks_for_more:
        check_complete(receipt.service.procedure, receipt.papers)
    return brought


def _dates(registry: Registry, receipt: Receipt) -> dict[str, Any]:
    """Return when the paper is to be handed over, the legs of linked agencies, and what is known of a former office."""
    service, former = receipt.service, receipt.transitional
    received_at = receipt.received_at or receipt.at
    legs = told_at_receipt(
        registry, service.procedure, service.one_stop, received_at, receipt.at, transitional=former is not None
    )
    if former:
        office_before = {"original_number": former.original_number, "original_day": former.received_on.isoformat()}
        return legs | office_before | {"rule": former.rule, "received_at": received_at.isoformat()}
    if receipt.channel_in is ChannelIn.ONLINE:
        return legs
    paper_due_at = clock.paper_due(registry, service.one_stop, receipt.at)
    return legs | {"paper_due_at": paper_due_at.isoformat()}


def series_for(registry: Registry, receipt: Receipt) -> Series:
    """Return the series that a receipt takes its number from, by the dated rule.

    A transitional dossier takes a number of the one-stop unit's own, of the day of registration.
    """
    one_stop, day = receipt.service.one_stop, local_day(receipt.at)
    if receipt.transitional:
        return Series(one_stop.identifier, day, one_stop.identifier_is_sample)
    return series_of(registry.rules(), one_stop, receipt.service.agency, day)
