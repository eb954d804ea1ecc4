"""Every page of the service."""

from service.interfaces.web import (
    about,
    api_reference,
    ask,
    document_list,
    document_view,
    embed,
    feedback,
    opensearch,
    passages,
    robots,
    start,
    static_files,
)

PAGE_ROUTERS = (
    start.router,
    document_list.router,
    document_view.router,
    ask.router,
    passages.router,
    feedback.router,
    about.router,
    embed.router,
    opensearch.router,
    robots.router,
    static_files.router,
    api_reference.router,
)
