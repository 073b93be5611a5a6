"""The catalogues hold what is said, say it whole, and a broken one is refused by name."""

import gettext
import io
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

from dashboard.i18n import BadWords, locales

ROOT = Path(__file__).parent.parent
CONFIG = ROOT / "config"
FILES = sorted((CONFIG / "locales").glob("*.po"))
EACH = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
PLACE = re.compile(r"\{\w+\}")
LETTERS = {"ur": "[\u0600-\u06ff]", "ar": "[\u0600-\u06ff]", "bn": "[\u0980-\u09ff]"}
LIKE_ENGLISH = re.compile(r"^(\W|\d|\{\w+\}|n|HS|CSV|JSON|[A-Z]{2,}\d*)*$")
"""What may be the same in every language: signs, places for values, Latin abbreviations."""


def collected(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "scripts/messages.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  our script


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The code and the declarations, to be changed."""
    shutil.copytree(CONFIG, tmp_path / "config")
    shutil.copytree(ROOT / "dashboard", tmp_path / "dashboard", ignore=lambda *_: ["__pycache__"])
    return tmp_path


def entries(path: Path) -> dict[str, polib.POEntry]:
    return {entry.msgid: entry for entry in polib.pofile(str(path))}


def test_there_are_three_translations_beside_english() -> None:
    assert list(locales(CONFIG)) == ["en", "ur", "ar", "bn"]


def test_the_catalogues_hold_every_message_of_the_code_and_of_the_declarations() -> None:
    done = collected("--check")
    assert done.returncode == 0, done.stderr


def test_a_new_message_is_added_a_vanished_one_removed_and_translations_stay(copy: Path) -> None:
    urdu = copy / "config/locales/ur.po"
    collected(str(copy))
    before = entries(urdu)
    roles = copy / "config/codelists/role.yaml"
    roles.write_text(roles.read_text().replace("operator: Operators", "operator: Sewers"))
    page = copy / "dashboard/pages/about.py"
    page.write_text(
        page.read_text()
        + '\nSAID = (("a", "Said in a table"), ("b", "Said there too"))\n'
        + "def say(locale):\n"
        + "    yield from (locale.text(words) for code, words in SAID)\n"
        + '    yield locale.plural("{n} new thing", "{n} new things", 2)\n'
    )
    assert collected("--check", str(copy)).returncode == 1
    assert collected(str(copy)).returncode == 0
    after = entries(urdu)
    added = {"Sewers", "Said in a table", "Said there too", "{n} new thing"}
    assert set(after) - set(before) == added
    assert set(before) - set(after) == {"Operators"}
    assert after["{n} new thing"].msgstr_plural == {0: "", 1: ""}
    assert after["Karachi"].msgstr == before["Karachi"].msgstr != ""
    assert collected("--check", str(copy)).returncode == 0


@EACH
def test_a_translation_has_the_places_of_its_message(path: Path) -> None:
    book = polib.pofile(str(path))
    compiled = gettext.GNUTranslations(io.BytesIO(book.to_binary()))
    for entry in book.translated_entries():
        places = set(PLACE.findall(entry.msgid + entry.msgid_plural))
        if not entry.msgid_plural:
            assert set(PLACE.findall(entry.msgstr)) == places, entry.msgid
            continue
        said = [compiled.ngettext(entry.msgid, entry.msgid_plural, n) for n in range(201)]
        for form in set(said):
            alone = said.count(form) == 1
            assert set(PLACE.findall(form)) | ({"{n}"} if alone else set()) == places, form


@EACH
def test_a_translation_is_in_the_letters_of_its_language(path: Path) -> None:
    for entry in polib.pofile(str(path)).translated_entries():
        for said in [entry.msgstr, *entry.msgstr_plural.values()]:
            if said and not LIKE_ENGLISH.match(said):
                assert re.search(LETTERS[path.stem], said), entry.msgid
            assert "?" not in said or "?" in entry.msgid, "a mark was lost"


def test_urdu_is_not_written_with_arabic_letters_nor_arabic_with_urdu_ones() -> None:
    for code, foreign in {"ur": "[يك]", "ar": "[یکہےگٹڈ]"}.items():
        for entry in polib.pofile(str(CONFIG / f"locales/{code}.po")).translated_entries():
            for said in [entry.msgstr, *entry.msgstr_plural.values()]:
                assert not re.search(foreign, said), said


def test_bengali_text_has_bengali_digits() -> None:
    codes = re.compile(r"sha256sum|[A-Z]+[ -]?[\d.-]+|\d{4}-\w+|2024(?=, FY2025)")
    for entry in polib.pofile(str(CONFIG / "locales/bn.po")).translated_entries():
        for said in [entry.msgstr, *entry.msgstr_plural.values()]:
            assert not re.search("[0-9]", codes.sub("", said)), said


@EACH
def test_an_unreviewed_translation_says_so(path: Path, copy: Path) -> None:
    locale = locales(CONFIG)[path.stem]
    assert not locale.reviewed
    text = path.read_text(encoding="utf-8")
    reviewed = text.replace('"X-Reviewer: \\n"', '"X-Reviewer: A name\\n"')
    (copy / "config/locales" / path.name).write_text(reviewed, encoding="utf-8")
    assert locales(copy / "config")[path.stem].reviewed


def test_missing_strings_are_english_and_counted(copy: Path) -> None:
    urdu = copy / "config/locales/ur.po"
    book = polib.pofile(str(urdu))
    book.find("Karachi").msgstr = ""
    book.find("{n} factory").msgstr_plural = {0: "", 1: ""}
    book.save(str(urdu))
    locale, whole = locales(copy / "config")["ur"], locales(CONFIG)["ur"]
    assert locale.missing == whole.missing + 2
    assert locale.text("Karachi") == "\u2066Karachi\u2069"
    assert "factories" in locale.quantity(3, "factories")
    assert locale.missing == whole.missing + 2
    assert "never said before" in locale.text("never said before")
    assert locale.missing == whole.missing + 3


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ('"Language: ur', '"Language: fa', "Language"),
        ('"X-Name: اردو', '"X-Nom: اردو', "X-Name"),
        ('"X-Direction: rtl', '"X-Direction: up', "X-Direction"),
        ('"X-Digits: latn', '"X-Digits: roman', "X-Digits"),
        ('msgid "Karachi"', 'mesgid "Karachi"', "not a .po file"),
    ],
)
def test_a_broken_catalogue_is_refused_with_a_sentence_that_names_it(
    copy: Path, old: str, new: str, wrong: str
) -> None:
    urdu = copy / "config/locales/ur.po"
    urdu.write_text(urdu.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadWords, match=re.escape(str(urdu))) as refused:
        locales(copy / "config")
    assert wrong in str(refused.value)


def test_a_unit_that_nobody_knows_how_to_write_is_refused(copy: Path) -> None:
    units = copy / "config/units.yaml"
    units.write_text(units.read_text().replace("kind: money", "kind: gold", 1))
    with pytest.raises(BadWords, match=r"units\.yaml"):
        locales(copy / "config")
