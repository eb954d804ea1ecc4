"""``GET /v1/documents…`` over a real index."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from service.interfaces.app import create_app
from service.library import Library
from service.qa_service import QAService
from service.settings import Settings

QUITO = "buses & más/Quito.pdf"


def quito_id(client: TestClient) -> str:
    listed = client.get("/v1/documents", params={"country": "EC"}).json()["documents"]
    assert [document["file"] for document in listed] == [QUITO]
    return str(listed[0]["id"])


@pytest.fixture
def quito_path(settings: Settings) -> Iterator[Path]:
    """The original of one report, put back after the test."""
    path = settings.corpus / QUITO
    original = path.read_bytes()
    yield path
    path.write_bytes(original)


def test_the_list_names_every_report_and_what_could_not_be_read(client: TestClient) -> None:
    listed = client.get("/v1/documents").json()

    assert listed["total"] == 3
    assert {document["title"] for document in listed["documents"]} == {
        "Renting in Chile",
        "Ciudades que acogen",
        "Moving <b>around</b> Quito",
    }
    assert [(unread["file"], unread["reason"]) for unread in listed["unread"]] == [
        ("broken.pdf", "empty")
    ]


def test_the_list_comes_a_page_at_a_time(client: TestClient) -> None:
    whole = client.get("/v1/documents").json()["documents"]

    pages = [
        client.get("/v1/documents", params={"limit": 1, "offset": offset}).json()["documents"]
        for offset in range(4)
    ]

    assert [document for page in pages for document in page] == whole
    assert pages[3] == []


@pytest.mark.parametrize(
    ("params", "titles"),
    [
        pytest.param({"theme": "housing"}, 2, id="a theme two reports have"),
        pytest.param({"theme": ["housing", "transport"]}, 3, id="either theme"),
        pytest.param({"theme": "housing", "country": "pe"}, 1, id="theme and country"),
        pytest.param({"year_from": 2020}, 1, id="no year fails a year filter"),
        pytest.param({"year_to": 2021}, 2, id="up to a year"),
        pytest.param({"language": "es"}, 1, id="a language"),
        pytest.param({"publisher": "Transit Office", "country": "CL"}, 0, id="nothing fits"),
    ],
)
def test_filters_are_or_within_a_field_and_and_between_fields(
    client: TestClient, params: dict[str, str], titles: int
) -> None:
    assert client.get("/v1/documents", params=params).json()["total"] == titles


def test_facets_count_each_field_over_what_passes_the_others(client: TestClient) -> None:
    facets = client.get("/v1/documents", params={"country": "CL"}).json()["facets"]

    assert facets["theme"] == [{"value": "housing", "documents": 1}]
    assert {facet["value"] for facet in facets["country"]} == {"CL", "CO", "PE", "EC"}


@pytest.mark.parametrize(
    ("params", "field"),
    [
        pytest.param({"limit": 0}, "limit", id="limit 0"),
        pytest.param({"limit": 201}, "limit", id="limit too high"),
        pytest.param({"offset": -1}, "offset", id="offset below 0"),
        pytest.param({"year_from": "MMXX"}, "year_from", id="no year"),
        pytest.param({"country": "Chile"}, "country.0", id="no code"),
        pytest.param({"colour": "red"}, "colour", id="unknown parameter"),
    ],
)
def test_a_bad_parameter_is_named(client: TestClient, params: dict[str, str], field: str) -> None:
    response = client.get("/v1/documents", params=params)

    assert response.status_code == 422
    assert [error["field"] for error in response.json()["errors"]] == [field]


def test_a_filter_that_names_what_no_report_has_is_named(client: TestClient) -> None:
    response = client.get("/v1/documents", params={"country": "ZZ"})

    assert response.status_code == 404
    assert [error["field"] for error in response.json()["errors"]] == ["country"]


def test_a_pdf_has_its_pages_and_each_page_its_text(client: TestClient) -> None:
    doc_id = quito_id(client)
    detail = client.get(f"/v1/documents/{doc_id}").json()
    text = client.get(f"/v1/documents/{doc_id}/text").text

    pages = ["".join(text[start:end] for start, end in page["spans"]) for page in detail["pages"]]

    assert [page["number"] for page in detail["pages"]] == [1, 2, 3]
    assert "".join(pages) == text
    assert "35 cents" in pages[1]
    assert detail["n_characters"] == len(text)


def test_a_text_without_pages_says_so_and_has_an_outline(client: TestClient) -> None:
    detail = client.get("/v1/documents/chile-rent").json()

    assert detail["pages"] is None
    assert "How the subsidy works" in [row["title"] for row in detail["outline"]]


def test_the_original_comes_byte_for_byte_and_in_parts(
    client: TestClient, settings: Settings
) -> None:
    path = f"/v1/documents/{quito_id(client)}/file"

    whole = client.get(path)
    part = client.get(path, headers={"Range": "bytes=0-4"})

    assert whole.content == (settings.corpus / QUITO).read_bytes()
    assert whole.headers["content-type"] == "application/pdf"
    assert whole.headers["content-disposition"].startswith("inline")
    assert whole.headers["etag"] == f'"{sha256(whole.content).hexdigest()}"'
    assert (part.status_code, part.content) == (206, b"%PDF-")


def test_an_original_in_text_may_run_nothing(client: TestClient) -> None:
    response = client.get("/v1/documents/chile-rent/file")

    assert response.headers["content-type"].startswith("text/plain")
    assert response.headers["content-security-policy"].startswith("sandbox; default-src 'none'")


def test_a_changed_original_is_not_given_away(client: TestClient, quito_path: Path) -> None:
    doc_id = quito_id(client)
    quito_path.write_bytes(quito_path.read_bytes() + b"%")

    response = client.get(f"/v1/documents/{doc_id}/file")

    assert response.status_code == 409
    assert response.json()["type"] == "/docs#file-changed"


def test_a_lost_original_is_gone(client: TestClient, quito_path: Path) -> None:
    doc_id = quito_id(client)
    quito_path.unlink()

    response = client.get(f"/v1/documents/{doc_id}/file")

    assert response.status_code == 410
    assert QUITO in response.json()["detail"]


def test_an_original_that_leads_out_of_the_corpus_is_gone(
    client: TestClient, quito_path: Path, tmp_path: Path
) -> None:
    doc_id = quito_id(client)
    outside = tmp_path / "outside.pdf"
    outside.write_bytes(quito_path.read_bytes())
    quito_path.unlink()
    quito_path.symlink_to(outside)

    status = client.get(f"/v1/documents/{doc_id}/file").status_code
    quito_path.unlink()

    assert status == 410


def test_originals_stay_in_the_house_where_the_operator_says_so(
    settings: Settings, library: Library
) -> None:
    closed = settings.model_copy(update={"serve_files": False})
    client = TestClient(create_app(QAService(closed, library)))

    response = client.get("/v1/documents/chile-rent/file")

    assert response.status_code == 404
    assert "not served here" in response.json()["detail"]
    assert client.get("/v1/documents/chile-rent").json()["file_href"] is None


@pytest.mark.parametrize("rest", ["", "/text", "/file"])
def test_an_unknown_document_is_named(client: TestClient, rest: str) -> None:
    response = client.get(f"/v1/documents/nobody{rest}")

    assert response.status_code == 404
    assert "'nobody'" in response.json()["detail"]
