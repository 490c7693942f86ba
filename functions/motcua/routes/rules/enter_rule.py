"""Enter a rule, end it, annul it."""

from motcua import bootstrap
from motcua.contracts.rules.enter_rule import AnnulRuleRequest, ChangeRuleRequest, EnterRuleRequest
from motcua.contracts.rules.rule import RuleView
from motcua.domain.errors import InvalidError
from motcua.edge.http import Answer, Operation
from motcua.edge.request import Request
from motcua.routes.registry_command import AMENDING_REFUSALS, entry_answer, registry_command
from motcua.usecases.rules import enter_rule as usecases

NAMES = ("unknown_unit", "unknown_carrier")
"""A rule may name what nobody knows."""


def enter_rule(request: Request, body: EnterRuleRequest) -> Answer:
    rule = body.to_domain()
    command = registry_command(request, "enter_rule", body.why, changes=False)
    done = usecases.enter_rule(command, rule, body.replaces or "", bootstrap.ledger())
    return entry_answer(done, RuleView.of(done.entry.thing), 201, at=f"/rules/{rule.id}")


def change_rule(request: Request, rule_id: str, body: ChangeRuleRequest) -> Answer:
    rule = body.to_domain()
    if rule.id != rule_id:
        raise InvalidError("id_differs", "/rule/id", id=rule_id)
    done = usecases.change_rule(
        registry_command(request, f"change_rule|{rule_id}", body.why, changes=True), rule, bootstrap.ledger()
    )
    return entry_answer(done, RuleView.of(done.entry.thing))


def annul_rule(request: Request, rule_id: str, body: AnnulRuleRequest) -> Answer:
    command = registry_command(request, f"annul_rule|{rule_id}", body.why, changes=True)
    done = usecases.annul_rule(command, rule_id, bootstrap.ledger(), without_former=body.without_former)
    return entry_answer(done, RuleView.of(done.entry.thing))


OPERATIONS = (
    Operation(
        "POST",
        "/rules",
        enter_rule,
        RuleView,
        "staff",
        "Nhập quy định mới, kèm văn bản",
        "Enter a rule, with the document that it rests on",
        body=EnterRuleRequest,
        status=201,
        command=True,
        refusals=(*AMENDING_REFUSALS, *NAMES, "entry_exists", "rule_contradicts", "replaces_nothing", "replaces_less"),
    ),
    Operation(
        "PUT",
        "/rules/{rule_id}",
        change_rule,
        RuleView,
        "staff",
        "Sửa quy định: ngày hết hiệu lực, trích dẫn; chưa đến ngày đầu thì sửa cả nội dung",
        "Change a rule: its last day, its citation; all of it before its first day",
        body=ChangeRuleRequest,
        command=True,
        guarded=True,
        refusals=(
            *AMENDING_REFUSALS,
            *NAMES,
            "rule_contradicts",
            "rule_needed",
            "rule_settled",
            "rule_annulled",
            "kind_stays",
            "id_differs",
        ),
    ),
    Operation(
        "POST",
        "/rules/{rule_id}/annulment",
        annul_rule,
        RuleView,
        "staff",
        "Hủy một quy định nhập nhầm; quy định bị nó thay thế có hiệu lực trở lại",
        "Annul a rule that was entered by mistake; the one that it replaced is in force again",
        body=AnnulRuleRequest,
        command=True,
        guarded=True,
        refusals=(*AMENDING_REFUSALS, "rule_annulled", "rule_needed", "former_not_restored"),
    ),
)
