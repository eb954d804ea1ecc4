"""The app of Microsoft's SDK: it knows tokens, activities and how to send them."""

from service.interfaces.chat.teams.sdk import (
    PUBLIC,
    App,
    CloudEnvironment,
    HttpMethod,
    HttpRouteHandler,
    TokenProvider,
)
from service.settings import Settings


class _NoServer:
    """Requests come in through our own routes, so the SDK needs no server."""

    def register_route(self, method: HttpMethod, path: str, handler: HttpRouteHandler) -> None:
        """Do nothing."""

    def serve_static(self, path: str, directory: str) -> None:
        """Do nothing."""

    async def start(self, port: int) -> None:
        """Do nothing."""

    async def stop(self) -> None:
        """Do nothing."""


def teams_app(
    settings: Settings, *, cloud: CloudEnvironment = PUBLIC, token: TokenProvider | None = None
) -> App:
    """Return the app for the bot of the settings.

    Args:
        settings: Name the bot.
        cloud: Whose tokens are believed.
        token: Gives the tokens to send with, in place of the bot's secret.
    """
    secret = settings.teams_app_secret
    return App(
        client_id=settings.teams_app_id,
        client_secret=secret.get_secret_value() if secret and token is None else None,
        tenant_id=settings.teams_tenant_id,
        token=token,
        cloud=cloud,
        http_server_adapter=_NoServer(),
        # Said here, so that the SDK does not ask the environment.
        dangerously_allow_unauthenticated_requests=False,
    )
