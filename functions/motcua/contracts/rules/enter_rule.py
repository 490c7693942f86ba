"""What a controller sends to enter, change or annul a rule."""

from typing import Any

from pydantic import Field

from motcua.contracts.fields import Why
from motcua.contracts.model import Inward
from motcua.contracts.rules.rule import RULE, RuleId, RuleModel
from motcua.domain.rules.rule import Rule


class EnterRuleRequest(Inward):
    """A new rule; `replaces` names the one that ends the day before. It must cover everything that the replaced one covered."""

    rule: RuleModel
    replaces: RuleId | None = None
    why: Why = Field(examples=["Nhập theo công văn mới của UBND tỉnh"])

    def to_domain(self) -> Rule[Any]:
        return self.rule.to_domain(RULE)


class ChangeRuleRequest(Inward):
    """The complete new content of the rule. Scope, value and first day stay as they are once it has begun."""

    rule: RuleModel
    why: Why

    def to_domain(self) -> Rule[Any]:
        return self.rule.to_domain(RULE)


class AnnulRuleRequest(Inward):
    """Why the rule never should have been entered. The one that it replaced is in force again."""

    without_former: bool = Field(
        default=False, description="The replaced rule, changed since, stays as it is: said on purpose"
    )
    why: Why
