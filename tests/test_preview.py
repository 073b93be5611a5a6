"""A link to a page is previewed with the reader's own view, drawn for that."""

import io

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from PIL import Image

PUBLIC_URL = "http://127.0.0.1:8050"


def said(client: FlaskClient, address: str) -> dict[str, str]:
    """Return what a page says to programs that unfold links."""
    found = BeautifulSoup(client.get(address).text, "html.parser").find_all("meta", property=True)
    return {str(tag["property"]): str(tag["content"]) for tag in found}


@pytest.mark.parametrize(
    ("page", "picture"),
    [
        ("/charts/exports_goods", "/charts/exports_goods.png?form=social"),
        (
            "/charts/exports_goods?freq=FY&unit=eur&lang=ur&theme=dark",
            "/charts/exports_goods.png?freq=FY&unit=eur&lang=ur&theme=dark&form=social",
        ),
        ("/exports?freq=FY", "freq=FY&form=social"),
        ("/explore?left=women_by_role", "/charts/women_by_role.png?form=social"),
        ("/about?lang=bn", "lang=bn&form=social"),
        ("/", "form=social"),
    ],
)
def test_a_link_shows_the_view_of_its_page(client: FlaskClient, page: str, picture: str) -> None:
    found = said(client, page)
    assert found["og:image"].startswith(PUBLIC_URL)
    address = found["og:image"].removeprefix(PUBLIC_URL)
    assert address.endswith(picture)
    answer = client.get(address)
    assert answer.mimetype == "image/png"
    size = (int(found["og:image:width"]), int(found["og:image:height"]))
    assert Image.open(io.BytesIO(answer.data)).size == size
    assert found["og:title"] and found["og:image:alt"]


def test_every_page_has_a_preview(client: FlaskClient) -> None:
    pages = ("/", "/exports", "/gender", "/data", "/facts", "/method", "/explore", "/privacy")
    for page in pages:
        assert said(client, page)["og:image"], page
