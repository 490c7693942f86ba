"""Find the rules that apply; open to everybody."""

from motcua import bootstrap
from motcua.contracts.rules.find_rules import RulesView
from motcua.contracts.rules.rule import RuleView
from motcua.domain.registry.entry import EntryKind
from motcua.domain.rules.kinds import ACTS, CHANNELS, KINDS
from motcua.edge.http import Answer, Operation
from motcua.edge.request import Request
from motcua.routes.query import asked_choice, asked_day, check_names
from motcua.routes.registry.public_reading import directory_on, etag_of, named_unit
from motcua.usecases.rules.find_rules import Matter, find_rules, known_rule

OF_RULES = ("kind", "unit", "channel", "act", "on")


def list_rules(request: Request) -> Answer:
    check_names(request, OF_RULES)
    day = asked_day(request)
    kind, channel = asked_choice(request, "kind", KINDS), asked_choice(request, "channel", CHANNELS)
    unit = named_unit(request, "unit", directory_on(request)) if request.query.get("unit") else None
    matter = Matter(kind, unit, channel, asked_choice(request, "act", ACTS))
    rules = find_rules(bootstrap.registry().rules(), day, matter)
    return Answer(RulesView.of(day, unit.id if unit else "", rules))


def read_rule(request: Request, rule_id: str) -> Answer:
    check_names(request, ())
    registry = bootstrap.registry()
    rule = known_rule(registry.rules(), rule_id)
    return Answer(RuleView.of(rule), headers=etag_of(registry.entry(EntryKind.RULE, rule_id)))


OPERATIONS = (
    Operation(
        "GET",
        "/rules",
        list_rules,
        RulesView,
        "public",
        "Quy định có hiệu lực vào một ngày, hoặc áp dụng cho một đơn vị",
        "The rules in force on a day, or those that apply to a unit",
        query=OF_RULES,
        refusals=("unknown_unit",),
    ),
    Operation(
        "GET",
        "/rules/{rule_id}",
        read_rule,
        RuleView,
        "public",
        "Xem một quy định và văn bản làm căn cứ",
        "Read a rule, with the document that it rests on",
        refusals=("entry_not_found",),
    ),
)
