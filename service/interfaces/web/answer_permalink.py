"""Makes the permanent link of an answer, and compares the answer with the link opened again."""

from urllib.parse import urlencode

from service.interfaces.web.answer_context import AnswerContext
from service.interfaces.web.view_models.answer import ExportLinks
from service.interfaces.web.view_models.replay import Change, Replay
from service.presentation.permalinks import changes_between, seal
from service.records import Answer, Refusal

FINGERPRINT_CHARS = 8
EXPORTS = ("docx", "md", "bib", "ris", "csl.json")
"""Kinds of files an answer can be exported as, in the order of the page."""


def export_links_of(result: Answer | Refusal, context: AnswerContext) -> ExportLinks:
    """Return the permanent link of ``result`` and the addresses of its exports.

    The exports are in the language of the page, also without a cookie that says so.
    """
    manifest = context.edition.index.manifest
    fingerprint = manifest.fingerprint[:FINGERPRINT_CHARS]
    seals = [("cited", str(sealed)) for sealed in seal(result)]
    origin = [("on", manifest.built_at[:10]), ("index", fingerprint), *seals]
    wanted = f"{context.query}&{urlencode({'lang': context.language})}"
    return ExportLinks(
        permalink=f"{context.base_url}/ask?{context.query}&{urlencode(origin)}",
        exports=tuple((kind, f"/ask/export/{kind}?{wanted}") for kind in EXPORTS),
        built_at=manifest.built_at,
        fingerprint=fingerprint,
    )


def replay_of(result: Answer | Refusal, context: AnswerContext) -> Replay | None:
    """Compare ``result`` with what a permanent link carries."""
    link = context.permanent_link
    if link is None:
        return None
    if link.sealed is None:
        return Replay("damaged", link.made_on, same_index=False, changes=())
    entries = {entry.doc_id: entry for entry in context.edition.index.documents}
    hashes = {doc_id: entry.sha256 for doc_id, entry in entries.items()}
    changes = changes_between(link.sealed, seal(result), hashes)
    return Replay(
        outcome="changed" if changes else "identical",
        made_on=link.made_on,
        same_index=context.edition.index.manifest.fingerprint.startswith(link.made_from or "-"),
        changes=tuple(
            Change(
                kind=change.kind,
                title=entries[change.doc_id].info.title
                if change.doc_id in entries
                else change.doc_id,
                href=context.links.document(change.doc_id) if change.doc_id in entries else None,
            )
            for change in changes
        ),
    )
