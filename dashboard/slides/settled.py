"""Files that are the same bytes on any day: no time of writing in a package of parts."""

import io
import re
import zipfile
from datetime import date

EPOCH = (1980, 1, 1, 0, 0, 0)
TIMES = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")


def settled(body: bytes, day: date) -> bytes:
    """Return a package (pptx, xlsx) as if written on a day; workbooks inside it too."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(body)) as given,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in given.namelist():
            part = zipfile.ZipInfo(name, EPOCH)
            part.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(part, _part(name, given.read(name), day))
    return out.getvalue()


def _part(name: str, content: bytes, day: date) -> bytes:
    if name.endswith(".xlsx"):
        return settled(content, day)
    if name == "docProps/core.xml":
        return TIMES.sub(rb"\g<1>" + f"{day}T00:00:00Z".encode() + rb"\g<3>", content)
    return content
