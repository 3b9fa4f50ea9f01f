"""What import-linter cannot see: foreign keys written as strings, rules that import Django, names that hide a drawer."""

import ast
import re
import tomllib
from pathlib import Path

import polib
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
KEPT_IN_A_REQUEST = {"once", "rights_anywhere", "rights_on", "holds_anywhere", "holds_in_classes"}
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


@pytest.mark.parametrize("path", [p for p in PYTHON if "actions" in {p.stem, p.parent.name}], ids=str)
def test_verbs_ask_the_database_for_rights(path):
    """What a request keeps for its menus and doors is old by the time a verb holds its lock."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and (node.module or "").endswith("permissions"):
            assert not {alias.name for alias in node.names} & KEPT_IN_A_REQUEST, path


def test_nothing_is_a_drawer():
    assert not [path for path in PYTHON if path.stem in DRAWERS or set(path.parts) & DRAWERS]


def test_the_top_of_the_tree_is_as_agreed():
    tracked = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")} - {
        "build", "dist", "staticfiles", "test-results", "qihang.egg-info",
    }  # fmt: skip
    assert tracked <= AT_THE_TOP


def test_nothing_holds_the_markers_of_a_merge():
    """In Python they are an error; a browser drops half of a stylesheet and says nothing."""
    marker = re.compile(r"^(<{7}|>{7}) \S", re.MULTILINE)
    places = [ROOT / name for name in (*PACKAGES, "templates", "tests", "docs")]
    kinds = {".css", ".js", ".html", ".txt", ".typ", ".md", ".po", ".svg", ".json"}
    texts = (path for place in places for path in place.rglob("*") if path.suffix in kinds)
    assert [path for path in texts if marker.search(path.read_text())] == []


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


@pytest.mark.parametrize(
    "model", [m for c in apps.get_app_configs() if c.name.split(".")[0] in PACKAGES for m in c.get_models()], ids=str
)
def test_glossary_names_every_model(model):
    glossary = (ROOT / "docs" / "glossary.md").read_text()
    assert f"`{model._meta.app_label}.{model.__name__}`" in glossary, f"{model.__name__} is missing in docs/glossary.md"


def test_glossary_names_only_what_is_there():
    """A model that is renamed or goes away leaves the glossary too."""
    ours = {config.label: config for config in apps.get_app_configs() if config.name.split(".")[0] in PACKAGES}
    names = re.findall(r"`([a-z]+)\.([A-Z][a-z]\w+)`", (ROOT / "docs" / "glossary.md").read_text())
    for label, name in names:
        assert name.lower() in ours[label].models, f"{label}.{name} is no model"


def test_msgids_are_english():
    """Chinese stands in the catalogues, never in what they translate; nothing else could make the English complete."""
    for package in PACKAGES:
        for entry in polib.pofile(str(ROOT / package / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po")):
            words = entry.msgid + entry.msgid_plural + (entry.msgctxt or "")
            assert not re.search(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]", words), f"{package}: {entry.msgid}"
