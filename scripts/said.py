"""Messages that Python files say: the arguments of `….text(…)` and `….plural(…)`."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

TAKES = {"text": 1, "plural": 2}
"""How many first arguments of a call are messages."""
OWNERS = ("locale", "self")
"""Whose methods these are; a function of that name is one of them in a variable."""

Found = tuple[str, str, str]
"""A message, its plural or "", and the file that says it."""


@dataclass(frozen=True, slots=True)
class Module:
    """A Python file with the constants that it gives names to and the names that it imports."""

    name: str
    tree: ast.Module
    constants: Mapping[str, ast.expr]
    imports: Mapping[str, tuple[str, str]]


Modules = Mapping[str, Module]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a call stands: its module among all, and the loops around it, the nearest first."""

    module: Module
    modules: Modules
    loops: tuple[ast.comprehension | ast.For, ...]

    def constant(self, name: str) -> ast.expr | None:
        """Return what a name of this module stands for, its own or an imported constant."""
        if name in self.module.constants:
            return self.module.constants[name]
        package, theirs = self.module.imports.get(name, ("", ""))
        return self.modules[package].constants.get(theirs) if package in self.modules else None

    def of_module(self, name: str, constant: str) -> ast.expr | None:
        """Return a constant of an imported module, as in `times.QUARTERS`."""
        package, theirs = self.module.imports.get(name, ("", ""))
        other = self.modules.get(f"{package}.{theirs}")
        return other.constants.get(constant) if other else None


def collect(root: Path) -> Iterator[Found]:
    """Yield every message that a file below dashboard/ says."""
    modules = {m.name: m for m in map(_module, _files(root))}
    for name, module in modules.items():
        for call, loops in _calls(module.tree, ()):
            place = Place(module, modules, loops)
            yield from ((*pair, f"{name.replace('.', '/')}.py") for pair in _said(call, place))


def _files(root: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted((root / "dashboard").rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), path


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


def _calls(
    node: ast.AST, around: tuple[ast.comprehension | ast.For, ...]
) -> Iterator[tuple[ast.Call, tuple[ast.comprehension | ast.For, ...]]]:
    """Yield every call below a node with the loops around it."""
    if isinstance(node, ast.Call):
        yield node, around
    own = [node] if isinstance(node, ast.For) else getattr(node, "generators", [])
    for child in ast.iter_child_nodes(node):
        yield from _calls(child, (*own, *around))


def _said(call: ast.Call, place: Place) -> Iterator[tuple[str, str]]:
    """Yield the message of a call with its plural or ""."""
    takes = _takes(call.func)
    if takes == 2 and len(call.args) > 1:
        yield from zip(*(list(_texts(arg, place)) for arg in call.args[:2]), strict=True)
    elif takes and call.args:
        yield from ((text, "") for text in _texts(call.args[0], place))


def _takes(function: ast.expr) -> int:
    """Return how many first arguments of a call are messages."""
    if isinstance(function, ast.Name):
        return TAKES.get(function.id, 0)
    if not isinstance(function, ast.Attribute):
        return 0
    owner = function.value
    name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
    return TAKES.get(function.attr, 0) if name in OWNERS else 0


def _texts(node: ast.expr, place: Place) -> Iterator[str]:
    """Yield the texts that an argument may be: its own, or those of what it is looked up in."""
    if isinstance(node, ast.IfExp):
        yield from _texts(node.body, place)
        yield from _texts(node.orelse, place)
    elif isinstance(node, ast.Name):
        yield from _named(node.id, place)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        yield from _texts(node.func.value, place)
    elif isinstance(node, ast.Subscript):
        yield from _texts(node.value, place)
    elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        yield from _values(place.of_module(node.value.id, node.attr))
    else:
        yield from _values(node)


def _named(name: str, place: Place) -> Iterator[str]:
    """Yield the texts behind a name: of the nearest loop that sets it, else of a constant."""
    for loop in place.loops:
        targets = loop.target.elts if isinstance(loop.target, ast.Tuple) else [loop.target]
        for number, target in enumerate(targets):
            if isinstance(target, ast.Name) and target.id == name:
                yield from _column(_table(loop.iter, place), number, len(targets))
                return
    yield from _values(place.constant(name))


def _table(node: ast.expr, place: Place) -> ast.expr | None:
    """Return the constant that a loop goes over, as in `TABLE` and `TABLE.items()`."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return _table(node.func.value, place)
    return place.constant(node.id) if isinstance(node, ast.Name) else node


def _column(table: ast.expr | None, number: int, width: int) -> Iterator[str]:
    """Yield the texts in one column of a table of constants; of a mapping, those of its values."""
    if isinstance(table, ast.Dict):
        yield from _values(table)
    elif isinstance(table, (ast.Tuple, ast.List)):
        for row in table.elts:
            if width > 1 and isinstance(row, (ast.Tuple, ast.List)):
                yield from _values(row.elts[number])
            elif width == 1:
                yield from _values(row)


def _values(node: ast.expr | None) -> Iterator[str]:
    """Yield the texts of a constant; the keys of a mapping are codes."""
    if isinstance(node, ast.Constant):
        yield from [node.value] if isinstance(node.value, str) else []
    elif isinstance(node, ast.Dict):
        yield from (text for value in node.values for text in _values(value))
    elif isinstance(node, (ast.Tuple, ast.List, ast.Set)):
        yield from (text for element in node.elts for text in _values(element))
