"""Dialogs scored together and one by one: the same scores, and a figure for both."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from eval.fascode import speed
from stylist.fascode.features import requests
from stylist.fascode.items import ItemTable
from stylist.fascode.networks import Matcher
from stylist.fascode.ranker import COLUMNS, HEADS, LinearHead, Ranker
from stylist.fascode.simulate import Simulator


@pytest.fixture
def ranker(table: ItemTable) -> Ranker:
    torch.manual_seed(0)
    text, image = table.network_input
    conversation = requests([()], table)[0].network_input(table.basis)
    weights = np.random.default_rng(0).standard_normal(len(COLUMNS)).astype(np.float32)
    head = LinearHead(np.zeros(len(COLUMNS), np.float32), np.ones(len(COLUMNS), np.float32), weights)
    return Ranker(
        table, Matcher(text.shape[1], image.shape[1], len(conversation), 8, 16), {name: head for name in HEADS}
    )


def test_batched_is_naive(ranker: Ranker) -> None:
    cases = list(Simulator(ranker.table).cases(8, 3))
    threads = torch.get_num_threads()
    figures = speed(ranker, cases)
    assert figures["same_rankings"] == 1 and figures["largest_difference"] < 1e-3
    assert figures["batched_per_second"] > 0 and figures["naive_per_second"] > 0
    assert torch.get_num_threads() == threads


def test_closeness_is_the_mean_over_a_candidate_s_items(ranker: Ranker) -> None:
    case = next(Simulator(ranker.table).cases(1, 4))
    found = ranker.columns([case, case])[1][:, 0]
    query = ranker.matcher.queries(
        torch.from_numpy(requests([case.turns], ranker.table)[0].network_input(ranker.table.basis)[None])
    )[0]
    for value, candidate in zip(found, case.candidates, strict=True):
        rows = [ranker.table.metadata.row[item] for item in candidate]
        near = [ranker.matcher.closeness(query[ranker.table.slot[row]], ranker.places()[row]).item() for row in rows]
        assert value == pytest.approx(np.mean(near), abs=1e-4)
