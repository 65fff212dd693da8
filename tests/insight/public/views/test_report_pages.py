"""Board reports in public: nothing before they are published, what was frozen afterwards."""

import hashlib
import json

from django.test import Client

from insight.reporting.models import ReportFile
from tests.factories import publishing
from tests.factories.world import World


def test_report_when_only_approved_then_nobody_sees_it(client: Client, world: World) -> None:
    publishing.approved(world)

    for address in ("/reports/2027-02/", "/reports/2027-02.pdf", "/reports/2027-02.json"):
        assert client.get(address).status_code == 404
    assert "February 2027" not in client.get("/reports/").content.decode()
    assert "February 2027" not in client.get("/figures/").content.decode()


def test_report_when_published_then_page_and_files_say_what_was_frozen(
    client: Client, world: World
) -> None:
    report = publishing.report(world)

    page = client.get("/reports/2027-02/").content.decode()

    assert report.fingerprint in page
    for measure in (report.frozen or {})["measures"]:
        assert measure["title"] in page
    for file in ReportFile.objects.all():
        content = client.get(f"/reports/2027-02.{file.format}").content
        assert hashlib.sha256(content).hexdigest() == file.sha256
    assert (
        json.loads(client.get("/reports/2027-02.json").content)["fingerprint"] == report.fingerprint
    )
    assert client.get("/reports/2027-02.exe").status_code == 404


def test_figures_when_published_then_each_says_how_it_is_counted(
    client: Client, world: World
) -> None:
    report = publishing.report(world)

    page = client.get("/figures/").content.decode()

    for measure in (report.frozen or {})["measures"]:
        address = f"/figures/?figure={measure['key']}"
        assert f'href="{address}"' in page
        assert measure["how"][:40] in client.get(address).content.decode()
    assert "Figures for February 2027" in client.get("/").content.decode()
