"""People, organisations, zones, memberships, log-ins and tokens."""

from datetime import date, datetime

from sqlalchemy import JSON, Date, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.core.db import Base

UNVERIFIED, SUBMITTED, VERIFIED, RETURNED = "unverified", "submitted", "verified", "returned"


class Zone(Base):
    """A demonstration zone (科技成果转移转化示范区)."""

    __tablename__ = "zone"

    id: Mapped[str] = mapped_column(String(30), primary_key=True)
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(100))
    name_en: Mapped[str] = mapped_column(String(200))
    region: Mapped[str] = mapped_column(String(12))
    about: Mapped[str] = mapped_column(Text, default="")
    about_en: Mapped[str] = mapped_column(Text, default="")
    second_reviewer: Mapped[bool] = mapped_column(default=False)  # publishing needs two moderators, not one


class User(Base):
    """A person. `epoch` grows whenever all sessions must end: a session names the epoch it began in."""

    __tablename__ = "user_account"

    id: Mapped[str] = mapped_column(String(30), primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)  # lower case
    name: Mapped[str] = mapped_column(String(60))
    password: Mapped[str] = mapped_column(String(200))  # argon2id; empty: nobody can log in with a password
    language: Mapped[str] = mapped_column(String(2), default="zh")  # which part of a letter comes first
    epoch: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)
    email_confirmed_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    acting_org_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"))
    memberships: Mapped[list["Membership"]] = relationship(back_populates="user", order_by="Membership.id")


class LogIn(Base):
    """One log-in with a browser: the session it began is dead once it has ended."""

    __tablename__ = "log_in"

    id: Mapped[str] = mapped_column(String(30), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("user_account.id"), index=True)
    epoch: Mapped[int]
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Organisation(Base):
    """A university or institute, firm, service agency or zone authority. `credit_code` by GB 32100."""

    __tablename__ = "organisation"

    id: Mapped[str] = mapped_column(String(30), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), index=True)
    name: Mapped[str] = mapped_column(String(100))
    name_en: Mapped[str] = mapped_column(String(200), default="")
    credit_code: Mapped[str] = mapped_column(String(18), unique=True)
    zone_id: Mapped[str] = mapped_column(ForeignKey("zone.id"), index=True)
    region: Mapped[str] = mapped_column(String(12), default="")
    about: Mapped[str] = mapped_column(Text, default="")
    about_en: Mapped[str] = mapped_column(Text, default="")
    contact: Mapped[str] = mapped_column(String(200), default="")
    services: Mapped[list[str]] = mapped_column(JSON, default=list)  # kinds of service, for agencies
    state: Mapped[str] = mapped_column(String(20), default=UNVERIFIED, index=True)
    reason: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]
    verified_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    zone: Mapped[Zone] = relationship(lazy="joined")
    memberships: Mapped[list["Membership"]] = relationship(
        back_populates="organisation", order_by="Membership.id"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    @property
    def verified(self) -> bool:
        return self.state == VERIFIED


class Membership(Base):
    """A person's roles in an organisation."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("user_id", "org_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("user_account.id"), index=True)
    org_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    roles: Mapped[list[str]] = mapped_column(JSON)
    since: Mapped[datetime]
    user: Mapped[User] = relationship(back_populates="memberships")
    organisation: Mapped[Organisation] = relationship(back_populates="memberships", lazy="joined")


class ApiToken(Base):
    """A program's key: acts as its owner for one organisation, within its scopes. Only the digest is kept."""

    __tablename__ = "api_token"

    id: Mapped[str] = mapped_column(String(30), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("user_account.id"), index=True)
    org_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"))
    label: Mapped[str] = mapped_column(String(60))
    scopes: Mapped[list[str]] = mapped_column(JSON)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    last_used_on: Mapped[date | None] = mapped_column(
        Date
    )  # in Beijing; a day is enough to find forgotten tokens
    user: Mapped[User] = relationship(lazy="joined")


class MailLink(Base):
    """A link sent by mail: what it is for, for whom, until when. The link itself is signed, never stored."""

    __tablename__ = "mail_link"

    id: Mapped[str] = mapped_column(String(30), primary_key=True)
    purpose: Mapped[str] = mapped_column(String(20))  # confirm, recover, invite
    user_id: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    email: Mapped[str] = mapped_column(String(254))
    org_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"))
    roles: Mapped[list[str]] = mapped_column(JSON, default=list)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class RoleProposal(Base):
    """A change of roles in a zone authority that waits for a second administrator.

    About a member (`user_id`) or an address to be invited (`email`). Without roles it ends the membership.
    """

    __tablename__ = "role_proposal"
    __table_args__ = (
        Index(
            "uq_role_proposal_open",
            "org_id",
            "email",
            unique=True,
            sqlite_where=text("decided_at IS NULL"),
            postgresql_where=text("decided_at IS NULL"),
        ),
    )

    id: Mapped[str] = mapped_column(String(30), primary_key=True)
    org_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    user_id: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    email: Mapped[str] = mapped_column(String(254))
    roles: Mapped[list[str]] = mapped_column(JSON)
    proposed_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    proposed_at: Mapped[datetime]
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    decided_at: Mapped[datetime | None]
    accepted: Mapped[bool | None]
