"""Words that several pages say."""

from dashboard.pages.reading import Reading
from dashboard.service import Statistics


def as_of(statistics: Statistics, reading: Reading) -> list[str]:
    """Return which release the page shows and up to when its data reach."""
    release = statistics.release(reading.release)
    text, date = reading.locale.text, reading.locale.date
    said = [
        text("Release {release}", release=release.id),
        text("Data up to {date}", date=date(release.cut_off)),
    ]
    newest = statistics.release().id
    if reading.release and reading.release != newest:
        said.append(text("A newer release is out: {release}", release=newest))
    return said
