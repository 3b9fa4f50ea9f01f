"""What import-linter cannot see: foreign keys written as strings, rules that import Django, names that hide a drawer."""

import ast
import tomllib
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("lms", "cms", "certificates", "courses")
PYTHON = [
    path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py")) if "migrations" not in path.parts
]
AT_THE_TOP = {"lms", "cms", "certificates", "courses", "templates", "tests", "docs"} | {
    "README.md", "pyproject.toml", "requirements.lock", "LICENSE",
}  # fmt: skip
DRAWERS = {"utils", "common", "core", "helpers", "managers", "misc"}


def _floors() -> dict[str, int]:
    """How high each app stands, from the layers in pyproject.toml: a higher number may look down on a lower one."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    floors = {}
    for contract in contracts:
        if "containers" not in contract:
            continue
        package = contract["containers"][0]
        storey = len(PACKAGES) - PACKAGES.index(package)
        layers = contract["layers"]
        for index, layer in enumerate(layers):
            for name in layer.replace("|", " ").replace(":", " ").replace("(", " ").replace(")", " ").split():
                floors[f"{package}.{name}"] = storey * 100 + len(layers) - index
    return floors


def test_foreign_keys_only_point_down():
    floors = _floors()
    ours = {config.name: config for config in apps.get_app_configs() if config.name in floors}
    for name, config in ours.items():
        for model in config.get_models():
            for field in model._meta.get_fields():
                target = getattr(field, "related_model", None)
                if not target or field.auto_created or isinstance(target, str):
                    continue
                other = target._meta.app_config.name
                if other in floors and other != name:
                    assert floors[name] > floors[other], (
                        f"{model.__name__}.{field.name} points up or sideways to {other}"
                    )


@pytest.mark.parametrize("path", [p for p in PYTHON if p.name == "rules.py" or "rules" in p.parts[-2:-1]], ids=str)
def test_rules_are_pure(path):
    for node in ast.walk(ast.parse(path.read_text())):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        assert not [name for name in names if name.split(".")[0] in {"django", "wagtail", "celery"}], path


def test_nothing_is_a_drawer():
    assert not [path for path in PYTHON if path.stem in DRAWERS or set(path.parts) & DRAWERS]


def test_the_top_of_the_tree_is_as_agreed():
    tracked = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")} - {
        "build", "dist", "staticfiles", "test-results", "qihang.egg-info",
    }  # fmt: skip
    assert tracked <= AT_THE_TOP


def test_no_float_decides_hours_or_marks():
    """Hours are integers and marks decimals: a float in a rule is a mistake."""
    for path in PYTHON:
        if path.name != "rules.py":
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            assert not (isinstance(node, ast.Name) and node.id == "float"), path
            assert not (isinstance(node, ast.Constant) and isinstance(node.value, float)), path


def test_templates_have_no_inline_script_or_style():
    for path in sorted((ROOT / "templates").rglob("*.html")):
        text = path.read_text()
        assert "style=" not in text, path
        assert "<script>" not in text, path
        assert " onclick=" not in text, path
