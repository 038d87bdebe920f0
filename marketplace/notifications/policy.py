"""Who may read messages: their reader."""

from marketplace.core.policy import SignedIn, permission

READ_MESSAGES = permission("messages.read", SignedIn(), scope="read")
