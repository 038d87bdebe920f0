"""The app factory: composition of the whole house."""

import logging
from datetime import timedelta

from flask import Flask
from jinja2 import FileSystemBytecodeCache, StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from marketplace.accounts.identity import person_of_request, person_of_session
from marketplace.accounts.navigation import install_navigation
from marketplace.core.calendar import load_calendar
from marketplace.core.clock import Clock
from marketplace.core.db import db, engine_options, prepare_engine
from marketplace.core.files import FileStore
from marketplace.core.policy import OPEN
from marketplace.core.registry import Registry
from marketplace.core.runtime import EXTENSION, Runtime
from marketplace.core.site_clock import site_clock
from marketplace.demo.guide import log_ins
from marketplace.parts import announce, blueprints, operations
from marketplace.paths import resource
from marketplace.settings import Settings
from marketplace.web.assets import register_assets
from marketplace.web.errors import install_errors
from marketplace.web.filters import install_filters
from marketplace.web.forms import csrf
from marketplace.web.guard import install_guard, requires
from marketplace.web.headers import install_headers
from marketplace.web.locale import install_locale
from marketplace.web.login import install_login

SESSION_HOURS = 12


def create_app(settings: Settings, clock: Clock | None = None) -> Flask:
    """A ready application. `clock` overrides the one the settings ask for (tests freeze it)."""
    app = Flask(
        "marketplace",
        template_folder=str(resource("templates")),
        static_folder=str(resource("static")),
        static_url_path="/static",
    )
    _configure(app, settings)
    running = Runtime(
        settings=settings,
        clock=clock or site_clock(settings),
        calendar=load_calendar(settings.data / "calendars"),
        files=FileStore(settings.data / "files"),
        registry=Registry(),
    )
    app.extensions[EXTENSION] = running
    _connect(app)
    _equip(app)
    announce(app, running.registry)
    if settings.demo:
        running.registry.sample_log_ins.extend(log_ins())
    for blueprint in blueprints():
        app.register_blueprint(blueprint)
    for operation_set in operations():
        operation_set.install(app)
        running.registry.operations.extend(operation_set.listed)
    return app


def _configure(app: Flask, settings: Settings) -> None:
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(settings.database),
        MAX_CONTENT_LENGTH=max(settings.upload_max_bytes, settings.import_max_bytes) + 1_000_000,
        MAX_FORM_MEMORY_SIZE=2_000_000,
        SESSION_COOKIE_NAME="__Host-session" if settings.secure_cookies else "session",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(hours=SESSION_HOURS),
        WTF_CSRF_TIME_LIMIT=SESSION_HOURS * 3600,
    )
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    cache = settings.data / "templates"
    cache.mkdir(parents=True, exist_ok=True)
    app.jinja_options = {
        **app.jinja_options,
        "undefined": StrictUndefined,
        "bytecode_cache": FileSystemBytecodeCache(str(cache)),
    }
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    logging.getLogger("marketplace").setLevel(logging.INFO)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]


def _connect(app: Flask) -> None:
    db.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)


def _equip(app: Flask) -> None:
    install_locale(app)
    install_login(app, person_of_session, person_of_request)
    csrf.init_app(app)
    install_guard(app)
    install_headers(app)
    install_errors(app)
    install_filters(app)
    register_assets(app)
    install_navigation(app)
    requires(OPEN)(app.view_functions["static"])
