"""The rules as a whole: each a module of its own, each in the tuple, each in the contract."""

import pkgutil
from configparser import ConfigParser
from importlib import import_module
from pathlib import Path

from planner import rules
from planner.domain.parameter import SEVERITY
from planner.rules import RULES, START, Need
from planner.wording.rules import NEEDS, SENTENCES

MODULES = {name for _, name, _ in pkgutil.iter_modules(rules.__path__)} - {"rule"}


def test_every_module_of_rules_is_a_rule_in_the_tuple() -> None:
    assert {import_module(f"planner.rules.{name}").RULE.code for name in MODULES} == {rule.code for rule in RULES}
    assert len(MODULES) == len(RULES)


def test_codes_are_unique_and_in_order() -> None:
    codes = [rule.code for rule in RULES]

    assert codes == sorted(set(codes))
    assert set(codes) >= START


def test_every_rule_has_its_sentences_and_every_need_its_words() -> None:
    assert SENTENCES.keys() == {rule.code for rule in RULES}
    assert NEEDS.keys() == set(Need)


def test_no_parameter_is_declared_twice_or_named_as_the_severity() -> None:
    for rule in RULES:
        names = [parameter.name for parameter in rule.parameters]
        assert len({*names, SEVERITY}) == len(names) + 1, rule.code


def test_contract_names_every_rule() -> None:
    config = ConfigParser()
    config.read(Path(__file__).parents[2] / "setup.cfg", encoding="utf-8")

    contract = set(config["importlinter:contract:rules"]["modules"].split())

    assert contract == {f"planner.rules.{name}" for name in MODULES}
