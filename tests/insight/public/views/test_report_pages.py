"""Board reports in public: nothing before they are published, what was frozen afterwards."""

import hashlib
import json

import pytest
from django.test import Client

from insight.reporting.models import BoardReport, ReportFile
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


def test_figures_when_the_newest_report_was_altered_then_the_page_says_so_and_home_has_none(
    client: Client, world: World
) -> None:
    report = publishing.report(world)
    BoardReport.objects.filter(pk=report.pk).update(fingerprint="0" * 64)

    page = client.get("/figures/")

    assert page.status_code == 503
    assert "No figures have been published yet" not in page.content.decode()
    home = client.get("/")
    assert home.status_code == 200
    assert "Figures for February 2027" not in home.content.decode()


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


@pytest.mark.parametrize("kind", ["", "pdf"])
def test_report_when_altered_after_it_was_read_then_no_stored_copy_of_it_is_served(
    client: Client, world: World, kind: str
) -> None:
    report = publishing.report(world)
    address = f"/reports/2027-02.{kind}" if kind else "/reports/2027-02/"
    read = client.get(address)
    again = client.get(address, headers={"if-none-match": read.headers["ETag"]})
    frozen = report.frozen or {}
    narrative = frozen["narrative"] | {"highlights": "All is well."}
    BoardReport.objects.update(frozen=frozen | {"narrative": narrative})
    ReportFile.objects.filter(format=kind).update(content=b"Another file")

    stored = client.get(address)
    unchanged = client.get(address, headers={"if-none-match": read.headers["ETag"]})

    assert (read.status_code, again.status_code) == (200, 304)
    assert (stored.status_code, unchanged.status_code) == (503, 503)
    assert "is not as it was approved" in stored.content.decode()
