"""Who may do what with a unit's rules."""

from marketplace.accounts.roles import UNIVERSITY
from marketplace.core.policy import Acting, Anyone, permission

#: Rules that are published stay readable for everybody: 国发〔2016〕16号 asks for the objection procedure to be public.
READ = permission("unit_rules.read", Anyone(), scope="read")
#: Sees the own unit's rules with the draft among them.
SEE_OWN = permission(
    "unit_rules.see_own",
    Acting(frozenset({UNIVERSITY}), frozenset({"unit_admin", "tto_officer", "inventor"})),
    scope="read",
)
#: Closed to tokens: what binds a unit is published by a person.
EDIT = permission("unit_rules.edit", Acting(frozenset({UNIVERSITY}), frozenset({"unit_admin"})))
