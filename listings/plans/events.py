"""What happens to plans that others must act on at once."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PlanEnded:
    """A decided plan counts no longer: superseded by the plan `by`, or given up by the unit when that is empty."""

    plan_id: str
    by: str = ""
