"""Collect every message of the dashboard and of config/ into the catalogues in config/locales.

New messages are added without a translation, vanished ones are removed, translations stay.
"""

import ast
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polib  # type: ignore[import-untyped]  # it has no types

ROOT = Path(__file__).resolve().parents[1]
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

from dashboard import catalogue as declarations  # noqa: E402  # the path is set above
from dashboard.i18n.units import read_units  # noqa: E402

PLACE = re.compile(r"\{\w+\}")
WIDTH = 100
TAKES = {"text": 1, "plural": 2}
"""How many first arguments of a call are messages."""
OWNERS = ("locale", "self")

Found = tuple[str, str, str]
"""A message, its plural or "", and the file that says it."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message of all languages: its English text, its plural or "", where it is said."""

    one: str
    many: str = ""
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Module:
    """A Python file with the constants that it gives names to and the names that it imports."""

    name: str
    tree: ast.Module
    constants: Mapping[str, ast.expr] = field(default_factory=dict)
    imports: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def collect(root: Path) -> dict[str, Message]:
    """Return every message by its English text; raise ValueError for one said in two ways."""
    messages: dict[str, Message] = {}
    for one, many, place in [*_of_python(root), *_of_config(root)]:
        if PLACE.fullmatch(one):
            continue
        known = messages.get(one, Message(one, many))
        if known.many != many:
            raise ValueError(
                f"{place}: {one!r} stands elsewhere with another plural: {known.many!r}"
            )
        messages[one] = Message(one, many, tuple(sorted({*known.places, place})))
    return messages


# -- of the code ------------------------------------------------------------------------------


def _of_python(root: Path) -> Iterator[Found]:
    modules = {m.name: m for m in map(_module, _files(root))}
    for name, module in modules.items():
        place = f"{name.replace('.', '/')}.py"
        for call in ast.walk(module.tree):
            for texts in _said(call, module, modules):
                yield (*texts, place)


def _files(root: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted((root / "dashboard").rglob("*.py")):
        yield ".".join(path.relative_to(root).with_suffix("").parts), path


def _module(named: tuple[str, Path]) -> Module:
    name, path = named
    tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
    return Module(name, tree, dict(_constants(tree)), dict(_imports(tree)))


def _constants(tree: ast.Module) -> Iterator[tuple[str, ast.expr]]:
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            yield node.targets[0].id, node.value
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
            yield node.target.id, node.value


def _imports(tree: ast.Module) -> Iterator[tuple[str, tuple[str, str]]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            yield from ((a.asname or a.name, (node.module or "", a.name)) for a in node.names)


def _said(
    call: ast.AST, module: Module, modules: Mapping[str, Module]
) -> Iterator[tuple[str, str]]:
    """Yield message and plural of a call `….text(…)`, `text(…)`, `….plural(…)`."""
    if not isinstance(call, ast.Call) or not call.args:
        return
    takes = _takes(call.func)
    if takes == 2 and len(call.args) > 1:
        pair = [list(_texts(arg, module, modules)) for arg in call.args[:2]]
        yield from zip(*pair, strict=True)
    elif takes:
        yield from ((text, "") for text in _texts(call.args[0], module, modules))


def _takes(function: ast.expr) -> int:
    """Return how many first arguments of a call are messages: of a Locale's method, by any name."""
    if isinstance(function, ast.Name):
        return TAKES.get(function.id, 0)
    if not isinstance(function, ast.Attribute):
        return 0
    owner = function.value
    name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
    return TAKES.get(function.attr, 0) if name in OWNERS else 0


def _texts(node: ast.expr, module: Module, modules: Mapping[str, Module]) -> Iterator[str]:
    """Yield the texts that an argument may be: itself, or those of the table it is looked up in."""
    if isinstance(node, ast.Constant):
        yield from [node.value] if isinstance(node.value, str) else []
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body, module, modules)
        yield from _texts(node.orelse, module, modules)
    elif isinstance(node, ast.Name):
        yield from _named(node.id, module, modules)
    else:
        yield from _looked_up(node, module, modules)


def _looked_up(node: ast.expr, module: Module, modules: Mapping[str, Module]) -> Iterator[str]:
    """Yield the texts of TABLE.get(…), TABLE[…] and of a constant of another module."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        yield from _texts(node.func.value, module, modules)
    elif isinstance(node, ast.Subscript):
        yield from _texts(node.value, module, modules)
    elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        package, name = module.imports.get(node.value.id, ("", ""))
        other = modules.get(f"{package}.{name}")
        yield from _named(node.attr, other, modules) if other else ()


def _named(name: str, module: Module, modules: Mapping[str, Module]) -> Iterator[str]:
    """Yield the texts behind a name: a constant of this module or of the one it comes from."""
    if name in module.constants:
        yield from _values(module.constants[name])
    elif name in module.imports:
        package, theirs = module.imports[name]
        if package in modules and theirs in modules[package].constants:
            yield from _values(modules[package].constants[theirs])
    else:
        yield from _turns(name, module, modules)


def _turns(name: str, module: Module, modules: Mapping[str, Module]) -> Iterator[str]:
    """Yield the texts that a name takes in turn, in loops over tables of constants."""
    for node in ast.walk(module.tree):
        if not isinstance(node, (ast.For, ast.comprehension)):
            continue
        targets = node.target.elts if isinstance(node.target, ast.Tuple) else [node.target]
        for place, target in enumerate(targets):
            if isinstance(target, ast.Name) and target.id == name:
                yield from _column(_table(node.iter, module, modules), place, len(targets))


def _table(node: ast.expr, module: Module, modules: Mapping[str, Module]) -> ast.expr:
    """Return the constant that a loop goes over, else what it says itself."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return _table(node.func.value, module, modules)
    if not isinstance(node, ast.Name):
        return node
    if node.id in module.constants:
        return module.constants[node.id]
    package, theirs = module.imports.get(node.id, ("", ""))
    return modules[package].constants.get(theirs, node) if package in modules else node


def _column(table: ast.expr, place: int, width: int) -> Iterator[str]:
    """Yield the texts in one place of every row of a table of constants."""
    if isinstance(table, ast.Dict):
        yield from (text for value in table.values for text in _values(value))
    elif isinstance(table, (ast.Tuple, ast.List)):
        for row in table.elts:
            wide = isinstance(row, (ast.Tuple, ast.List)) and width > 1
            yield from _values(row.elts[place] if wide else row)  # type: ignore[attr-defined]


def _values(node: ast.expr) -> Iterator[str]:
    """Yield the texts of a constant; the keys of a table are codes."""
    if isinstance(node, ast.Constant):
        yield from [node.value] if isinstance(node.value, str) else []
    elif isinstance(node, ast.Dict):
        yield from (text for value in node.values for text in _values(value))
    elif isinstance(node, (ast.Tuple, ast.List, ast.Set)):
        yield from (text for element in node.elts for text in _values(element))


# -- of the declarations ----------------------------------------------------------------------


def _of_config(root: Path) -> Iterator[Found]:
    config = root / "config"
    read = declarations.load(config)
    for place, texts in [*_indicators(read), *_lists(read), *_pages(read)]:
        yield from ((text, "", place) for text in texts if text)
    for unit in read_units(config / "units.yaml").values():
        yield from ((text, "", "config/units.yaml") for text in unit.messages())
        if unit.one:
            yield unit.one, unit.many, "config/units.yaml"


def _indicators(read: declarations.Catalogue) -> Iterator[tuple[str, list[str]]]:
    for name, one in read.indicators.items():
        texts = [one.title, one.measure, one.definition, one.denominator, *one.notes]
        target = [one.target.label] if one.target else []
        yield f"config/indicators/{name}.yaml", [*texts, *target]


def _lists(read: declarations.Catalogue) -> Iterator[tuple[str, list[str]]]:
    for name, codelist in read.codelists.items():
        said = [codelist.label, codelist.plural or "All"]
        rows = codelist.codes.values()
        said += [str(row[key]) for row in rows for key in ("label", "note") if row.get(key)]
        yield f"config/codelists/{name}.yaml", said


def _pages(read: declarations.Catalogue) -> Iterator[tuple[str, list[str]]]:
    for theme in read.themes.values():
        yield "config/themes.yaml", [theme.title, theme.nav, theme.intro]
    for audience in read.audiences.values():
        yield f"config/audiences/{audience.id}.yaml", [audience.title, audience.intro]
    yield "config/events.yaml", [event.title for event in read.events]


# -- into the catalogues ----------------------------------------------------------------------


def merge(path: Path, messages: Mapping[str, Message]) -> polib.POFile:
    """Return a catalogue with exactly these messages, its translations kept."""
    old = polib.pofile(str(path), encoding="utf-8")
    known = {entry.msgid: entry for entry in old}
    new = polib.POFile(wrapwidth=WIDTH)
    new.metadata = dict(old.metadata)
    forms = int(re.search(r"nplurals=(\d)", old.metadata["Plural-Forms"])[1])  # type: ignore[index]
    for message in sorted(messages.values(), key=lambda m: (m.places, m.one)):
        new.append(_entry(message, known.get(message.one), forms))
    return new


def _entry(message: Message, known: polib.POEntry | None, forms: int) -> polib.POEntry:
    entry = polib.POEntry(msgid=message.one, occurrences=[(p, "") for p in message.places])
    if not message.many:
        entry.msgstr = known.msgstr if known else ""
        return entry
    said = known.msgstr_plural if known else {}
    entry.msgid_plural = message.many
    entry.msgstr_plural = {form: said.get(form, "") for form in range(forms)}
    return entry


def main() -> None:
    """Merge the messages into every catalogue and say how far each is translated."""
    messages = collect(ROOT)
    for path in sorted((ROOT / "config/locales").glob("*.po")):
        book = merge(path, messages)
        path.write_text(str(book).rstrip("\n") + "\n", encoding="utf-8")
        print(f"{path.stem}: {len(book.translated_entries())} of {len(book)} messages translated")


if __name__ == "__main__":
    main()
