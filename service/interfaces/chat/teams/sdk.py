"""Microsoft's SDK, imported once: it warns of previews of its own while it is (D42)."""

import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from microsoft_teams.api.activities.invoke.message.submit_action import (
        MessageSubmitActionInvokeActivity,
    )
    from microsoft_teams.api.activities.message.message import (
        MessageActivity,
        MessageActivityInput,
    )
    from microsoft_teams.api.auth.cloud_environment import PUBLIC, CloudEnvironment
    from microsoft_teams.api.auth.credentials import TokenProvider
    from microsoft_teams.api.models.entity import CitationAppearance
    from microsoft_teams.apps import ActivityContext, App
    from microsoft_teams.apps.http.adapter import HttpMethod, HttpRouteHandler

__all__ = [
    "PUBLIC",
    "ActivityContext",
    "App",
    "CitationAppearance",
    "CloudEnvironment",
    "HttpMethod",
    "HttpRouteHandler",
    "MessageActivity",
    "MessageActivityInput",
    "MessageSubmitActionInvokeActivity",
    "TokenProvider",
]
