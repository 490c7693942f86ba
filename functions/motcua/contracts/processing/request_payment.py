"""What the applicant has to pay."""

from motcua.contracts.fields import Amount
from motcua.contracts.model import Inward


class PaymentRequest(Inward):
    """Ask for a payment."""

    amount_vnd: Amount
