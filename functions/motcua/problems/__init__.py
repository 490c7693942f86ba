"""Every problem that a caller can meet: its HTTP status and its words, Vietnamese first. The only place where they stand.

Texts are filled with the fault's parameters, which never hold personal data. `type` is `urn:motcua:problem:<code>`.
"""

from motcua.domain.errors import Fault
from motcua.problems.agency import AGENCY
from motcua.problems.catalogue import CATALOGUE
from motcua.problems.correction import CORRECTION
from motcua.problems.general import GENERAL
from motcua.problems.intake import INTAKE
from motcua.problems.jobs import JOBS
from motcua.problems.links import LINKS
from motcua.problems.opening import OPENING
from motcua.problems.problem import Problem
from motcua.problems.review import REVIEW
from motcua.problems.rules import RULES
from motcua.problems.search import SEARCH

__all__ = ["PROBLEMS", "Problem", "words"]

PROBLEMS: dict[str, Problem] = (
    GENERAL | INTAKE | AGENCY | RULES | CATALOGUE | REVIEW | OPENING | JOBS | CORRECTION | SEARCH | LINKS
)


def words(fault: Fault) -> tuple[str, str]:
    """Return the text of a fault in Vietnamese and in English."""
    problem = PROBLEMS[fault.code]
    named = {name: problem.terms.get(value, (value, value)) for name, value in fault.params.items()}
    vi, en = ({name: pair[language] for name, pair in named.items()} for language in (0, 1))
    return problem.vi.format_map(vi), problem.en.format_map(en)
