"""What a clerk enters to refuse a dossier at the counter."""

from typing import Literal

from pydantic import Field

from motcua.contracts.fields import ProcedureCode, Reason, UnitId
from motcua.contracts.persons import WithPersons
from motcua.domain.dossier.dossier import ChannelIn
from motcua.usecases.intake.refuse_at_counter import RefuseAtCounter


class CounterRefusalRequest(WithPersons):
    """Refuse at the counter, or what came by post (form 03): on record, without a number."""

    one_stop_id: UnitId
    procedure_code: ProcedureCode
    channel_in: Literal["counter", "post"]
    reason: Reason = Field(examples=["Thiếu bản chính giấy tờ theo thành phần hồ sơ"])

    def to_domain(self) -> RefuseAtCounter:
        channel_in = ChannelIn(self.channel_in)
        return RefuseAtCounter(self.one_stop_id, self.procedure_code, channel_in, self.persons(), self.reason)
