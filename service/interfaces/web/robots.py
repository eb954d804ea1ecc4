"""``/robots.txt``: what crawlers may fetch."""

from fastapi import APIRouter
from fastapi.responses import PlainTextResponse

router = APIRouter(include_in_schema=False)

ROBOTS = """User-agent: *
Disallow: /ask
Disallow: /search/
Disallow: /feedback
Disallow: /v1/
Disallow: /*?
"""
"""Pages and reports may be fetched. What is computed for each address may not: a crawler would
follow every filter, place and suggestion, and fill the log with questions that nobody asked."""


@router.get("/robots.txt")
async def robots() -> PlainTextResponse:
    """Return the rules for crawlers (RFC 9309)."""
    return PlainTextResponse(ROBOTS)
