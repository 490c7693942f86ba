"""Staff: a link by which the applicant chooses how the result comes, for the receipt or the notice that it is ready."""

from motcua import bootstrap
from motcua.contracts.dossier.links import LinkView
from motcua.contracts.fields import NoBody
from motcua.edge.http import Answer, Operation
from motcua.edge.identity import staff
from motcua.edge.request import Request
from motcua.telemetry import note
from motcua.usecases.results.choose_by_link import make_link


def make_channel_link(request: Request, dossier_id: str, body: NoBody) -> Answer:
    """Nothing is written: a link is a signature, and as good made twice as once."""
    note(dossier_id=dossier_id)
    by = staff(request.event)
    made = make_link(dossier_id, by, request.stamp(by.subject), bootstrap.dossier_context(), bootstrap.links())
    return Answer(LinkView.of(made))


OPERATIONS = (
    Operation(
        "POST",
        "/dossiers/{dossier_id}/return-channel-link",
        make_channel_link,
        LinkView,
        "staff",
        "Cấp liên kết để người nộp chọn cách nhận kết quả, không cần đăng nhập",
        "Make a link by which the applicant chooses how the result comes, without a sign-in",
        body=NoBody,
        refusals=(
            "role_needed",
            "move_not_allowed",
            "parcel_under_way",
            "rule_missing",
            "time_in_the_future",
            "domain_time_not_here",
            "malformed_header",
        ),
    ),
)
