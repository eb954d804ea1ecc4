"""Every endpoint of the API, in the order of its description."""

from service.interfaces.api import (
    ask,
    documents,
    feedback,
    health,
    metrics,
    prompt,
    quote,
    search,
    verify,
    word_search,
)

API_ROUTERS = (
    ask.router,
    search.router,
    word_search.router,
    quote.router,
    verify.router,
    prompt.router,
    documents.router,
    feedback.router,
    health.router,
    metrics.router,
)
