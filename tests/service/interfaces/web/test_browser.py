"""The pages in a real browser: every journey of a reader."""

import re
import time
import zipfile
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

RENT = "/ask?q=How+much+is+the+rent+subsidy+in+Chile%3F"


def ask(page: Page, question: str) -> None:
    page.get_by_role("search").get_by_role("textbox").first.fill(question)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/ask\?"))


def late(route: Route) -> None:
    """Let what was requested come after the page is painted."""
    time.sleep(0.2)
    route.continue_()


def shifts(page: Page) -> list[float]:
    """Return by how much each thing that was drawn has moved without a reader's doing."""
    moved: list[float] = page.evaluate(
        """new Promise(done => new PerformanceObserver(list => done(
            list.getEntries().map(entry => entry.value)
        )).observe({type: 'layout-shift', buffered: true}) || setTimeout(() => done([]), 100))"""
    )
    return moved


def test_a_question_is_asked_and_its_quote_opened_without_scripts(
    browser: Browser, base: str
) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=base, locale="en-GB")
    page = context.new_page()
    page.goto("/")
    ask(page, "How much is the rent subsidy in Chile?")
    page.get_by_text("Show in context").first.click()
    shown = page.locator(".context .stretch").first.is_visible()
    page.get_by_text("Cite", exact=False).first.click()
    cited = page.locator(".citation").first.inner_text()
    page.get_by_role("link", name="Open in the report").first.click()
    marked = page.locator("#quote").inner_text()
    page.go_back()
    again = page.locator("#q").input_value()
    context.close()

    assert shown
    assert "Renting in Chile" in cited
    assert marked
    assert again == "How much is the rent subsidy in Chile?"


def test_feedback_is_sent_without_scripts(browser: Browser, base: str) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=base, locale="es-PE")
    page = context.new_page()
    page.goto(RENT)
    page.get_by_label("Falta algo").check()
    page.get_by_label("Comentario").fill("El año.")
    page.get_by_role("button", name="Enviar").click()
    thanks = page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("link", name="Volver a la respuesta").click()
    back = page.url
    context.close()

    assert thanks == "Gracias"
    assert back == base + RENT


def test_a_language_is_chosen_and_kept(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Português").click()
    page.goto("/documents")

    expect(page.get_by_role("heading", level=1)).to_have_text("Relatórios")
    assert page.locator("html").get_attribute("lang") == "pt"


def test_a_quote_is_copied_with_its_citation(context: BrowserContext, page: Page) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(RENT)
    page.get_by_role("button", name="Copy with source").click()

    expect(page.locator("#told")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("“")
    assert " Housing Ministry, Renting in Chile, 2021, " in copied
    assert re.search(r"\. http://127\.0\.0\.1\S+#quote$", copied)


def test_a_copied_quote_brings_its_link_to_what_takes_links(
    context: BrowserContext, page: Page
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(RENT)
    page.get_by_role("button", name="Copy with source").click()

    expect(page.locator("#told")).to_have_text("Copied")
    copied = page.evaluate(
        "navigator.clipboard.read().then(([item]) => item.getType('text/html'))"
        ".then((blob) => blob.text())"
    )
    assert re.search(
        r'<a href="http://127\.0\.0\.1[^"]+#quote"[^>]*>Open in the report</a>', copied
    )
    assert ">http" not in copied


def test_where_links_may_not_be_copied_the_text_is(context: BrowserContext, page: Page) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.add_init_script("Clipboard.prototype.write = () => Promise.reject(new Error('refused'))")
    page.goto(RENT)
    page.get_by_role("button", name="Copy with source").click()

    expect(page.locator("#told")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()").startswith("“")


def test_where_nothing_can_be_copied_there_is_no_button_and_no_gap(page: Page) -> None:
    page.add_init_script("delete Navigator.prototype.clipboard")  # as on http elsewhere
    page.goto(RENT)

    expect(page.locator(".actions").first).to_be_visible()
    expect(page.locator("[data-copies]")).to_have_count(0)


def test_recent_questions_stay_in_the_browser_and_are_forgotten(page: Page) -> None:
    page.goto("/")
    expect(page.locator("[data-recent]")).to_be_hidden()
    page.goto(RENT)
    page.goto("/")
    recent = page.locator("[data-recent]")

    expect(recent.get_by_role("link")).to_have_text(["How much is the rent subsidy in Chile?"])
    recent.get_by_role("button").click()
    expect(recent).to_be_hidden()
    assert page.evaluate("localStorage.length") == 0


def test_a_slash_leads_to_the_field_but_can_still_be_typed(page: Page) -> None:
    page.goto("/documents/chile-rent")
    page.keyboard.press("/")
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type("rent and/or housing")

    expect(page.locator("#q")).to_be_focused()
    expect(page.locator("#q")).to_have_value("rent and/or housing")


def test_keys_alone_lead_from_the_question_to_the_quote(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    skip = page.evaluate("document.activeElement.className")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("How much is the rent subsidy in Chile?")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/ask"))
    link = page.get_by_role("link", name="Open in the report").first
    for _ in range(40):
        page.keyboard.press("Tab")
        if link.evaluate("element => element === document.activeElement"):
            break
    outline = link.evaluate("element => getComputedStyle(element).outlineStyle")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("#quote"))

    quote = page.locator("mark#quote")
    expect(quote).to_be_focused()
    page.keyboard.press("Tab")
    is_behind = page.evaluate(
        "document.querySelector('#quote').compareDocumentPosition(document.activeElement)"
    )

    assert skip == "skip"
    assert outline == "solid"
    assert quote.is_visible()
    assert is_behind == 4


def test_a_link_that_does_not_fit_leads_to_the_words_that_say_so(page: Page) -> None:
    page.goto("/documents/quito?start=3&end=60&sha256=000000000000#quote")

    expect(page.locator(".notice#quote")).to_be_focused()


def test_nothing_moves_when_the_script_comes_and_lets_the_question_wrap(page: Page) -> None:
    page.route("**/static/cita.js*", late)
    page.set_viewport_size({"width": 400, "height": 800})
    page.goto(f"{RENT}+And+who+may+apply+for+it%2C+and+where%2C+and+with+what+proof%3F")
    expect(page.locator("textarea#q")).to_be_visible()
    moved = shifts(page)
    field = page.locator("textarea#q")

    assert field.evaluate("area => area.clientHeight >= area.scrollHeight")
    assert field.evaluate("area => area.clientHeight") > 60
    assert moved == []


def test_nothing_moves_when_the_questions_come_that_are_kept_in_the_browser(page: Page) -> None:
    page.goto(RENT)
    page.wait_for_function("localStorage.length")
    page.route("**/static/cita.js*", late)
    page.goto("/")
    expect(page.locator("[data-recent]")).to_be_visible()

    assert shifts(page) == []


def test_the_field_on_the_start_page_is_as_high_as_its_button(page: Page) -> None:
    page.goto("/")
    field, button = (
        page.locator(f".ask {each}").bounding_box() for each in (".grows", "button[type=submit]")
    )

    assert field
    assert button
    assert field["height"] == button["height"]


def test_the_page_ends_at_its_foot_with_a_long_list_of_filters_open(page: Page) -> None:
    page.goto("/")
    page.get_by_text("Only some reports").click()
    page.locator(".options").first.evaluate(
        """options => {
          for (let n = 0; n < 99; n++) options.append(options.firstElementChild.cloneNode(true));
        }"""
    )
    foot = page.locator("footer").evaluate("foot => foot.getBoundingClientRect().bottom + scrollY")

    assert page.evaluate("document.documentElement.scrollHeight") <= max(foot + 1, 720)


def test_what_opens_under_a_quote_stands_below_its_other_actions(page: Page) -> None:
    page.goto(RENT)
    quote = page.locator(".quote").first
    quote.get_by_text("Show in context").click()
    opened = quote.locator(".context .stretch").bounding_box()
    copy = quote.get_by_role("button", name="Copy with source").bounding_box()
    cite = quote.locator(".cite summary").bounding_box()

    assert opened
    assert copy
    assert cite
    assert max(copy["y"], cite["y"]) < opened["y"]


def test_a_long_question_stands_in_small_type_above_its_answer(page: Page) -> None:
    sizes = []
    for more in ("", "+" + "+and+".join(["for+families+with+children"] * 4)):
        page.goto(f"{RENT}{more}")
        title = page.locator("#answer-title")
        sizes.append(title.evaluate("title => parseFloat(getComputedStyle(title).fontSize)"))

    assert sizes[1] < 0.75 * sizes[0]


def test_filters_are_ticked_and_undone(page: Page) -> None:
    page.goto("/")
    page.get_by_text("Only some reports").click()
    page.get_by_label("Ecuador").check()
    ask(page, "When did the metro of Quito open?")

    assert page.url.endswith("&country=EC")
    assert page.get_by_text("1 filter in use").is_visible()
    assert page.locator(".source-head cite").all_inner_texts() == ["Moving <b>around</b> Quito"]


LENGTHEN = """names => {
  const list = document.querySelector(".options");
  const option = list.querySelector(".option");
  list.replaceChildren(...names.map((name) => {
    const copy = option.cloneNode(true);
    copy.querySelector("span").textContent = name;
    return copy;
  }));
  list.classList.add("long");
  const field = document.createElement("input");
  list.before(field);
  searchList(field);
}"""
"""Makes a list as long as one of sixty countries."""


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("path", ["/", "/search"])
def test_a_long_list_of_a_filter_scrolls_and_adds_nothing_below_the_page(
    page: Page, path: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(path)
    page.get_by_text("Only some reports").click()
    page.evaluate(LENGTHEN, [f"Country {n}" for n in range(60)])
    page.wait_for_timeout(100)

    heights = page.evaluate(
        """() => {
          const { bottom } = document.querySelector("footer").getBoundingClientRect();
          const { clientHeight, scrollHeight } = document.querySelector(".options");
          const page = document.documentElement.scrollHeight;
          return [page - Math.max(bottom + scrollY, innerHeight), scrollHeight - clientHeight];
        }"""
    )

    assert abs(heights[0]) < 2
    assert heights[1] > 500


def test_a_list_is_looked_through_by_typing_and_keeps_what_is_ticked(page: Page) -> None:
    page.goto("/")
    page.get_by_text("Only some reports").click()
    page.evaluate(LENGTHEN, ["Perú", "Chile", "Panamá"])
    options = page.locator(".options").first.locator(".option")
    options.filter(has_text="Chile").get_by_role("checkbox").check()
    page.locator(".options").first.locator("xpath=preceding-sibling::input").fill("PERU")
    shown = [text.split("\n")[0] for text in options.filter(visible=True).all_inner_texts()]
    page.keyboard.press("Enter")

    assert [text.split()[0].rstrip("1") for text in shown] == ["Perú", "Chile"]
    assert page.url.endswith("/")


def test_an_answer_goes_into_word(page: Page, tmp_path: Path) -> None:
    page.goto(RENT)
    with page.expect_download() as download:
        page.get_by_role("link", name="Word (DOCX)").click()
    saved = tmp_path / download.value.suggested_filename
    download.value.save_as(saved)

    assert saved.name == "cita-how-much-is-the-rent-subsidy-in-chile.docx"
    assert saved.read_bytes().startswith(b"PK")


def test_a_permanent_link_is_replayed(page: Page) -> None:
    page.goto(RENT)
    page.goto(page.locator("#permalink").input_value())

    expect(page.get_by_text("Identical.")).to_be_visible()


def test_a_reader_goes_from_quote_to_quote_with_the_original_beside(page: Page) -> None:
    messages: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto("/documents/quito?start=30&end=60&quotes=30-60,120-150#quote")
    bar = page.get_by_role("navigation", name="Quotes of the answer")
    bar.get_by_role("link", name="Original beside the text").click()
    frame = page.locator("iframe.original")
    expect(frame).to_be_visible()
    first = frame.get_attribute("src")
    bar.get_by_role("link", name="Next").click()
    page.wait_for_url(re.compile("start=120"))

    assert first == "/v1/documents/quito/file#page=1&navpanes=0&view=FitH"
    expect(bar.get_by_text("Quote 2 of 2")).to_be_visible()
    expect(frame).to_be_visible()
    expect(page.locator("mark#quote")).to_be_in_viewport()
    assert not [text for text in messages if "Policy" in text or "X-Frame" in text], messages
    page.set_viewport_size({"width": 320, "height": 700})
    expect(frame).to_be_hidden()


def test_the_list_is_narrowed_sorted_and_shows_what_was_not_read_without_scripts(
    browser: Browser, base: str
) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=base, locale="pt-BR")
    page = context.new_page()
    page.goto("/documents")
    page.get_by_text("Só alguns relatórios").click()
    page.get_by_label("moradia").check()
    page.get_by_label("Ordenar por").select_option("year")
    page.get_by_role("button", name="Mostrar").click()
    titles = page.locator(".reports h2").all_inner_texts()
    unread = page.locator(".unread td").all_inner_texts()
    address = page.url
    context.close()

    assert titles == ["Renting in Chile", "Ciudades que acogen"]
    assert unread[:2] == ["broken.pdf", "vazio"]
    assert "theme=housing" in address
    assert "sort=year" in address


def test_a_question_in_spanish_is_answered_in_a_spanish_page_and_taken_into_word(
    browser: Browser, base: str, tmp_path: Path
) -> None:
    context = browser.new_context(base_url=base, locale="es-CL")
    page = context.new_page()
    page.goto("/")
    page.get_by_text("Solo algunos informes").click()
    page.get_by_label("Perú").check()
    ask(page, "¿Dónde se vacuna a los niños migrantes?")
    quoted = page.locator("blockquote").first.get_attribute("lang")
    with page.expect_download() as download:
        page.get_by_role("link", name="Word (DOCX)").click()
    saved = tmp_path / download.value.suggested_filename
    download.value.save_as(saved)
    context.close()

    lines = [paragraph.text for paragraph in docx.Document(str(saved)).paragraphs]
    assert quoted == "es"
    assert lines[0] == "¿Dónde se vacuna a los niños migrantes?"
    assert lines[2] == "Los informes dicen:"
    notes = zipfile.ZipFile(saved).read("word/footnotes.xml").decode("utf-8")
    assert "Red de Ciudades, </w:t>" in notes
    assert ", 2019, " in notes


def test_a_refusal_leads_on_to_a_question_that_is_answered(page: Page) -> None:
    page.goto("/ask?q=How+did+the+subsidy+work+in+2031%3F")
    page.locator(".examples a").first.click()

    expect(page.get_by_text("The reports say", exact=True)).to_be_visible()


def test_a_wide_table_in_the_context_scrolls_in_its_own_box(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(RENT)
    page.get_by_text("Show in context").first.click()
    page.locator(".context[open] .stretch").evaluate(
        """(stretch, words) => stretch.innerHTML = '<div class="table"><table><tr>'
        + words.map(word => `<td>${word}</td>`).join('') + '</tr></table></div>'""",
        ["Municipalities", "Accommodation", "Responsibilities"],
    )
    table = page.locator(".context[open] .table")

    assert table.evaluate("box => box.scrollWidth > box.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_a_printed_answer_has_quotes_and_sources_and_no_controls(page: Page) -> None:
    page.set_viewport_size({"width": 660, "height": 900})  # what A4 leaves between its margins
    page.goto(RENT)
    page.emulate_media(media="print")

    assert page.locator("blockquote").first.is_visible()
    assert page.locator(".source-head cite").first.is_visible()
    assert page.locator(".quote .stands").first.is_visible()
    assert page.locator(".quote .number").first.evaluate("number => number.offsetWidth") > 1
    source = page.locator(".source").first
    assert source.evaluate("source => getComputedStyle(source).breakInside") == "avoid"
    for control in (".ask", ".say", ".exports", "footer.site", ".actions a"):
        assert not page.locator(control).first.is_visible(), control


def test_an_intranet_shows_the_form_and_nothing_else(page: Page, intranet: str, base: str) -> None:
    page.goto(f"{intranet}/?{base}/embed")
    expect(page.frame_locator("iframe").locator("#q")).to_be_visible()
    with page.expect_console_message(lambda message: "frame-ancestors" in message.text):
        page.goto(f"{intranet}/?{base}/")

    assert page.frame_locator("iframe").locator("#q").count() == 0


def test_the_first_page_is_light(page: Page) -> None:
    sizes: list[int] = []
    page.on("response", lambda response: sizes.append(len(response.body())))
    page.goto("/", wait_until="networkidle")

    assert len(sizes) >= 3
    assert sum(sizes) <= 60 * 1024
