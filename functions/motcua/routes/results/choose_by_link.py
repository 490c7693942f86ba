"""Choose how the result comes back by a signed link: make it, look at it, use it."""

from motcua import bootstrap
from motcua.contracts.fields import NoBody
from motcua.contracts.results.choose_by_link import (
    LinkChoiceRequest,
    LinkedChoiceView,
    LinkPreviewView,
    LinkRequest,
    LinkView,
)
from motcua.edge.http import Answer, Operation
from motcua.edge.identity import portal_citizen, staff
from motcua.edge.request import Request
from motcua.telemetry import note
from motcua.usecases.results import choose_by_link as choosing
from motcua.usecases.results.choose_by_link import make_link

OF_A_TIME = ("time_in_the_future", "domain_time_not_here", "malformed_header")


TOKEN_REFUSALS = ("link_not_genuine", "link_expired", "dossier_not_found", *OF_A_TIME)
"""Why a token opens nothing."""


def make_own_channel_link(request: Request, dossier_id: str, body: NoBody) -> Answer:
    note(dossier_id=dossier_id)
    client, citizen = portal_citizen(request.event, "portal/choose", request.headers)
    stamp, office = request.stamp(f"portal:{client}"), bootstrap.dossier_context()
    return Answer(LinkView.of(choosing.make_own_link(dossier_id, citizen, stamp, office, bootstrap.links())))


def preview_choice_by_link(request: Request, body: LinkRequest) -> Answer:
    stamp, office = request.stamp(choosing.HOLDER), bootstrap.dossier_context()
    preview = choosing.preview_choice(body.token, stamp, office, bootstrap.links())
    note(dossier_id=preview.dossier.id)
    return Answer(LinkPreviewView.showing(preview))


def choose_by_link(request: Request, body: LinkChoiceRequest) -> Answer:
    """Use the link. The key is scoped to the link, so that keys of different links' holders never collide."""
    stamp, key = request.stamp(choosing.HOLDER), request.idempotency_key(body.token, "choose_by_link")
    command = choosing.LinkCommand(body.token, stamp, key)
    made = choosing.choose_by_link(command, body.channel_out, body.to(), bootstrap.dossier_context(), bootstrap.links())
    note(dossier_id=made.dossier.id, version=made.dossier.version, replayed=made.replayed)
    headers = {"Idempotency-Replayed": "true"} if made.replayed else {}
    return Answer(LinkedChoiceView.of(made.dossier), headers=headers)


def make_channel_link(request: Request, dossier_id: str, body: NoBody) -> Answer:
    """Make a link. Nothing is written: a link is only a signature, so making it twice does no harm."""
    note(dossier_id=dossier_id)
    by = staff(request.event)
    made = make_link(dossier_id, by, request.stamp(by.subject), bootstrap.dossier_context(), bootstrap.links())
    return Answer(LinkView.of(made))


OPERATIONS = (
    Operation(
        "POST",
        "/portal/dossiers/{dossier_id}/return-channel-link",
        make_own_channel_link,
        LinkView,
        "portal",
        "Lấy liên kết chọn cách nhận kết quả, không cần đăng nhập",
        "Make a link by which to choose how the result comes, without a sign-in",
        body=NoBody,
        scope="portal/choose",
        refusals=("move_not_allowed", "parcel_under_way", "rule_missing", *OF_A_TIME),
    ),
    Operation(
        "POST",
        "/return-channel-choices/preview",
        preview_choice_by_link,
        LinkPreviewView,
        "public",
        "Xem bằng liên kết: hồ sơ đến đâu, có chọn nhận qua bưu chính được không",
        "See by a link how far the dossier is, and whether the post may be chosen",
        body=LinkRequest,
        refusals=TOKEN_REFUSALS,
    ),
    Operation(
        "POST",
        "/return-channel-choices",
        choose_by_link,
        LinkedChoiceView,
        "public",
        "Chọn cách nhận kết quả bằng liên kết, không cần đăng nhập",
        "Choose by a link how the result comes, without a sign-in",
        body=LinkChoiceRequest,
        command=True,
        refusals=(
            *TOKEN_REFUSALS[:3],
            "time_before_last_act",
            "move_not_allowed",
            "parcel_under_way",
            "post_not_offered",
            "originals_due_by_post",
            "address_needed_for_post",
            "changed_meanwhile",
            "dossier_full",
            "unknown_procedure",
            "rule_missing",
        ),
    ),
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
