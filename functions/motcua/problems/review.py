"""Problems of the review and publication of procedures (R4)."""

from motcua.problems.problem import Problem

REVIEW: dict[str, Problem] = {}
