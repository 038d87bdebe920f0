"""Moderation: the queue, decisions with reasons, the public log, reports of abuse."""
