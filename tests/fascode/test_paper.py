"""The paper's networks, losses and measures, against answers worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from stylist.fascode.contrast import info_nce
from stylist.fascode.paper import AttentionFusion, LinearFusion, PaperConfig, PaperNet, sampled_identity_loss
from stylist.fascode.paper_scoring import (
    absent,
    all_places,
    candidate_scores,
    nearest_items,
    paper_scores,
    recall,
    similarity,
)
from stylist.fascode.paper_training import PaperData, new_net, train

ITEMS, CASES = 24, 60


@pytest.fixture(scope="module")
def data() -> PaperData:
    """Dialogs that say which items they want: the dialog's slot s is the vector of the goal's item in slot s."""
    generator = torch.Generator().manual_seed(0)
    text = torch.randn(ITEMS + 1, 4, 6, generator=generator)
    text[-1] = 0
    slot = torch.cat([torch.arange(ITEMS) % 4, torch.tensor([4])])
    rows = torch.stack([torch.randint(ITEMS // 4, (CASES, 3), generator=generator) * 4 + s for s in range(4)], dim=2)
    rows[::3, :, 0] = ITEMS
    return PaperData(text[rows[:, 0]].mean(2), rows, text, torch.randn(ITEMS + 1, 5, generator=generator), slot)


def small(**changes: object) -> PaperConfig:
    return replace(
        PaperConfig(dim=16, hidden=64, dropout=0.0, epochs=25, batch=10, samples=16, learning_rate=0.05), **changes
    )


def test_defaults_are_the_papers(data: PaperData) -> None:
    config = PaperConfig()
    assert (config.dim, config.blocks, config.dropout, config.missing) == (300, 4, 0.2, 0.15)
    assert (config.learning_rate, config.momentum, config.batch, config.identity) == (0.01, 0.9, 64, "softmax")
    net = new_net(data, config, 0)
    kinds = [type(layer).__name__ for layer in net.transfer.blocks]
    assert kinds.count("BatchNorm1d") == 4 and kinds.count("Dropout") == 3
    assert [type(layer).__name__ for layer in net.identity] == ["Linear", "ReLU", "Linear"]
    assert net.identity(net.queries(data.dialogs[:3])).shape == (3, 4, ITEMS + 1)
    for wrong in ({"fusion": "sum"}, {"identity": "none"}):
        with pytest.raises(ValueError, match="expected one of"):
            PaperConfig(**wrong)


@pytest.mark.parametrize("fusion", [LinearFusion, AttentionFusion])
def test_what_is_missing_does_not_count(fusion: type) -> None:
    torch.manual_seed(0)
    net = fusion(4, 6, 5, 16).eval()
    text, image, there = torch.randn(3, 4, 6), torch.randn(3, 5), torch.ones(3, 2, dtype=torch.bool)
    for column, others in ((0, (torch.randn(3, 4, 6), image)), (1, (text, torch.randn(3, 5)))):
        gone = there.clone()
        gone[:, column] = False
        torch.testing.assert_close(net(text, image, gone), net(*others, gone), atol=1e-5, rtol=1e-5)
        assert (net(text, image, gone) - net(text, image, there)).abs().max() > 1e-3
        assert (net(text, image, there) - net(*others, there)).abs().max() > 1e-3
    alone = fusion(4, 6, 0, 16).eval()
    assert alone(text, image, there).shape == (3, 16)


def test_training_leaves_out_one_modality_never_both(data: PaperData) -> None:
    net = PaperNet(small(missing=0.15), 4, 6, 5, ITEMS + 1).train()
    seen = []
    net.projection.forward = lambda text, image, there: seen.append(there) or torch.zeros(len(text), 16)  # type: ignore[method-assign]
    net.places(torch.randn(20_000, 4, 6), torch.randn(20_000, 5))
    gone = (~seen[0]).float()
    np.testing.assert_allclose(gone.mean(0).numpy(), [0.15, 0.15], atol=0.01)
    assert gone.sum(1).max() == 1
    net.eval()
    net.places(torch.randn(9, 4, 6), torch.randn(9, 5))
    assert seen[1].all()


def test_scores_by_hand() -> None:
    places = torch.tensor([[0.0, 0], [4, 0], [0, 2], [1, 1], [9, 9]])
    rows = torch.tensor([[[0, 2, 3, 4], [1, 2, 3, 4], [-1, -1, -1, -1]]])
    queries = places[torch.tensor([[0, 2, 3, 4]])]
    scores = candidate_scores(queries, places, rows)[0]
    assert scores.tolist() == pytest.approx([0, -16 / 8])
    assert candidate_scores(queries, places, rows[:, [1, 0, 2]])[0].tolist() == pytest.approx([-2, 0])


def test_nearest_items_are_of_the_slot(data: PaperData) -> None:
    places = torch.randn(ITEMS + 1, 3)
    queries = places[data.rows[:5, 0]]
    found = nearest_items(queries, places, data)
    assert found.shape == (5, 4, 4) and torch.equal(found[:, :, 0], data.rows[:5, 0])
    for slot in range(4):
        assert set(data.slot[found[:, slot]].flatten().tolist()) <= {slot, 4}


@pytest.mark.parametrize(
    "changes",
    [
        {},
        *(
            {"identity": "contrastive", **more}
            for more in ({}, {"hard": 1.0}, {"fusion": "attention", "contrast": 0.5})
        ),
    ],
)
def test_it_learns_which_items_a_dialog_wants(data: PaperData, changes: dict) -> None:
    net, cases = new_net(data, small(**changes), 0), torch.arange(CASES)
    before = recall(net, data, cases)
    curve = train(net, data, cases, 0, lambda: similarity(net, data, cases))
    after = recall(net, data, cases)
    assert curve[-1]["loss"] < curve[0]["loss"] and len(curve) == 25 and 0 < curve[-1]["msd_similarity"] <= 1
    assert after["recall@1"] > before["recall@1"] + 0.25 and after["recall@1"] > 0.5
    assert after["recall@10"] == 1 and after["chance@10"] == 1
    by_set, by_query = paper_scores(net, data, cases)
    for scores in (by_set, by_query):
        assert np.mean([row.argmax() == 0 for row in scores]) > 0.55


def test_the_same_seed_gives_the_same_net(data: PaperData) -> None:
    nets = [new_net(data, small(epochs=2), 4) for _ in range(2)]
    for net in nets:
        train(net, data, torch.arange(20), 4)
    assert torch.equal(all_places(nets[0], data), all_places(nets[1], data))


def test_identity_loss_by_hand(data: PaperData) -> None:
    net = new_net(data, small(), 0)
    with torch.no_grad():
        net.scale.zero_()
    queries, goals = torch.zeros(1, 2), torch.tensor([[0.0, 2.0]])
    wrong, fits = torch.tensor([[2.0, 2.0], [0.0, 0.0]]), torch.tensor([[True, False]])
    # square differences 2 (right) and 4 (wrong); the second wrong item does not fit
    expected = -np.log(np.exp(-2) / (np.exp(-2) + np.exp(-4)))
    assert sampled_identity_loss(net, queries, goals, wrong, fits).item() == pytest.approx(expected, abs=1e-5)


def test_info_nce_leaves_the_same_item_out() -> None:
    logits, counts = torch.tensor([[1.0, 5.0, 0.0], [5.0, 1.0, 0.0], [0.0, 0.0, 1.0]]), torch.ones(3, dtype=torch.bool)
    alike = info_nce(logits, torch.tensor([7, 7, 8]), counts).item()
    assert alike == pytest.approx((2 * np.log(1 + np.exp(-1)) + np.log(1 + 2 * np.exp(-1))) / 3, abs=1e-5)
    assert info_nce(logits, torch.tensor([6, 7, 8]), counts).item() > alike
    assert info_nce(logits, torch.tensor([6, 7, 8]), torch.tensor([True, False, False])).item() == 0


def test_absent() -> None:
    there = absent(10, 0.5, "image", 0)
    assert there.shape == (11, 2) and there[:, 0].all() and int((~there[:, 1]).sum()) == 5 and there[10].all()
    with pytest.raises(ValueError, match="text or image"):
        absent(10, 0.5, "sound", 0)
