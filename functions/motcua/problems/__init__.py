"""Every problem that a caller can meet: its HTTP status and its words, Vietnamese first. The only place where they stand.

Texts are filled with the fault's parameters, which never hold personal data. `type` is `urn:motcua:problem:<code>`.
"""

from motcua.domain.errors import Fault
from motcua.problems.choose_by_link import LINKS
from motcua.problems.enter_opening_figure import OPENING
from motcua.problems.find_dossiers import SEARCH
from motcua.problems.general import GENERAL
from motcua.problems.intake import INTAKE
from motcua.problems.jobs import JOBS
from motcua.problems.problem import Problem
from motcua.problems.processing import AGENCY
from motcua.problems.registry import CATALOGUE
from motcua.problems.results import CORRECTION
from motcua.problems.review import REVIEW
from motcua.problems.rules import RULES

__all__ = ["PROBLEMS", "Problem", "words"]

PROBLEMS: dict[str, Problem] = (
    GENERAL | INTAKE | AGENCY | RULES | CATALOGUE | REVIEW | OPENING | JOBS | CORRECTION | SEARCH | LINKS
)


def words(fault: Fault) -> tuple[str, str]:
    """Return the text of a fault in Vietnamese and in English."""
    problem = PROBLEMS[fault.code]
    named = {name: problem.terms.get(value, (value, value)) for name, value in fault.params.items()}
    vi, en = ({name: pair[language] for name, pair in named.items()} for language in (0, 1))
    # A result stored before its problem had terms holds the words themselves, as `what_vi` and `what_en`.
    vi = {name.removesuffix("_vi"): text for name, text in fault.params.items() if name.endswith("_vi")} | vi
    en = {name.removesuffix("_en"): text for name, text in fault.params.items() if name.endswith("_en")} | en
    return problem.vi.format_map(vi), problem.en.format_map(en)
