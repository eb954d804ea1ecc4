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
Allow: /static/
Allow: /?lang=
Allow: /about?lang=
"""
"""Pages and reports may be fetched. What is computed for each address may not: a crawler would
follow every filter, place and suggestion, and fill the log with questions that nobody asked.

The longest rule counts. The pages name their style and scripts with a query, without which a
crawler sees no page as it looks. Crawlers send no language, so the pages about the service are to
be found in other languages by such an address alone; a report's words are the same in each.
"""


@router.get("/robots.txt")
async def robots() -> PlainTextResponse:
    """Return the rules for crawlers (RFC 9309)."""
    return PlainTextResponse(ROBOTS)
