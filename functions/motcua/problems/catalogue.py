"""Problems of units and procedures."""

from motcua.problems.problem import Problem

CATALOGUE: dict[str, Problem] = {}
