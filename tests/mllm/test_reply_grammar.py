"""The sentences that a reply may choose from."""

from stylist.mllm.facts import ReplyFacts
from stylist.mllm.reply_grammar import FEWEST, reply_grammar


def _closings(seed: int) -> set[str]:
    grammar = reply_grammar(ReplyFacts(act="greet", ask="occasion"), seed)
    assert grammar is not None
    rule = next(line for line in grammar.splitlines() if line.startswith("closing:"))
    return set(rule.removeprefix("closing: ").split(" | "))


def test_each_turn_offers_another_half_of_the_questions() -> None:
    every = set().union(*(_closings(seed) for seed in range(30)))
    for seed in range(3):
        offered = _closings(seed)
        assert FEWEST <= len(offered) < len(every) and all(question.endswith('?"') for question in offered)
    assert _closings(1) != _closings(2) and _closings(1) == _closings(1)
