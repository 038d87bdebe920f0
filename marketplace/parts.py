"""The parts of the house, listed once: what each package brings to the application."""

from collections.abc import Iterator

from flask import Blueprint, Flask, url_for

import auctions.confirmations.announcement as confirmations_announcement
import auctions.confirmations.api as confirmations_api
import auctions.confirmations.views as confirmations_views
import auctions.deposits.announcement as deposits_announcement
import auctions.deposits.api as deposits_api
import auctions.deposits.views as deposits_views
import auctions.gates.views as gates_views
import auctions.intents.announcement as intents_announcement
import auctions.intents.api as intents_api
import auctions.intents.views as intents_views
import auctions.offers.announcement as offers_announcement
import auctions.offers.api as offers_api
import auctions.offers.views as offers_views
import auctions.priority.views as priority_views
import auctions.protocols.api as protocols_api
import auctions.protocols.views as protocols_views
import auctions.questions.views as questions_views
import auctions.trades.announcement as trades_announcement
import auctions.trades.api as trades_api
import auctions.trades.views as trades_views
import listings.achievements.announcement as achievements_announcement
import listings.achievements.api as achievements_api
import listings.achievements.search as achievements_search
import listings.achievements.views as achievements_views
import listings.decisions.api as decisions_api
import listings.decisions.views as decisions_views
import listings.disclosures.announcement as disclosures_announcement
import listings.disclosures.api as disclosures_api
import listings.disclosures.views as disclosures_views
import listings.exports.views as exports_views
import listings.grants.announcement as grants_announcement
import listings.grants.api as grants_api
import listings.grants.views as grants_views
import listings.imports.api as imports_api
import listings.imports.consumer as imports_consumer
import listings.imports.notifications as imports_letters
import listings.imports.panels as imports_panels
import listings.imports.views as imports_views
import listings.notices.announcement as notices_announcement
import listings.notices.api as notices_api
import listings.notices.views as notices_views
import listings.plans.announcement as plans_announcement
import listings.plans.api as plans_api
import listings.plans.views as plans_views
import listings.unit_rules.announcement as unit_rules_announcement
import listings.unit_rules.api as unit_rules_api
import listings.unit_rules.views as unit_rules_views
import marketplace.accounts.announcement as accounts_announcement
import marketplace.accounts.members.api as members_api
import marketplace.accounts.organisations.api as organisations_api
import marketplace.accounts.tokens.api as tokens_api
import marketplace.accounts.views as accounts_views
import marketplace.accounts.zones.api as zones_api
import marketplace.moderation.api as moderation_api
import marketplace.moderation.organisations as organisation_cases
import marketplace.moderation.views as moderation_views
import marketplace.moderation.work as moderation_work
import marketplace.notifications.announcement as notifications_announcement
import marketplace.notifications.api as notifications_api
import marketplace.notifications.views as notifications_views
import marketplace.site.documentation as site_documentation
import marketplace.site.home.views as home_views
import marketplace.site.rules.api as rules_api
import marketplace.site.rules.views as rules_views
import marketplace.site.search.api as search_api
import marketplace.site.search.views as search_views
import marketplace.site.transparency.api as log_api
import marketplace.site.transparency.views as transparency_views
import marketplace.site.work.places as work_places
import marketplace.site.work.views as work_views
import marketplace.site.zones.views as zone_views
from listings.classification import codes
from marketplace.accounts.vocabularies import REGIONS, SERVICES
from marketplace.core.registry import Registry
from marketplace.core.runtime import EXTENSION, Runtime
from marketplace.core.ticker import Clocked
from marketplace.evidence.consumer import tree_consumer
from marketplace.moderation.letters import LETTERS as MODERATION_LETTERS
from marketplace.moderation.lifecycle import CASE, REPORT
from marketplace.moderation.models import AbuseReport, Case
from marketplace.web.operations import Operations
from search_index.wiring import install_search


def blueprints() -> Iterator[Blueprint]:
    """Every set of pages."""
    yield home_views.home
    yield search_views.search
    yield work_views.work
    yield rules_views.rules
    yield transparency_views.transparency
    yield site_documentation.documentation
    yield zone_views.zones
    yield accounts_views.blueprint
    yield notifications_views.blueprint
    yield from moderation_views.BLUEPRINTS
    yield from achievements_views.BLUEPRINTS
    yield from disclosures_views.BLUEPRINTS
    yield imports_views.imports
    yield exports_views.exports
    yield from notices_views.BLUEPRINTS
    yield unit_rules_views.unit_rules
    yield decisions_views.decisions
    yield from plans_views.BLUEPRINTS
    yield from grants_views.BLUEPRINTS
    yield offers_views.offers
    yield protocols_views.protocols
    yield from intents_views.BLUEPRINTS
    yield from deposits_views.BLUEPRINTS
    yield confirmations_views.confirmations
    yield from trades_views.BLUEPRINTS
    yield gates_views.gates
    yield priority_views.priority
    yield questions_views.questions


def operations() -> Iterator[Operations]:
    """Every set of JSON operations."""
    yield search_api.api
    yield rules_api.api
    yield log_api.api
    yield achievements_api.api
    yield disclosures_api.api
    yield imports_api.api
    yield notices_api.api
    yield unit_rules_api.api
    yield decisions_api.api
    yield plans_api.api
    yield grants_api.api
    yield offers_api.api
    yield protocols_api.api
    yield intents_api.api
    yield deposits_api.api
    yield confirmations_api.api
    yield trades_api.api
    yield moderation_api.api
    yield notifications_api.operations
    yield organisations_api.operations
    yield zones_api.operations
    yield members_api.operations
    yield tokens_api.operations


def announce(app: Flask, registry: Registry) -> None:
    """Tell the services below what the packages above offer."""
    running: Runtime = app.extensions[EXTENSION]
    settings = running.settings

    registry.vocabularies[REGIONS] = codes("regions").choices
    registry.vocabularies[SERVICES] = codes("agency_kinds").choices
    accounts_announcement.announce(registry)
    registry.menu.append(work_places.menu_links)

    registry.review_subjects[organisation_cases.KIND] = organisation_cases.organisation_subject(_organisation)
    registry.consumers.append(organisation_cases.CONSUMER)
    registry.clocked.append(Clocked(Case, CASE))
    registry.clocked.append(Clocked(AbuseReport, REPORT))
    registry.work.append(moderation_work.work_items)
    registry.menu.append(moderation_work.menu_links)
    registry.letters.append(MODERATION_LETTERS)

    achievements_announcement.announce(registry)
    registry.searchables[achievements_search.KIND] = achievements_search.SEARCHABLE
    install_search(app, registry, achievements_search.COLUMNS)

    notices_announcement.announce(registry)
    disclosures_announcement.announce(registry)

    registry.consumers.append(imports_consumer.CONSUMER)
    registry.work.append(imports_panels.work_items)
    registry.menu.append(imports_panels.menu_links)
    registry.letters.append(imports_letters.LETTERS)

    plans_announcement.announce(registry)
    grants_announcement.announce(registry)
    unit_rules_announcement.announce(registry)
    trades_announcement.announce(registry)
    intents_announcement.announce(registry)
    deposits_announcement.announce(registry)
    offers_announcement.announce(registry)
    confirmations_announcement.announce(registry)

    registry.consumers.append(tree_consumer(settings.data, settings.log_origin))
    notifications_announcement.announce(registry)


def _organisation(org_id: str) -> str:
    return url_for("accounts.organisations.page", org_id=org_id)
