"""The site and its reports are described in schema.org terms."""

import json
import re

from starlette.testclient import TestClient


def test_json_ld_describes_the_site_and_a_report_and_cannot_end_its_element(
    client: TestClient,
) -> None:
    pattern = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
    (site,) = pattern.findall(client.get("/").text)
    (report,) = pattern.findall(client.get("/documents/quito").text)

    assert json.loads(site)["potentialAction"]["target"]["urlTemplate"].endswith(
        "/ask?q={search_term_string}"
    )
    assert json.loads(report)["name"] == "Moving <b>around</b> Quito"
    assert "<" not in report
