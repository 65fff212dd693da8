"""Looks for what import-linter cannot see: wings that know of a higher one by a string.

A foreign key written as "app.Model", an address written by its name and a template that another
one includes tie a wing to another one as an import does. The order of the wings is that of
import-linter, read from pyproject.toml.
"""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
CONTRACT = "Wings: imports point down"
#: Folders under templates/ that belong to core, and those that are no wing's.
_OF_CORE = ("core", "layout", "account", "mfa")
_FIELDS = ("ForeignKey", "OneToOneField", "ManyToManyField")
_ADDRESS = re.compile(r"""\burl\(\s*["']([\w-]+)["']""")
_TEMPLATE = re.compile(r"""["'](\w+)/[\w./-]+\.(?:jinja|html|txt)["']""")
_ADDRESS_CALLS = ("reverse", "reverse_lazy", "redirect", "resolve_url")


def order(root: Path = ROOT) -> list[str]:
    """The packages of the wings, from the top down."""
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    return next(list(one["layers"]) for one in contracts if one["name"] == CONTRACT)


def problems(root: Path = ROOT) -> list[str]:
    """One sentence for each string by which a wing knows of a higher one."""
    wings = order(root)
    names = _addresses(root, wings)
    labels = {wing.rpartition(".")[2]: wing for wing in wings}
    found: list[str] = []
    for wing in wings:
        for file in sorted((root / wing.replace(".", "/")).rglob("*.py")):
            tree = ast.parse(file.read_text(encoding="utf-8"))
            where = file.relative_to(root)
            for line, label in _relations(tree):
                if (target := labels.get(label)) and _is_above(wings, target, wing):
                    found.append(
                        f"{where}:{line} has a relation to {label}, of the higher {target}."
                    )
            for line, name in _named(tree):
                if (target := names.get(name)) and _is_above(wings, target, wing):
                    found.append(
                        f"{where}:{line} names the address {name}, of the higher {target}."
                    )
            for line, folder in _rendered(tree):
                if (target := labels.get(folder)) and _is_above(wings, target, wing):
                    found.append(
                        f"{where}:{line} takes a template of {folder}, of the higher {target}."
                    )
    return found + _in_templates(root, wings, names)


def _in_templates(root: Path, wings: list[str], names: dict[str, str]) -> list[str]:
    found = []
    owners = {wing.rpartition(".")[2]: wing for wing in wings} | dict.fromkeys(_OF_CORE, "core")
    for file in sorted((root / "templates").rglob("*.jinja")):
        wing = owners.get(file.relative_to(root / "templates").parts[0])
        if wing is None:
            continue
        text = file.read_text(encoding="utf-8")
        for number, line in enumerate(text.splitlines(), start=1):
            uses = [
                (names.get(name), f"names the address {name}") for name in _ADDRESS.findall(line)
            ] + [
                (owners.get(folder), f"takes a template of {folder}")
                for folder in _TEMPLATE.findall(line)
            ]
            found += [
                f"{file.relative_to(root)}:{number} {use}, of the higher {target}."
                for target, use in uses
                if target and _is_above(wings, target, wing)
            ]
    return found


def _addresses(root: Path, wings: list[str]) -> dict[str, str]:
    """Every name of an address, and the wing whose urls.py has it."""
    names = {}
    for wing in wings:
        for file in (root / wing.replace(".", "/")).rglob("*urls.py"):
            tree = ast.parse(file.read_text(encoding="utf-8"))
            for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
                for keyword in call.keywords:
                    if keyword.arg == "name" and isinstance(keyword.value, ast.Constant):
                        names[str(keyword.value.value)] = wing
    return names


def _relations(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        if _called(call) not in _FIELDS:
            continue
        targets = [
            *call.args[:1],
            *(one.value for one in call.keywords if one.arg in ("to", "through")),
        ]
        for target in targets:
            if isinstance(target, ast.Constant) and "." in str(target.value):
                yield call.lineno, str(target.value).partition(".")[0]


def _named(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Constants that a call for an address is given, and those that are passed on as a name."""
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        if _called(call) in _ADDRESS_CALLS and call.args:
            for node in ast.walk(call.args[0]):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield call.lineno, node.value


def _rendered(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The folder of each template that a module names."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
            continue
        if match := _TEMPLATE.fullmatch(f'"{node.value}"'):
            yield node.lineno, match.group(1)


def _called(call: ast.Call) -> str:
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _is_above(wings: list[str], target: str, wing: str) -> bool:
    return wings.index(target) < wings.index(wing)


def main() -> int:
    """Print what was found; the exit code says whether there was anything."""
    found = problems()
    for sentence in found:
        sys.stderr.write(f"{sentence}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
