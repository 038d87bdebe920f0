"""Pages for people: registration, log-in, account."""

from flask import Blueprint

blueprint = Blueprint("accounts", __name__)
