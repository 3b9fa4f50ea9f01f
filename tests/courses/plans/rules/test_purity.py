"""No number of a plan is ever a float: not in the code of the rules, and not in anything they answer."""

import ast
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from courses.plans import reading, rules
from courses.plans.rules import startup
from tests.courses.plans import shop

FILES = [*sorted(Path(rules.__file__).parent.glob("*.py")), Path(reading.__file__)]
FLOATING = {"math", "cmath", "statistics", "random", "numpy", "struct"}


def float_literals(tree):
    return [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, float)]


def float_names(tree):
    """`float` itself, and `round` and `pow`, which answer with one."""
    names = {"float", "round", "pow", "complex", "fsum"}
    return [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id in names]


def float_modules(tree):
    found = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    found += [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return [name for name in found if name in FLOATING]


def divisions(tree):
    """Every `/` outside of `divided`, which divides Decimals alone."""
    allowed = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name == "divided"
        for part in ast.walk(node)
    }
    kinds = (ast.BinOp, ast.AugAssign)
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, kinds) and isinstance(node.op, ast.Div) and id(node) not in allowed
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_float_in_the_code(path):
    tree = ast.parse(path.read_text())
    found = [look(tree) for look in (float_literals, float_names, float_modules, divisions)]
    assert found == [[], [], [], []]


@pytest.mark.parametrize("code", ["x = 0.1", "x = float('1')", "x = 1 / 2", "x /= 2", "import math", "x = round(y)"])
def test_the_walk_finds_what_it_looks_for(code):
    tree = ast.parse(code)
    assert any(look(tree) for look in (float_literals, float_names, float_modules, divisions))


def test_only_one_function_divides():
    written = [path.stem for path in FILES if "def divided(" in path.read_text()]
    assert written == ["figures"]


def parts_of(found):
    yield found
    if is_dataclass(found):
        found = [getattr(found, field.name) for field in fields(found)]
    elif isinstance(found, dict):
        found = list(found.values())
    if isinstance(found, list | tuple):
        for part in found:
            yield from parts_of(part)


def test_no_float_in_the_answers():
    plan = shop.plan(profit__pays_vat="yes", assets__residual="5.00")
    answers = (
        plan,
        startup.need(plan.figures, plan.profit),
        startup.break_even(plan.profit),
        startup.payback(plan.figures, plan.profit),
    )
    seen = [part for answer in answers for part in parts_of(answer)]
    assert len(seen) > 500
    assert not [part for part in seen if isinstance(part, float)]
