"""The words around quotes: complete in every language, and never a fact."""

import re
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jinja2 import meta
from markdown_it import MarkdownIt

from indexer.records import BlockKind, DocumentInfo, PageStart, Span
from service.answer_options import AnswerOptions
from service.outcomes import Outcome
from service.pipeline.confidence import Support
from service.pipeline.facets import coverage_of
from service.pipeline.notices import Notice, NoticeCode
from service.pipeline.suggestions import Topic
from service.presentation.citation_words import page_words
from service.presentation.links import Links
from service.presentation.wording import (
    ANSWER_TEMPLATES,
    PROMPTS_DIR,
    Wording,
    country_name,
    escape_markdown,
    escape_markdown_line,
    language_name,
    quote_markdown,
    theme_name,
)
from service.records import (
    LANGUAGES,
    Answer,
    CountedWord,
    Filters,
    MissingFacts,
    Question,
    QuestionWords,
    QuotedTable,
    Refusal,
    RefusalCode,
    ScoredPassage,
)
from tests.fakes import FakeIndex, answer, document, edition, entry, refusal

WORDING = Wording()
TEMPLATES = sorted(PROMPTS_DIR.glob("*.j2"))
WORDS = tomllib.loads((PROMPTS_DIR / "words.toml").read_text("utf-8"))
COVERAGE = coverage_of(
    [
        entry("a", DocumentInfo("A", year=2019, countries=("CL", "BR"), themes=("housing",))),
        entry("b", DocumentInfo("B", year=2023)),
    ]
)


@pytest.mark.parametrize(("language", "other"), [("es", "“"), ("pt", "«")])
def test_a_language_has_one_kind_of_quotation_marks(language: str, other: str) -> None:
    suggestion = Topic("aluguel", language).question()

    assert not any(other in text for text in [*WORDS[language].values(), suggestion])


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_prompt_uses_exactly_the_variables_that_it_declares(template: Path) -> None:
    source = template.read_text("utf-8")
    first_line = source.splitlines()[0]
    tree = WORDING._templates.parse(source)

    declared = re.fullmatch(r"\{#-? variables: ([\w, ]+) -?#\}", first_line)

    assert declared
    assert set(declared[1].split(", ")) == meta.find_undeclared_variables(tree)


def test_every_language_has_the_same_words_with_the_same_gaps() -> None:
    gaps = {
        language: {key: set(re.findall(r"\{\w+\}", text)) for key, text in words.items()}
        for language, words in WORDS.items()
    }

    assert set(gaps) == set(LANGUAGES)
    assert gaps["en"] == gaps["es"] == gaps["pt"]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_prompt_uses_words_that_there_are(template: Path) -> None:
    used = set(re.findall(r"words\.(\w+)", template.read_text("utf-8")))

    assert used <= set(WORDS["en"])


def test_an_answer_marks_its_quotes_and_names_their_sources() -> None:
    said = WORDING.answer(answer("Rents rose.", "Wages fell."), Links())

    assert said == (
        "The reports say:\n\n"
        "> Rents rose. [1]\n\n"
        "> Wages fell. [2]\n\n"
        "**Sources**\n\n"
        "1. A publisher, *A report*, 2021, Findings, p. 3. [open in the report]"
        "(/documents/report?start=0&end=11&sha256=abababababab#quote)\n"
        "2. A publisher, *A report*, 2021, Findings, p. 3. [open in the report]"
        "(/documents/report?start=0&end=11&sha256=abababababab#quote)"
    )


def test_plain_text_has_the_quotes_as_they_are() -> None:
    said = WORDING.answer(answer("*Rents* rose."), Links(), template="answer.txt.j2")

    assert "“*Rents* rose.” [1]" in said
    assert said.endswith(
        "Sources\n  [1] A publisher, A report, 2021, Findings, p. 3.\n"
        "      /documents/report?start=0&end=13&sha256=abababababab#quote"
    )


@pytest.mark.parametrize("template", ["answer.md.j2", "answer.txt.j2", "citation.txt.j2"])
@pytest.mark.parametrize(
    ("newer", "marked"), [pytest.param(("new",), True, id="replaced"), pytest.param((), False)]
)
def test_a_superseded_report_is_marked_wherever_it_is_cited(
    template: str, newer: tuple[str, ...], *, marked: bool
) -> None:
    said = answer("Rents rose.")
    cited = said.citations[0]
    old = replace(cited, document=replace(cited.document, superseded_by=newer))

    text = WORDING.answer(replace(said, citations=(old,)), Links(), template=template)

    assert (WORDS["en"]["superseded"] in text) == marked


@pytest.mark.parametrize(
    ("page", "page_end", "label", "expected"),
    [
        pytest.param(31, 31, None, "p. 31", id="one page"),
        pytest.param(31, 32, None, "pp. 31–32", id="over a page turn"),
        pytest.param(31, 31, "29", "p. 31 (printed 29)", id="printed label"),
        pytest.param(31, 30, None, "p. 31", id="a footnote moved back"),
        pytest.param(None, None, None, "", id="no pages"),
    ],
)
def test_a_place_in_words(
    page: int | None, page_end: int | None, label: str | None, expected: str
) -> None:
    assert page_words(page, page_end, label, words=WORDS["en"]) == expected


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", RefusalCode)
def test_a_refusal_says_what_the_corpus_covers(language: str, code: RefusalCode) -> None:
    said = WORDING.refusal(refusal(code, language=language, unknown=("Lagos",)), COVERAGE)

    assert "2019" in said
    assert "2023" in said
    assert "Chile" in said
    assert theme_name("housing", language) in said
    assert ("“Lagos”" in said) == (code is RefusalCode.OUTSIDE_CORPUS)


@pytest.mark.parametrize(
    ("language", "found_nothing"),
    [("en", "Cita found no"), ("es", "Cita no encontró"), ("pt", "O Cita não encontrou")],
)
def test_what_was_not_found_is_not_said_to_stand_nowhere(language: str, found_nothing: str) -> None:
    code = RefusalCode.NOT_ANSWERED_BY_REPORTS

    assert found_nothing in WORDING.refusal(refusal(code, language=language), COVERAGE)


def test_a_refusal_in_english_by_hand() -> None:
    without = refusal(RefusalCode.OUTSIDE_CORPUS, unknown=("Lagos", "2024"))

    assert WORDING.refusal(without, COVERAGE) == (
        "The reports here have nothing on “Lagos” and “2024”.\n\n"
        "There are 2 reports here, from 2019 to 2023. They deal with Brazil and Chile. "
        "Their themes: housing."
    )


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        pytest.param(
            {"missing": MissingFacts(kind="sum", words=("salary",))},
            "None of the sentences nearest to the question gives a sum of money. "
            "No passage near the question has the word “salary”.",
            id="a sum and a word",
        ),
        pytest.param(
            {"missing": MissingFacts(words=("waiting", "list"))},
            "Cita found no sentence in the reports that states what is asked. "
            "No passage near the question has the words “waiting” and “list”.",
            id="two words",
        ),
        pytest.param(
            {
                "code": RefusalCode.OUTSIDE_CORPUS,
                "unknown": ("Rotterdam",),
                "missing": MissingFacts(words=("mosques",)),
            },
            "The reports here have nothing on “Rotterdam”. "
            "No passage near the question has the word “mosques”.",
            id="a name and a word",
        ),
        pytest.param(
            {"code": RefusalCode.LANGUAGE_NOT_SUPPORTED, "question": Question("Où ?", "fr")},
            "This question seems to be in French. Ask in English,",
            id="French",
        ),
        pytest.param(
            {
                "code": RefusalCode.LANGUAGE_NOT_SUPPORTED,
                "question": Question("Où ?", "fr"),
                "language": "es",
            },
            "Esta pregunta parece estar en francés.",
            id="French, said in Spanish",
        ),
        pytest.param(
            {"code": RefusalCode.BELOW_MIN_CONFIDENCE, "confidence": 0.899, "required": 0.9},
            "with a confidence of 89%; at least 90% was asked for.",
            id="a high demand",
        ),
    ],
)
def test_a_refusal_says_in_a_few_words_what_is_missing(changed: dict[str, Any], says: str) -> None:
    without = replace(refusal(RefusalCode.NOT_ANSWERED_BY_REPORTS), **changed)

    assert says in WORDING.refusal(without, COVERAGE)


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", "not sure enough to answer. The first of the nearest passages may say"),
        ("es", "certeza suficiente para responder. Puede que el primero de los pasajes"),
        ("pt", "certeza suficiente para responder. A primeira das passagens mais próximas talvez"),
    ],
)
def test_where_the_first_passage_may_answer_the_refusal_says_so(language: str, says: str) -> None:
    far = refusal(RefusalCode.NOT_ANSWERED_BY_REPORTS, language=language)

    assert says in WORDING.refusal(replace(far, may_answer=True), COVERAGE)
    assert says not in WORDING.refusal(far, COVERAGE)


def outcome(result: Answer | Refusal, *, text: str = "- Rents *rose*.⁶") -> Outcome:
    """Return what comes of a question to an index of one report of one passage."""
    held = edition()
    index = cast("FakeIndex", held.index)
    index._document = document((BlockKind.LIST_ITEM, text), turns=(PageStart(0, 4),))
    understood = Notice(NoticeCode.UNDERSTOOD_AS, question="Rents?")
    language = Notice(NoticeCode.LANGUAGE, languages=("en",))
    return Outcome(
        result=result,
        options=AnswerOptions(),
        edition=held,
        support=Support.FAIR,
        notices=(understood, language),
        comparison=None,
        took_ms=1.0,
    )


def refused(language: str = "en", *, may_answer: bool = True, n_sentences: int = 1) -> Refusal:
    """Return a refusal with the one passage as the nearest, and with its sentence in it."""
    passage = FakeIndex().passage(0)
    likeliest = (Span(0, 16),) * n_sentences
    near = ScoredPassage(0, passage, "Rents rose.", 0.5, likeliest=likeliest)
    without = refusal(RefusalCode.NOT_ANSWERED_BY_REPORTS, language=language)
    return replace(without, nearest=(near,), may_answer=may_answer)


def whole(template: str, result: Refusal) -> str:
    return WORDING.whole_refusal(outcome(result), result, Links(), template=template)


HREF = "/documents/report?start=0&end=16&sha256=abababababab#quote"


def test_a_sentence_that_may_answer_is_cited_in_a_chat_as_a_quote_is() -> None:
    assert whole("chat_refusal.md.j2", refused()).endswith(
        "Understood as: Rents?\n\nThese quotes are in English; they are not translated.\n\n"
        "These passages come nearest. The first may answer: read it before you use it.\n\n"
        "- “Rents \\*rose\\*.” *Report*, no date, Findings, p. 4. "
        f"[open in the report]({HREF})"
    )


def test_on_the_command_line_too_below_the_notices() -> None:
    assert whole("refusal.txt.j2", refused()).endswith(
        "Understood as: Rents?\n\nThese quotes are in English; they are not translated.\n\n"
        "These passages come nearest. The first may answer: read it before you use it.\n\n"
        f"“Rents *rose*.”\nReport, no date, Findings, p. 4. {HREF}"
    )


def test_on_a_card_too_in_its_own_language() -> None:
    said = whole("refusal.html.j2", refused("es"))

    assert "<p>Estos pasajes son los más cercanos. Puede que el primero responda: léalo" in said
    assert '<p lang="en">“Rents *rose*.”</p>' in said
    assert '<cite lang="en">Report</cite>, sin fecha, Findings, pág. 4. <a href="' in said


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("chat_refusal.md.j2", "- “Tacna \\| 95” (Columns: City \\| Rent) *Report*"),
        ("refusal.txt.j2", "“Tacna | 95” (Columns: City | Rent)\nReport"),
        ("refusal.html.j2", "“Tacna | 95” (Columns: City | Rent)</p>"),
    ],
)
def test_a_row_that_may_answer_has_the_headings_of_its_table(template: str, said: str) -> None:
    table = document((BlockKind.TABLE_HEADER, "City | Rent"), (BlockKind.TABLE_ROW, "Tacna | 95"))
    header, row = table.blocks
    near = refused().nearest[0]
    result = replace(refused(), nearest=(replace(near, likeliest=(row.span,)),))
    came = outcome(result)
    index = cast("FakeIndex", came.edition.index)
    index._document = replace(table, blocks=(header, replace(row, lead=header.span)))

    assert said in WORDING.whole_refusal(came, result, Links(), template=template)


def test_a_passage_that_hardly_answers_is_named_in_chats_alone() -> None:
    far = refused(may_answer=False)

    assert whole("chat_refusal.md.j2", far).endswith(
        "but do not answer:\n\n- *Report*, no date, Findings, p. 4. "
        "[open in the report](/documents/report?start=0&end=11&sha256=abababababab#quote)"
    )
    assert "nearest" not in whole("refusal.txt.j2", far)
    assert "nearest" not in whole("refusal.html.j2", far)


@pytest.mark.parametrize("template", ["chat_refusal.md.j2", "refusal.txt.j2", "refusal.html.j2"])
def test_nothing_is_said_to_come_nearest_where_no_line_follows(template: str) -> None:
    said = whole(template, refused(n_sentences=0))

    assert WORDS["en"]["nearest_may_answer"] not in said
    assert WORDS["en"]["nearest"] not in said


WITH_WORDS = QuestionWords(("pizza", "drones"), (CountedWord("rents", 3), CountedWord("“A B”", 1)))


@pytest.mark.parametrize(
    ("template", "said"),
    [
        (
            "chat_refusal.md.j2",
            "[rents – 3](/search?q=rents&lang=en), [“A B” – 1](/search?q=%E2%80%9CA",
        ),
        ("refusal.txt.j2", "Passages with the words of the question: rents – 3, “A B” – 1"),
        (
            "refusal.html.j2",
            '<a href="/search?q=rents&amp;lang=en">rents – 3</a>, <a href="/search?q=',
        ),
    ],
)
def test_a_refusal_says_which_words_no_report_has_and_where_the_others_stand(
    template: str, said: str
) -> None:
    result = whole(template, replace(refused(), words=WITH_WORDS))

    assert "No report has the words: “pizza”, “drones”." in result
    assert said in result
    assert "with the words of the question" not in whole(template, refused())


def test_a_word_that_no_report_has_is_not_also_said_to_be_far_from_the_question() -> None:
    missing = MissingFacts(words=("pizza", "rents"))
    words = replace(WITH_WORDS, nowhere=("pizza",))
    result = replace(refused(may_answer=False), missing=missing, words=words)

    said = WORDING.refusal(result, COVERAGE)

    assert (
        "No report has the word “pizza”. No passage near the question has the word “rents”." in said
    )


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "No report has the words “harbour master” together."),
        ("es", "Ningún informe contiene juntas las palabras “harbour master”."),
        ("pt", "Nenhum relatório contém juntas as palavras “harbour master”."),
    ],
)
def test_several_words_that_stand_nowhere_together_are_no_word(
    language: str, expected: str
) -> None:
    words = replace(WITH_WORDS, nowhere=("harbour master",))
    result = replace(refused(may_answer=False), language=language, words=words)

    assert expected in WORDING.refusal(result, COVERAGE)


def test_the_passages_with_a_word_are_those_of_the_reports_that_were_asked() -> None:
    filters = Filters(country=("CL", "BR"), year_from=2019)
    result = replace(refused(), words=WITH_WORDS, question=Question("Rents?", filters=filters))

    first, _ = WORDING.word_passages(result, Links("http://c"))

    assert first.href == "http://c/search?q=rents&country=CL&country=BR&year_from=2019&lang=en"


@pytest.mark.parametrize("template", ["refusal.txt.j2", "refusal.html.j2"])
def test_what_comes_nearest_is_cited_only_where_it_is_shown(
    template: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Wording, "nearest", lambda *_: pytest.fail("cited in vain"))

    assert whole(template, refused(may_answer=False))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_prompt_can_be_put_into_words(language: str) -> None:
    said = answer("Rents rose.", language=language)
    near, far = refused(language), refused(language, may_answer=False)
    used = {
        "chat_answer.md.j2": WORDING.chat_answer("a", understood=["u"], support="s", notices=["n"]),
        "grounded_prompt.md.j2": WORDING.grounded_prompt(said, Links())
        + WORDING.grounded_prompt(near, Links()),
        "refusal.md.j2": WORDING.refusal(near, COVERAGE) + WORDING.refusal(far, COVERAGE),
    }
    for template in (*ANSWER_TEMPLATES.values(), "citation.txt.j2"):
        used[template] = WORDING.answer(said, Links(), template=template)
    for template in ("chat_refusal.md.j2", "refusal.txt.j2", "refusal.html.j2"):
        used[template] = whole(template, near) + whole(template, far)

    assert set(used) == {path.name for path in TEMPLATES}
    assert all(used.values())


def test_a_long_list_of_countries_is_cut_and_counted() -> None:
    codes = ("AR", "BO", "BR", "CL", "CO", "EC", "PE", "UY")
    coverage = coverage_of([entry("a", DocumentInfo("A", year=2020, countries=codes))])

    said = WORDING.refusal(refusal(RefusalCode.NOTHING_RELEVANT), coverage)

    assert "There is one report here, from 2020." in said
    assert "Argentina, Bolivia, Brazil, Chile, Colombia, Ecuador, and 2 more." in said


def test_names_are_given_in_the_language_of_the_words() -> None:
    assert country_name("BR", "es") == "Brasil"
    assert country_name("??", "en") == "??"
    assert language_name("es", "en") == "Spanish"
    assert language_name("xx-nowhere", "en") == "Xx-nowhere"


def test_a_theme_is_named_in_the_language_of_the_words_or_as_it_is_written() -> None:
    assert theme_name("urban-planning", "es") == "planificación urbana"
    assert theme_name("urban-planning", "en") == "urban planning"
    assert theme_name("night-buses", "pt") == "night buses"


@given(st.text(alphabet="a1 *_[]()<>&;!`~|#-+.\\\"'=:/x", max_size=40).filter(str.strip))
@example("1.")
def test_words_of_a_report_never_become_markup(text: str) -> None:
    words = " ".join(text.split())
    shown = MarkdownIt("commonmark").parse(f"> {escape_markdown_line(words)} [1]")

    inline = [token for token in shown if token.type == "inline"]
    kinds = {child.type for token in inline for child in token.children or ()}
    assert "".join(token.type for token in shown if token.type.endswith("_open")) == (
        "blockquote_openparagraph_open"
    )
    assert kinds <= {"text", "text_special"}
    assert "".join(child.content for token in inline for child in token.children or ()) == (
        f"{words} [1]"
    )


def test_line_breaks_of_a_report_do_not_end_its_quote() -> None:
    assert escape_markdown("one\ntwo") == "one two"


@given(
    st.lists(
        st.text(alphabet="a1 *_[]()<>&;!`~|#-+.'=:/x", max_size=20).filter(str.strip), min_size=1
    )
)
def test_a_quote_of_several_lines_stays_one_quotation(lines: list[str]) -> None:
    shown = MarkdownIt("commonmark").parse(f"{quote_markdown(chr(10).join(lines))} [1]")

    opened = [token.type for token in shown if token.type.endswith("_open")]
    assert opened == ["blockquote_open", *["paragraph_open"] * len(lines)]
    said = [token.content for token in shown if token.type == "inline"]
    assert len(said) == len(lines)


TABLE = QuotedTable(("City", "2019", "2020"), ("Tacna", "", "95"), caption="Grants [paid]")


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        (
            "answer.md.j2",
            (
                "> Grants \\[paid\\]\n>\n> | City | 2019 | 2020 |\n> | --- | --- | --- |\n"
                "> | Tacna |  | 95 |\n\n[1]"
            ),
        ),
        ("answer.txt.j2", "“Tacna | | 95” [1]\n   (Columns: City | 2019 | 2020; Grants [paid])"),
        ("citation.txt.j2", "“Tacna | | 95” (Columns: City | 2019 | 2020; Grants [paid]) A pub"),
        (
            "answer.html.j2",
            (
                "<caption>Grants [paid]</caption><tr><th>City</th><th>2019</th><th>2020</th></tr>\n"
                "<tr><td>Tacna</td><td></td><td>95</td></tr></table></blockquote>\n<p>[1]</p>"
            ),
        ),
    ],
)
def test_a_table_row_comes_with_its_headings(template: str, expected: str) -> None:
    said = answer("Tacna | | 95")
    said = replace(said, quotes=(replace(said.quotes[0], table=TABLE),))

    assert expected in WORDING.answer(said, Links(), template=template)
