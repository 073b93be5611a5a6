"""HiGHS: the smallest or largest value of a sum under the published rows."""

import highspy
import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
NO_LIMIT = highspy.kHighsInf
SECONDS = 60.0
"""A question that takes longer has failed, and the audit with it."""


class AuditFailed(Exception):
    """The solver gave no answer; an audit without an answer is not clean."""


class Polytope:
    """All values of the columns that agree with a matrix of rows."""

    def __init__(self, matrix: Vector, limits: tuple[Vector, Vector], whole: bool) -> None:
        self._low, self._high = limits
        rows, columns = matrix.shape
        self._columns = np.arange(columns, dtype=np.int32)
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = columns, rows
        model.col_cost_ = np.zeros(columns)
        model.col_lower_, model.col_upper_ = np.zeros(columns), np.zeros(columns)
        model.row_lower_, model.row_upper_ = self._low, self._high
        row_of, column_of = np.nonzero(matrix)
        counts = np.bincount(row_of, minlength=rows)
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
        model.a_matrix_.index_ = column_of.astype(np.int32)
        model.a_matrix_.value_ = matrix[row_of, column_of]
        if whole:
            model.integrality_ = [highspy.HighsVarType.kInteger] * columns
        self._solver = highspy.Highs()
        options = {"output_flag": False, "threads": 1, "random_seed": 0, "time_limit": SECONDS}
        for name, value in options.items():
            self._solver.setOptionValue(name, value)
        self._solver.passModel(model)
        self._whole = whole

    def show(self, rows: NDArray[np.bool_]) -> None:
        """Let only these rows count."""
        for row, shown in enumerate(rows):
            low, high = (self._low[row], self._high[row]) if shown else (-NO_LIMIT, NO_LIMIT)
            self._solver.changeRowBounds(row, low, high)

    def least(self, cost: Vector, lower: Vector, upper: Vector) -> Vector | None:
        """Return columns between the limits with the least cost, None if there are none at all."""
        return self._run(cost, (lower, upper), 1e-6)

    def any(self, cost: Vector, lower: Vector, upper: Vector) -> Vector | None:
        """Return columns between the limits with a fair cost, None if there are none at all."""
        return self._run(cost, (lower, upper), 0.5)

    def _run(self, cost: Vector, limits: tuple[Vector, Vector], gap: float) -> Vector | None:
        solver, (lower, upper) = self._solver, limits
        solver.setOptionValue("mip_rel_gap", gap)
        solver.clearSolver()
        solver.changeColsBounds(len(self._columns), self._columns, lower, upper)
        solver.changeColsCost(len(self._columns), self._columns, cost)
        solver.run()
        status = solver.getModelStatus()
        if status in (
            highspy.HighsModelStatus.kInfeasible,
            highspy.HighsModelStatus.kUnboundedOrInfeasible,
        ):
            return None
        if status != highspy.HighsModelStatus.kOptimal:
            raise AuditFailed(f"the solver stopped with {solver.modelStatusToString(status)}")
        found = np.array(solver.getSolution().col_value)
        return np.round(found) if self._whole else found
