"""The guards of the service, the test of each, and how each is taken out."""

import os
import re
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from typing import Any

import jinja2

from indexer.extraction import sandbox
from tests.faults.guard_removal import Guard, code, entries, value

_DOORS = "tests/service/interfaces"
_LAYERS = f"{_DOORS}/middleware"
_READING = "tests/indexer/extraction"
_KEYS = "tests/service/access"
_LAYER = "service.interfaces.middleware"


def _yes(*_: object, **__: object) -> bool:
    return True


def _no(*_: object, **__: object) -> bool:
    return False


def _nothing(*_: object, **__: object) -> None:
    return None


def _same(text: Any) -> Any:
    return text


async def _no_wait(*_: object, **__: object) -> int:
    return 0


async def _every_byte(self: Any, scope: Any, receive: Any) -> bytes:  # noqa: ARG001
    body, more = b"", True
    while more:
        message = await receive()
        body, more = body + message.get("body", b""), message.get("more_body", False)
    return body


async def _pass_on(self: Any, scope: Any, receive: Any, send: Any) -> None:
    await self._app(scope, receive, send)


# Names in the next five are those of the modules where they are put.
# ruff: noqa: F821
# mypy: disable-error-code="name-defined"


def _one_name_for_all_keys(key: Any) -> Any:
    return Caller(key.label, key.scopes, "key")


def _anybody(self: Any, scope: Any, address: Any) -> Any:  # noqa: ARG001
    return anybody(address)


def _plain_comparison(secret: str, keys: Any, *, now: Any) -> Any:  # noqa: ARG001
    digest = digest_of(secret)
    return next((key for key in keys if key.sha256 == digest), None)


def _parsed_with_entities(archive: Any, path: str) -> Any:
    if path not in archive.NameToInfo:
        return None
    parser = etree.XMLParser(resolve_entities=True, no_network=False, huge_tree=True)
    return etree.fromstring(archive.read(path), parser)


def _unpacked_whole(archive: Any, path: str) -> Any:
    return archive.read(path)


def _logged_with_the_query(scope: Any, status: int, seconds: float) -> None:  # noqa: ARG001
    _log.info("%s?%s", scope["path"], scope["query_string"].decode())


def _any_original(corpus_dir: Any, entry: Any) -> Any:
    return find_file(corpus_dir, entry.file)


_open = os.open


def _readable_by_all(path: Any, flags: int, mode: int = 0o777) -> int:  # noqa: ARG001
    return _open(path, flags, 0o644)


def _unescaped(*arguments: Any, **named: Any) -> jinja2.Environment:
    return jinja2.Environment(*arguments, **{**named, "autoescape": False})  # noqa: S701


_render = jinja2.Template.render


def _rendered_twice(self: jinja2.Template, *arguments: Any, **named: Any) -> str:
    return _render(self.environment.from_string(_render(self, *arguments, **named)))


_read = sandbox._read_apart


def _extracted_with(**bounds: float) -> Callable[..., Any]:
    return lambda file, before, context: _read(file, replace(before, **bounds), context)


GUARDS = (
    # who may come in
    Guard(
        "other machines, where nobody has to say who they are",
        f"{_DOORS}/test_guards.py"
        "::test_another_address_than_loopback_wants_keys_or_a_word[an address]",
        value("service.interfaces.guards:LOOPBACK", {"10.0.0.5"}),
    ),
    Guard(
        "callers without a key",
        f"{_LAYERS}/test_access.py::test_an_unknown_key_is_refused_as_each_client_understands",
        code(f"{_LAYER}.access:Access._caller", _anybody),
    ),
    Guard(
        "more than a key's scopes",
        f"{_LAYERS}/test_access.py::test_a_key_allows_what_its_scopes_say[ask]",
        code("service.access.callers:Caller.lacks", lambda self, wanted: frozenset()),  # noqa: ARG005
    ),
    Guard(
        "keys that have expired",
        f"{_KEYS}/test_key_file.py::test_a_key_for_no_days_opens_nothing",
        code("service.access.keys:ApiKey.is_expired", _no),
    ),
    Guard(
        "keys in clear in the file",
        f"{_KEYS}/test_key_file.py::test_a_key_is_kept_as_a_hash",
        code("service.access.keys:digest_of", _same),
    ),
    Guard(
        "others who read the key file",
        f"{_KEYS}/test_key_file.py::test_only_its_owner_reads_the_file",
        value("service.access.key_file:os.open", _readable_by_all),
    ),
    Guard(
        "time that tells a key",
        f"{_KEYS}/test_keys.py::test_every_key_is_compared_in_constant_time",
        code("service.access.keys:matching_key", _plain_comparison),
    ),
    Guard(
        "labels that forge a line of the log",
        f"{_KEYS}/test_keys.py::test_a_label_is_safe_to_log[two words]",
        code("service.access.keys:is_label", _yes),
    ),
    Guard(
        "users whom no listed proxy names",
        f"{_LAYERS}/test_proxy.py::test_users_of_the_proxy_may_read_and_not_administrate",
        code(f"{_LAYER}.proxy:TrustedProxies._trusts", _yes),
    ),
    Guard(
        "forged signatures of Slack",
        f"{_DOORS}/chat/slack/test_signature.py::test_another_secret_is_refused",
        value("slack_sdk.signature:SignatureVerifier.is_valid", _yes),
    ),
    Guard(
        "tokens that name where their key is (SSRF)",
        f"{_DOORS}/chat/teams/test_teams.py::test_no_address_is_asked_that_a_token_names",
        code("service.interfaces.chat.teams.door:TeamsDoor._is_of_bot_service", _yes),
    ),
    # how much
    Guard(
        "guessing of keys",
        f"{_LAYERS}/test_access.py::test_an_address_that_tries_keys_has_to_wait",
        code(f"{_LAYER}.request_rates:RequestRates.wait_s", _no_wait),
    ),
    Guard(
        "flooding",
        f"{_LAYERS}/test_request_rates.py::test_each_caller_is_counted_alone",
        code(f"{_LAYER}.request_rates:RequestRates._wait_s", _no_wait),
    ),
    Guard(
        "a key that uses up another's limit",
        f"{_LAYERS}/test_access.py::test_each_key_has_its_own_limit",
        code("service.access.callers:holder_of", _one_name_for_all_keys),
    ),
    Guard(
        "a customer with many IPv6 addresses",
        f"{_LAYERS}/test_request_rates.py"
        "::test_the_addresses_of_one_customer_are_counted_together"
        "[2001:db8:1:2:3:4:5:6-2001:db8:1:2::/64]",
        code(f"{_LAYER}.request_rates:address_counted", _same),
    ),
    Guard(
        "large bodies",
        f"{_LAYERS}/test_body_limit.py::test_a_body_over_the_limit_is_refused[in pieces]",
        code(f"{_LAYER}.body_limit:BodyLimit._body", _every_byte),
    ),
    Guard(
        "bodies that never end",
        f"{_LAYERS}/test_body_limit.py::test_a_body_that_never_ends_is_not_waited_for",
        value(f"{_LAYER}.body_limit:asyncio.timeout", lambda _: nullcontext()),
    ),
    Guard(
        "long addresses",
        f"{_LAYERS}/test_request_size.py::test_an_address_that_is_too_long_is_refused",
        value(f"{_LAYER}.request_size:MAX_ADDRESS_BYTES", 1 << 30),
    ),
    Guard(
        "many headers",
        f"{_LAYERS}/test_request_size.py::test_headers_that_are_too_large_are_refused[many]",
        value(f"{_LAYER}.request_size:MAX_HEADERS", 1 << 30),
    ),
    Guard(
        "long headers",
        f"{_LAYERS}/test_request_size.py::test_headers_that_are_too_large_are_refused[long]",
        value(f"{_LAYER}.request_size:MAX_HEADER_BYTES", 1 << 30),
    ),
    Guard(
        "deep JSON",
        f"{_LAYERS}/test_request_size.py"
        "::test_json_that_is_nested_too_deeply_is_not_parsed[application/json]",
        code(f"{_LAYER}.request_size:is_too_deep", _no),
    ),
    Guard(
        "patterns that take long",
        f"{_DOORS}/test_hostile_requests.py::test_no_pattern_takes_long_on_a_text_made_for_it",
        value("service.pipeline.question:SLOW", re.compile(r"(?:aa?){0,17}c")),
    ),
    # what a browser is told
    Guard(
        "names that are not ours",
        f"{_LAYERS}/test_allowed_hosts.py"
        "::test_a_name_that_is_not_ours_gets_a_problem_and_no_link[/]",
        code(f"{_LAYER}.allowed_hosts:is_ours", _yes),
    ),
    Guard(
        "scripts of other sites (CORS)",
        f"{_LAYERS}/test_cross_origin.py::test_nobody_else_may[/v1/ask]",
        code("starlette.middleware.cors:CORSMiddleware.is_allowed_origin", _yes),
    ),
    Guard(
        "forms of other sites",
        f"{_DOORS}/web/test_feedback.py::test_another_site_cannot_send_the_form",
        value("service.interfaces.web.feedback:_OWN_SITE", {"cross-site"}),
    ),
    Guard(
        "scripts in pages (Content-Security-Policy)",
        f"{_LAYERS}/test_security_headers.py"
        "::test_every_response_has_an_id_and_forbids_what_pages_need_not[GET-/]",
        entries(
            f"{_LAYER}.security_headers:HEADERS",
            {"Content-Security-Policy": "default-src 'none' 'unsafe-inline'"},
        ),
    ),
    Guard(
        "responses without security headers",
        f"{_LAYERS}/test_security_headers.py"
        "::test_every_response_has_an_id_and_forbids_what_pages_need_not[DELETE-/v1/ask]",
        code(f"{_LAYER}.security_headers:SecurityHeaders.__call__", _pass_on),
    ),
    # what is made of texts
    Guard(
        "markup of reports and questions in pages",
        f"{_DOORS}/test_hostile_reports.py::test_no_page_holds_markup_of_a_report_or_a_question",
        value("service.interfaces.web.rendering:Environment", _unescaped),
    ),
    Guard(
        "markup of reports in answers as HTML",
        f"{_DOORS}/test_hostile_reports.py::test_an_answer_put_into_html_is_escaped",
        value("service.presentation.wording:Environment", _unescaped),
    ),
    Guard(
        "scripts in originals",
        f"{_DOORS}/test_hostile_reports.py::test_an_original_in_html_may_run_nothing",
        value("service.interfaces.api.documents:SANDBOX", "default-src *"),
    ),
    Guard(
        "templates in questions",
        f"{_DOORS}/test_hostile_requests.py::test_no_text_is_a_template[{{{{ 7 * 191 }}}}]",
        value("jinja2:Template.render", _rendered_twice),
    ),
    Guard(
        "headers made by a question",
        f"{_DOORS}/test_hostile_requests.py::test_a_question_names_a_file_and_breaks_no_header",
        code("service.interfaces.web.ask:_slug", _same),
    ),
    Guard(
        "lines of the log made by a path",
        f"{_DOORS}/test_hostile_requests.py::test_no_header_makes_a_line_of_the_log",
        code(f"{_LAYER}.request_log:_printable", _same),
    ),
    Guard(
        "questions in the log",
        f"{_DOORS}/test_hostile_requests.py::test_no_question_is_in_any_log",
        code(f"{_LAYER}.request_log:_log_request", _logged_with_the_query),
    ),
    # what is given away, called and read
    Guard(
        "originals outside the corpus",
        f"{_DOORS}/api/test_documents.py::test_an_original_that_leads_out_of_the_corpus_is_gone",
        code("service.originals:original_path", _any_original),
    ),
    Guard(
        "originals that were changed",
        f"{_DOORS}/api/test_documents.py::test_a_changed_original_is_not_given_away",
        code("service.originals:original_path", _any_original),
    ),
    Guard(
        "addresses that a request has us call (SSRF)",
        f"{_DOORS}/chat/slack/test_slack.py::test_nothing_is_sent_anywhere_else",
        code("service.interfaces.chat.slack.replies:SlackReplies._is_slacks", _yes),
    ),
    Guard(
        "entities of a report that read or call",
        f"{_READING}/test_hostile_files.py::test_no_report_makes_us_call_or_read_another_place",
        code("indexer.extraction.docx.package:_parse", _parsed_with_entities),
    ),
    Guard(
        "entities that grow",
        f"{_READING}/test_hostile_files.py::test_entities_that_grow_without_end_are_not_expanded",
        code("indexer.extraction.docx.package:_parse", _parsed_with_entities),
    ),
    Guard(
        "zip bombs",
        f"{_READING}/docx/test_body.py::test_a_bad_file_is_refused_with_its_reason[zip bomb]",
        value("indexer.extraction.docx.package:MAX_PART_BYTES", 1 << 40),
    ),
    Guard(
        "zip bombs whose directory lies",
        f"{_READING}/docx/test_body.py::test_no_more_is_unpacked_than_the_directory_promises",
        code("indexer.extraction.docx.package:_unpacked", _unpacked_whole),
    ),
    Guard(
        "files that take much memory (PDF bombs, which pypdf refuses by itself, too)",
        f"{_READING}/test_sandbox.py"
        "::test_a_file_of_much_memory_is_refused_with_the_setting_that_raises_it",
        value("indexer.extraction.sandbox:_read_apart", _extracted_with(memory_mb=1 << 20)),
    ),
    Guard(
        "files that take long",
        f"{_READING}/test_sandbox.py::test_a_file_without_end_costs_its_time_and_leaves_no_process",
        value("indexer.extraction.sandbox:_read_apart", _extracted_with(timeout_s=25)),
    ),
    Guard(
        "weights that are others",
        "tests/indexer/encoder/building/test_packaged_weights.py"
        "::test_another_file_of_the_name_is_refused",
        code("indexer.encoder.building.packaged_weights:check_weights", _nothing),
    ),
)
