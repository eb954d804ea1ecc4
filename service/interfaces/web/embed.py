"""``/embed``: the form alone, for a frame on another site."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.interfaces.context import ContextDep
from service.interfaces.middleware.security_headers import embedding_policy
from service.interfaces.web.form import form_of
from service.interfaces.web.rendering import RendererDep
from service.interfaces.web.view_models.embed import EmbedPage

router = APIRouter(include_in_schema=False)


@router.get("/embed")
def embed(request: Request, context: ContextDep, renderer: RendererDep) -> Response:
    """Show the form alone; only the sites that the operator names may embed it."""
    form = form_of(request.query_params, None)
    response = renderer.render(request, "embed.html", EmbedPage(form))
    response.headers["Content-Security-Policy"] = embedding_policy(
        context.service.settings.frame_ancestors
    )
    return response
