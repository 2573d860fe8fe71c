"""What the paper's authors wished for: harmony, generation, continual learning."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
import torch
from test_paper import CASES, ITEMS, data, small  # noqa: F401

from stylist.fascode import continual, generation
from stylist.fascode.bound import LinearBound, untrained_scores
from stylist.fascode.continual import Sequence, ewc_penalty, fisher, learn_sequence, seasons
from stylist.fascode.features import AXES
from stylist.fascode.generation import SetDecoder, decoder_scores, proposal_figures, propose, train_decoder
from stylist.fascode.good_sets import harmony_scores, swap_one, train_harmony
from stylist.fascode.items import ItemTable
from stylist.fascode.paper_training import PaperData, new_net


def test_a_swap_changes_one_filled_slot(data: PaperData) -> None:  # noqa: F811
    torch.manual_seed(0)
    good = data.rows[:, 0]
    changed = torch.stack([swap_one(good, data) for _ in range(20)])
    assert ((changed != good).sum(2) <= 1).all() and (changed != good).any()
    assert torch.equal(changed == ITEMS, (good == ITEMS).expand_as(changed))
    assert set(data.slot[changed[:, :, 2]].flatten().tolist()) == {2}


def test_harmony_learns_which_items_go_together(data: PaperData) -> None:  # noqa: F811
    rows = data.rows.clone()
    rows[:, 0] = torch.arange(4) + 4 * torch.randint(ITEMS // 4, (CASES, 1))  # a good set is of one family
    there = PaperData(data.dialogs, rows, data.text, data.image, data.slot)
    net = train_harmony(there, torch.arange(50), 0)
    scores = harmony_scores(net, there, torch.arange(50, CASES))
    assert np.mean([row[0] > row[1:].mean() for row in scores]) >= 0.8


def test_a_linear_map_finds_what_dialogs_say_plainly(data: PaperData) -> None:  # noqa: F811
    plain = PaperData(data.text[data.rows[:, 0]].mean(2) * 30, data.rows, data.text, data.image, data.slot)
    bound = LinearBound(plain, torch.arange(50))
    assert bound.weight.shape == (24, 4 * (24 + 5)) and bound.explained(torch.arange(50)) > 0.5
    for scores in bound.scores(torch.arange(50)):
        assert np.mean([row.argmax() == 0 for row in scores]) > 0.8
    assert len(untrained_scores(plain, torch.arange(5))) == 5
    rows = plain.rows.clone()
    rows[:, 2] = -1
    fewer = PaperData(plain.dialogs, rows, plain.text, plain.image, plain.slot)
    assert [len(row) for row in LinearBound(fewer, torch.arange(50)).scores(torch.arange(3))[0]] == [2, 2, 2]


def test_a_decoder_s_sets_are_a_distribution(data: PaperData) -> None:  # noqa: F811
    torch.manual_seed(0)
    slot = torch.tensor([0, 0, 1, 2, 2, 3, 4])
    little = PaperData(data.dialogs[:1], data.rows[:1], torch.randn(7, 4, 6), torch.randn(7, 5), slot)
    net = SetDecoder(4, 6, 5).eval()
    sets = torch.tensor(list(product([0, 1, 6], [2, 6], [3, 4, 6], [5, 6])))
    with torch.no_grad():
        log_p = 4 * net.likelihood(little, little.dialogs.expand(len(sets), -1, -1), sets)
    assert log_p.exp().sum().item() == pytest.approx(1, abs=1e-4)
    found = propose(net, little, 0, width=len(sets))
    assert len(found) == len(sets)
    assert found[0][0] == tuple(sets[log_p.argmax()].tolist()) and found[0][1] == pytest.approx(
        log_p.max().item(), abs=1e-4
    )


def test_a_decoder_learns_to_propose(data: PaperData, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    monkeypatch.setattr(generation, "BATCH", 10)
    net = train_decoder(data, torch.arange(CASES), 0)
    scores = decoder_scores(net, data, torch.arange(CASES))
    assert np.mean([row.argmax() == 0 for row in scores]) > 0.6
    figures = proposal_figures(net, data, data.slot, torch.arange(20))
    assert figures["same_slots"] > 0.7 and figures["same_type"] > 0.7


def test_forgetting_by_hand() -> None:
    learned = Sequence(torch.nn.Identity(), [[0.9, 0.2, 0.1], [0.5, 0.8, 0.1], [0.4, 0.7, 0.9]])  # type: ignore[arg-type]
    assert learned.forgetting == pytest.approx(((0.9 - 0.4) + (0.8 - 0.7)) / 2)
    assert learned.final == pytest.approx(2 / 3)
    assert Sequence(torch.nn.Identity(), [[0.5, 0.5]]).forgetting == 0  # type: ignore[arg-type]


def test_seasons_go_from_warm_to_cool(table: ItemTable) -> None:
    items = len(table.slot)
    rows = torch.full((30, 1, 4), items)
    rows[:, 0, 2] = torch.arange(30) % items
    empty = torch.zeros(items + 1, 4, 2)
    data = PaperData(torch.zeros(30, 4, 2), rows, empty, torch.zeros(items + 1, 1), torch.zeros(items + 1))  # noqa: F811
    parts = seasons(data, table, torch.arange(30))
    warmth = [np.mean(table.concepts[rows[part, 0, 2].numpy()] @ AXES[:, 0]) for part in parts]
    assert [len(part) for part in parts] == [10, 10, 10] and warmth[0] > warmth[1] > warmth[2]
    assert sorted(torch.cat(parts).tolist()) == list(range(30))


def test_ewc_pulls_back_what_mattered(data: PaperData) -> None:  # noqa: F811
    net = new_net(data, small(identity="contrastive"), 0)
    information = fisher(net, data, torch.arange(40))
    anchors = [(information, {name: value.detach().clone() for name, value in net.named_parameters()})]
    assert ewc_penalty(net, anchors).item() == 0
    values = {}
    for name in ("transfer.out.weight", "identity.0.weight"):
        parameter = dict(net.named_parameters())[name]
        before = parameter.detach().clone()
        with torch.no_grad():
            parameter += 0.1
            values[name] = ewc_penalty(net, anchors).item()
            parameter.copy_(before)
    # the id layers take no part in the contrastive loss
    assert values["transfer.out.weight"] > values["identity.0.weight"] == 0


@pytest.mark.parametrize("method", continual.METHODS)
def test_every_method_runs_and_is_measured(data: PaperData, method: str) -> None:  # noqa: F811
    parts = list(torch.arange(CASES).split(CASES // 3))
    learned = learn_sequence(method, data, parts, parts, small(identity="contrastive", epochs=2), 0)
    assert len(learned.after) == (1 if method == "joint" else 3) and all(len(row) == 3 for row in learned.after)
    with pytest.raises(ValueError, match="expected one of"):
        learn_sequence("hope", data, parts, parts, small(), 0)
