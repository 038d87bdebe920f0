"""What happens to intents that others must act on at once."""

from dataclasses import dataclass
from datetime import datetime

from auctions.intents.models import Intent


@dataclass(frozen=True)
class IntentQualified:
    """An intent has qualified as of `moment`: the deposit is to be asked for, or the party is eligible without one."""

    intent: Intent
    moment: datetime


@dataclass(frozen=True)
class IntentLeft:
    """An intent is out as of `moment`: withdrawn, rejected, not paid for, or lapsed with its trade."""

    intent: Intent
    moment: datetime
