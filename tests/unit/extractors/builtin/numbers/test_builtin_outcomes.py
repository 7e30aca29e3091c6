"""Sentences of our own on outcomes: which numbers are some, of which kind, and of what."""

from __future__ import annotations

from typing import Any

import pytest

from absextract.extractors.builtin import fill_paper
from absextract.extractors.builtin.numbers.results import FoundResult, further_metrics
from absextract.extractors.builtin.numbers.scores import Score
from absextract.schema.paper import Result
from absextract.text.quantities import read_quantities

CUT_OFF = pytest.mark.xfail(strict=True, reason='of a metric such as "number of knots" one end is told alone')

OUTCOMES: list[Any] = [
    (
        "We propose KiteNet. It outperforms the strongest baseline by 3.2 points on KiteBench.",
        [("3.2", "change", None)],
    ),
    (
        "Our model reaches 57.4 mIoU on WindScapes, surpassing the previous best by 2.1.",
        [("57.4", "value", "mIoU"), ("2.1", "change", "mIoU")],
    ),
    ("Our method improves accuracy from 42.1 to 57.8.", [("42.1", "value", "accuracy"), ("57.8", "value", "accuracy")]),
    ("We achieve an FID of 2.13 on KiteFaces-256.", [("2.13", "value", "FID")]),
    (
        "We study kites. Experiments show that our approach obtains a top-1 accuracy of 84.6% on "
        "ImageNet with only 5.2M parameters.",
        [("84.6%", "value", "top-1 accuracy")],
    ),
    (
        "We cut training time from 10 hours to 3 hours.",
        [("10 hours", "value", "training time"), ("3 hours", "value", "training time")],
    ),
    ("Our agent solves 27 out of 40 tasks.", [("27 out of 40", "value", None)]),
    ("We reduce the word error rate by 12% relative.", [("12%", "change", "word error rate")]),
    (
        "Our decoder is 4.5 times faster than autoregressive decoding without loss in quality.",
        [("4.5 times", "change", None)],
    ),
    (
        "We study kites. In experiments, perplexity drops from 20.3 to 15.1 on WikiText-103.",
        [("20.3", "value", "perplexity"), ("15.1", "value", "perplexity")],
    ),
    ("We obtain R@1 of 61.2 and R@5 of 84.9 on Flickr30k.", [("61.2", "value", "R@1"), ("84.9", "value", "R@5")]),
    (
        "Our system attains a PSNR of 32.4 dB and an SSIM of 0.921.",
        [("32.4 dB", "value", "PSNR"), ("0.921", "value", "SSIM")],
    ),
    (
        "We study kites. Compared with full fine-tuning, we use 60% less memory and are 1.8x faster.",
        [("60%", "change", "memory"), ("1.8x", "change", None)],
    ),
    ("We show a 15.3% absolute improvement in exact match over GPT-4.", [("15.3%", "change", "exact match")]),
    ("Our best model scores 71.2 on MMLU and 45.6 on MATH.", [("71.2", "value", None), ("45.6", "value", None)]),
    (
        "We study kites. With only 1% of the labels, our method achieves 76.3% accuracy.",
        [("76.3%", "value", "accuracy")],
    ),
    (
        "We evaluate 14 models; the best one reaches only 38% success rate, while humans achieve 92%.",
        [("38%", "value", "success rate"), ("92%", "value", "success rate")],
    ),
    (
        "Our approach yields average gains of 2.4%, 3.1%, and 5.0% on A-Bench, B-Bench, and C-Bench, respectively.",
        [("2.4%", "change", None), ("3.1%", "change", None), ("5.0%", "change", None)],
    ),
    (
        "We reduce inference latency by up to 43% and energy consumption by 27%.",
        [("43%", "change", "inference latency"), ("27%", "change", "energy consumption")],
    ),
    (
        "We study kites. The detector achieves an AUROC of 0.97 and an F1-score of 0.89.",
        [("0.97", "value", "AUROC"), ("0.89", "value", "F1-score")],
    ),
    ("Our 7B model performs on par with models 10x larger.", []),
    ("We train on 1.2M images and 300 hours of video with a batch size of 512.", []),
    ("We find that 64% of the explanations are unfaithful.", [("64%", "value", None)]),
    (
        "We study kites. The approach achieves 0.85 Pearson correlation with human judgments.",
        [("0.85", "value", "Pearson correlation")],
    ),
    ("Our sampler needs 8 times fewer function evaluations.", [("8 times", "change", "function evaluations")]),
    ("We achieve a speedup of 3.7x over the baseline on a single GPU.", [("3.7x", "change", "speedup")]),
    (
        "Our method achieves state-of-the-art results: 89.7% on SST-2 and 91.3% on MNLI.",
        [("89.7%", "value", None), ("91.3%", "value", None)],
    ),
    (
        "We compress the model by 16x while keeping 99% of its accuracy.",
        [("16x", "change", None), ("99%", "change", "accuracy")],
    ),
    (
        "Our framework improves BLEU by +1.9 and COMET by +0.8 on WMT22.",
        [("+1.9", "change", "BLEU"), ("+0.8", "change", "COMET")],
    ),
    (
        "We study kites. Attack success rate falls to 4.1% from 87.5%.",
        [("4.1%", "value", "Attack success rate"), ("87.5%", "value", "Attack success rate")],
    ),
    (
        "Our approach runs at 45 FPS on a mobile phone and reaches 38.9 AP on COCO.",
        [("45 FPS", "value", None), ("38.9", "value", "AP")],
    ),
    ("We use a learning rate of 0.001 and 12 layers, with 8 attention heads.", []),
    (
        "Our results show that GPT-4 reaches 82.5% while the open model lags behind at 54.1%.",
        [("82.5%", "value", None), ("54.1%", "value", None)],
    ),
    ("We obtain a mean absolute error of 0.34 eV.", [("0.34 eV", "value", "mean absolute error")]),
    ("We obtain an error of 0.34 eV at 9.5 nm and 2.5 MPa.", [("0.34 eV", "value", "error")]),
    (
        "We study kites. The proposed loss boosts recall by 6.7 percentage points at equal precision.",
        [("6.7", "change", "recall")],
    ),
    (
        "Our policy succeeds in 9 of 10 trials on a real robot, versus 3 of 10 for behaviour cloning.",
        [("9 of 10", "value", None), ("3 of 10", "value", None)],
    ),
    ("We study kites. Human evaluators preferred our outputs 73% of the time.", [("73%", "value", None)]),
    (
        "We study kites. The pass@1 of our model on HumanEval rises from 31.1% to 48.2%.",
        [("31.1%", "value", "pass@1"), ("48.2%", "value", "pass@1")],
    ),
    ("We achieve a win rate of 65.4% against GPT-3.5 on AlpacaEval.", [("65.4%", "value", "win rate")]),
    (
        "Our method reduces hallucinations by 31% and raises the ROUGE-L score to 41.2.",
        [("31%", "change", "hallucinations"), ("41.2", "value", "ROUGE-L")],
    ),
    ("Our pruning removes 50% of the weights and loses only 0.3% accuracy.", [("0.3%", "change", "accuracy")]),
    ("Our tracker gets 68.1% HOTA and 79.5% MOTA on MOT17.", [("68.1%", "value", "HOTA"), ("79.5%", "value", "MOTA")]),
    (
        "Our model obtains a Dice score of 0.91, 4 points above nnU-Net.",
        [("0.91", "value", "Dice score"), ("4", "change", "Dice score")],
    ),
    ("We find accuracy degrades by 20-30% under distribution shift.", [("20-30%", "change", "accuracy")]),
    ("We find that retrieval yields a 1.7-point gain in nDCG@10.", [("1.7", "change", "nDCG@10")]),
    (
        "We reach 93.1%/87.4% accuracy on CIFAR-10/CIFAR-100 at 4-bit precision.",
        [("93.1%", "value", "accuracy"), ("87.4%", "value", "accuracy")],
    ),
    (
        "We study kites. Throughput increases 2.6-fold, and memory use shrinks to one third.",
        [("2.6-fold", "change", "Throughput")],
    ),
    ("Our model beats the baseline on 17 of 20 datasets.", [("17 of 20", "value", None)]),
    ("We propose X-Steer. X-Steer reaches a mean lag of 2.3% on the test flights.", [("2.3%", "value", "mean lag")]),
    (
        "Our tracker attains 68.1% HOTA on MOT17 and 51.2 AMOTA on nuScenes.",
        [("68.1%", "value", "HOTA"), ("51.2", "value", "AMOTA")],
    ),
    (
        "We study kites. On KITTI our network reaches an end-point error of 1.34 and a D1 score of 2.1%.",
        [("1.34", "value", "end-point error"), ("2.1%", "value", "D1 score")],
    ),
    (
        "We study kites. Across five languages, WindLM attains an average score of 71.3, compared with "
        "66.8 for the best open model.",
        [("71.3", "value", "average score"), ("66.8", "value", "average score")],
    ),
    (
        "Our method improves robustness by 14% and fairness by 9%.",
        [("14%", "change", "robustness"), ("9%", "change", "fairness")],
    ),
    (
        "We study kites. Self-consistency lifts GSM8K performance of our model from 55.1% to 63.4%.",
        [("55.1%", "value", None), ("63.4%", "value", None)],
    ),
    (
        "We show that a 3B model matches a 70B model, with a jailbreak success of only 1.2% (vs. 23.4%).",
        [("1.2%", "value", "jailbreak success"), ("23.4%", "value", None)],
    ),
    (
        "We study kites. The method has a precision of 0.91, a recall of 0.84 and an F1 of 0.87.",
        [("0.91", "value", "precision"), ("0.84", "value", "recall"), ("0.87", "value", "F1")],
    ),
    (
        "We study kites. Experiments on three corpora show relative improvements of 8.1%, 5.2% and "
        "12.0% in MRR over BERT.",
        [("8.1%", "change", "MRR"), ("5.2%", "change", "MRR"), ("12.0%", "change", "MRR")],
    ),
    (
        "Our approach outperforms DPO by 6.4 points in win rate on AlpacaEval 2 and by 3.8 points on Arena-Hard.",
        [("6.4", "change", "win rate"), ("3.8", "change", None)],
    ),
    ("We report a 22% drop in accuracy when the context grows to 32K tokens.", [("22%", "change", "accuracy")]),
    (
        "We study kites. With 4-bit quantization, the model needs 72% less memory at a perplexity of 5.83.",
        [("72%", "change", "memory"), ("5.83", "value", "perplexity")],
    ),
    ("Our solver lowers the optimality gap to 0.45% on TSP-100.", [("0.45%", "value", "optimality gap")]),
    (
        "Our model correctly identifies 84% of errors and fixes 57% of them.",
        [("84%", "value", None), ("57%", "value", None)],
    ),
    (
        "We study kites. Only 12.5% of the generated programs compile, but 96% do after repair.",
        [("12.5%", "value", None), ("96%", "value", None)],
    ),
    (
        "We study kites. Users were 1.6 times as productive with our tool (p < 0.01, n = 24).",
        [("1.6 times", "change", None)],
    ),
    (
        "Our kernel attains 73% of peak FLOPs, which is 2.2x the throughput of FlashAttention.",
        [("73%", "value", None), ("2.2x", "change", "throughput")],
    ),
    (
        "We achieve 96.2 / 88.1 / 79.0 accuracy on the easy, medium and hard split.",
        [("96.2", "value", "accuracy"), ("88.1", "value", "accuracy"), ("79.0", "value", "accuracy")],
    ),
    (
        "We study kites. The best model, o7, solves just 31.4%, far below the human score of 89%.",
        [("31.4%", "value", None), ("89%", "value", "human score")],
    ),
    (
        "Our attack reaches an attack success rate (ASR) of 98% on Llama and 94% on Vicuna with a query budget of 50.",
        [("98%", "value", "ASR"), ("94%", "value", "ASR")],
    ),
    (
        "We study kites. Training with our curriculum takes 40% fewer steps and gives a 5% higher return.",
        [("40%", "change", "steps"), ("5%", "change", "return")],
    ),
    (
        "We study kites. In the low-resource setting the gain is even larger: +7.2 F1 with 100 examples.",
        [("+7.2", "change", "F1")],
    ),
    (
        "Our method obtains an accuracy of 91%, a 13% improvement over the state of the art.",
        [("91%", "value", "accuracy"), ("13%", "change", None)],
    ),
    (
        "We obtain a regret of 3% against the optimal policy, at one tenth of the cost.",
        [("3%", "value", "regret")],
    ),
    (
        "We study kites. The median time to a solution falls from 14.2 s to 5.1 s.",
        [("14.2 s", "value", "median time"), ("5.1 s", "value", "median time")],
    ),
    (
        "Our generator gets an inception score of 9.8 and is preferred in 71% of the pairwise comparisons.",
        [("9.8", "value", "inception score"), ("71%", "value", None)],
    ),
    (
        "We study gust prediction. On the public WindLog benchmark, GustNet has an RMSE of 1.27 m/s. "
        "Without the wind encoder it is 1.93.",
        [("1.27 m", "value", "RMSE"), ("1.93", "value", "RMSE")],
    ),
    ("We study kites. GustNet sets a new state of the art with 88.7% on Kite-1K.", [("88.7%", "value", None)]),
    ("We observe that 3 of 5 models fail more than 60% of the time.", [("60%", "value", None)]),
    ("We study kites. The reward model agrees with experts in 81% of cases.", [("81%", "value", None)]),
    (
        "We study kites. Using GustNet, the average return rises by 34% in six Atari games and by 12% in MuJoCo.",
        [("34%", "change", "average return"), ("12%", "change", "average return")],
    ),
    (
        "We study kites. Compared to LoRA, our adapter trains 0.02% of parameters and gains 1.3 points on GLUE.",
        [("1.3", "change", None)],
    ),
    (
        "We study kites. It achieves zero-shot accuracy of 61.5%, which rivals the supervised 62.0%.",
        [("61.5%", "value", "zero-shot accuracy"), ("62.0%", "value", "accuracy")],
    ),
    (
        "Our results indicate that a ten-fold increase in data reduces the loss by 0.12 nats.",
        [("0.12", "change", "loss")],
    ),
    (
        "We obtain up to a 5.3x reduction in FLOPs and a 2.9x reduction in latency with less than 1% accuracy drop.",
        [("5.3x", "change", "FLOPs"), ("2.9x", "change", "latency"), ("1%", "change", "accuracy")],
    ),
    ("We study kites. In a user study, 76% of participants preferred GustNet.", [("76%", "value", None)]),
    ("We study kites. Models lose 18.5 points of F1 when negation is added.", [("18.5", "change", "F1")]),
    ("We study kites. On average, performance drops by 23.7% from English to Swahili.", [("23.7%", "change", None)]),
    (
        "We study kites. GustNet-13B scores 67.8% on MMLU, 15.2% higher than GustNet-7B.",
        [("67.8%", "value", None), ("15.2%", "change", None)],
    ),
    ("Our results are within 0.5% of the oracle.", [("0.5%", "change", None)]),
    ("We study kites. The AUC is 0.93 (95% CI 0.91-0.95).", [("0.93", "value", "AUC")]),
    (
        "We study kites. With our prompts, success rates on the WebNav tasks go from 14% to 33%.",
        [("14%", "value", "success rates"), ("33%", "value", "success rates")],
    ),
    (
        "Our pipeline processes 10,000 documents in 12 minutes at a cost of $0.40.",
        [("12 minutes", "value", None), ("$0.40", "value", "cost")],
    ),
    ("Our approach reduces the number of training steps by 3-5x.", [("3-5x", "change", "training steps")]),
    (
        "We study kites. On GSM8K, MATH and AQuA, it achieves 92.1%, 53.4% and 74.8% accuracy, respectively.",
        [("92.1%", "value", "accuracy"), ("53.4%", "value", "accuracy"), ("74.8%", "value", "accuracy")],
    ),
    ("Our 1.3B model reaches 90% of the teacher's performance with 5% of its parameters.", [("90%", "change", None)]),
    (
        "We study kites. GPT-5 answers 48.6% of the questions correctly, and the best open model only 22.0%.",
        [("48.6%", "value", None), ("22.0%", "value", None)],
    ),
    ("We use nucleus sampling with p = 0.9 and a temperature of 0.7.", []),
    (
        "We study kites. The dataset contains 45% female speakers and 12,000 utterances; our recognizer "
        "gets a WER of 5.6%.",
        [("5.6%", "value", "WER")],
    ),
    (
        "We study kites. It has 98.3% less trainable parameters than full fine-tuning.",
        [("98.3%", "change", "trainable parameters")],
    ),
]
"""Where no metric is given, any will do: the sentence names none or more than one may be meant."""

LISTS_AND_PHRASES: list[Any] = [
    (
        "We study kites. SSIM, PSNR and LPIPS reach 0.91, 31.4 and 0.08 on the held-out gusts.",
        [("0.91", "SSIM"), ("31.4", "PSNR"), ("0.08", "LPIPS")],
    ),
    (
        "Our model did well on new sites (Accuracy=83%, F1=80% and AUC=91%).",
        [("83%", "Accuracy"), ("80%", "F1"), ("91%", "AUC")],
    ),
    (
        "Our planner reduces line tension (by 21%) and spool time (by 8%) over the manual controller.",
        [("21%", "line tension"), ("8%", "spool time")],
    ),
    pytest.param(
        "The rate of tangled lines drops to 1.4% with our winder.", [("1.4%", "rate of tangled lines")], marks=CUT_OFF
    ),
    pytest.param("Our winder cuts the number of knots by 30%.", [("30%", "number of knots")], marks=CUT_OFF),
    ("Our forecaster beats Qwen2.5-Omni by 4.9 on GustBench.", [("4.9", None)]),
]
"""Metrics that no list of metrics holds, and lists that are read in order."""


@pytest.mark.parametrize(
    ("text", "score", "kind"),
    [
        ("Our winder gains lift, with 13% and 35% MAP improvements over Crow.", "13%", "change"),
        ("Our winder gains lift, with 13% and 35% MAP improvements over Crow.", "35%", "change"),
        ("It shows a relative increase in precision of 1.6% on WindBench.", "1.6%", "change"),
        ("Its accuracy is 79.3% (+ 2.6%) on WindBench and 47.0% (+ 1.1%) on SkyBench.", "2.6%", "change"),
        ("Its accuracy is 79.3% (+ 2.6%) on WindBench and 47.0% (+ 1.1%) on SkyBench.", "47.0%", "value"),
        ("It improves lift by a large margin and reaches the 70% mIoU threshold.", "70%", "value"),
        ("It improves lift and speed, reaching 62.1% on WindBench.", "62.1%", "value"),
        ("Our winder keeps up its lead in over 85% of later games and often stays ahead.", "85%", "value"),
        (
            "Our winder surpasses open winders such as Crow-13 by more than 90% in complex calm-wind steering courses "
            "like Big Kite Hard (BKH) and 42% on GustBench.",
            "42%",
            "change",
        ),
        (
            "Our winder raises the share of flights by 64.1%, 46.4%, 16.5% and 14.0% over four winders.",
            "16.5%",
            "change",
        ),
        (
            "Our winder raises the share of flights by 64.1%, 46.4%, 16.5% and 14.0% over four winders.",
            "14.0%",
            "change",
        ),
        (
            "It gives gains of 11.8%, 5.1%, and 8.5% in AUROC on GustBench, and 3.4% in F1 on SkyBench.",
            "3.4%",
            "change",
        ),
        ("It obtains 16% and 11% F1 score improvements on GustBench and SkyBench.", "16%", "change"),
        ("Our winder keeps its lead: the average drop in accuracy is only 0.2%.", "0.2%", "change"),
        ("In spite of the drop in wind our winder reaches an accuracy of 81%.", "81%", "value"),
        (r"Our winder beats Crow on GustBench by up to \textbf{20%}.", "20%", "change"),
        (r"Our winder gives a $\textbf{10.5%}$ improvement in lift over Crow.", "10.5%", "change"),
        ("It surpasses Crow on GustBench by an impressive 3.7 mIoU.", "3.7", "change"),
        ("We report accuracy improvements from 61.5% to 74.8% on GustBench.", "74.8%", "value"),
        ("Where the wind turns, its accuracy drops to 60%.", "60%", "value"),
        ("With these gains in speed the top-1 accuracy is 81.3% on GustBench.", "81.3%", "value"),
        ("Despite large savings in rope our winder reaches 91.2% on GustBench.", "91.2%", "value"),
        ("Our winder achieves 92% accuracy and 30% latency reduction on GustBench.", "92%", "value"),
        ("Our winder achieves 92% accuracy and 30% latency reduction on GustBench.", "30%", "change"),
        ("Our winder brings clear improvements (81.2 F1 on GustBench, 77.3 F1 on SkyBench).", "81.2", "value"),
        (
            "With improvements of 4% on GustBench, our winder has an EM of 81.2% on GustBench and 77.1% on SkyBench.",
            "77.1%",
            "value",
        ),
        ("Our winder raises throughput on B200 (20% to 35%).", "20% to 35%", "change"),
        ("Our winder draws better lines than Crow (-30% FID, -37% KID).", "-37%", "change"),
        ("Without rope its accuracy drops to 49.5% and 7.9% on GustBench and SkyBench.", "7.9%", "value"),
        ("Our winder beats Crow by 6.5 dB while needing less than 15% training time.", "15%", "change"),
        ("Our winder reaches an average compression ratio of 25 times on lines.", "25 times", "value"),
        (
            "We achieve improvements up to 24.2% on the GustBench dataset, 32.6% on SkyBench, 32.0% on Moor, 52.6% on "
            "Fen and 39.8% on Reed over Crow.",
            "39.8%",
            "change",
        ),
        ("Our winder outperforms open winders by margins more than 13.3% on GustBench.", "13.3%", "change"),
        ("Our winder gives consistent gains, ranging from 39% to 68% across courses.", "39% to 68%", "change"),
        ("Its noise reduction ranges from 15.3% to 75.7% on GustBench.", "15.3% to 75.7%", "change"),
        (
            "It lowers the error by 40 percent over Crow and by greater than 60 percent over Rook.",
            "60 percent",
            "change",
        ),
        ("Our winder averages 94% of fully supervised AUROC on GustBench.", "94%", "change"),
        (r"With the new knot it can reduce variance ($\approx 25\%$) on GustBench.", r"25\%", "change"),
        (r"Our winder does best, improving to R\textsuperscript{2} = 0.925 on GustBench.", "0.925", "value"),
        ("Our winder beats Crow by 41.8%/20.6% on GustBench and Rook by 10.2%/11.6%.", "20.6%", "change"),
        ("Its performance decreases in storms, with a DSC of 0.33 on GustBench.", "0.33", "value"),
        ("It reaches 51.2% and 45.7% on GustBench, only 13.1% and 7.6% higher than Crow.", "13.1%", "change"),
    ],
)
def test_plain_words_beside_a_number_tell_its_kind(text: str, score: str, kind: str) -> None:
    assert {r.score: r.kind for r in fill_paper("Kites in the Wind", text).results}[score] == kind


@pytest.mark.parametrize(("text", "outcomes"), OUTCOMES)
def test_outcomes_are_told_with_their_kind_and_metric(text: str, outcomes: list[tuple[str, str, str | None]]) -> None:
    results = fill_paper("Kites in the Wind", text).results
    assert [(result.score, result.kind) for result in results] == [outcome[:2] for outcome in outcomes]
    for result, (_, _, metric) in zip(results, outcomes, strict=True):  # better none than a false one
        told = result.metric
        assert metric is None or told is None or metric in told or told in metric


@pytest.mark.parametrize(("text", "measured"), LISTS_AND_PHRASES)
def test_the_metric_of_each_outcome_is_told(text: str, measured: list[tuple[str, str | None]]) -> None:
    results = fill_paper("Kites in the Wind", text).results
    assert [(result.score, result.metric) for result in results] == measured


@pytest.mark.parametrize(
    ("text", "scores"),
    [
        ("Our winder reaches an F1 of $0.944 \\pm 0.014$ on GustBench.", ["0.944"]),
        ("Our winder reaches an accuracy of 91.2% ± 0.3% on GustBench.", ["91.2%"]),
        ("Our winder has a mean error of 0.69 +/- 0.28 mm on GustBench.", ["0.69 +/- 0.28 mm"]),
        ("Our winder reduces the FID from \\textbf{10.16 to 9.05} on GustBench.", ["10.16", "9.05"]),
        ("We see gains from 2% to 5% in accuracy.", ["2% to 5%"]),
        ("We see gains from 25% to 40% in throughput.", ["25% to 40%"]),
        ("Our winder reduces false alarms by 91% (225 to 20) compared to Crow.", ["91%", "225", "20"]),
        ("Our winder beats Crow with a score of 3 to 1 on GustBench.", ["3 to 1"]),
        ("Our winder improves accuracy by 2.1 ± 0.3 points on GustBench.", ["2.1"]),
        (
            "Our winder improves over Crow on GustQA (69.6% to 73.3% Hits@1) and SkyB2 (39.8% to 48.7% Hits@1).",
            ["69.6%", "73.3%", "39.8%", "48.7%"],
        ),
    ],
)
def test_a_score_is_one_number_with_its_unit(text: str, scores: list[str]) -> None:
    assert [result.score for result in fill_paper("Kites in the Wind", text).results] == scores


@pytest.mark.parametrize("listed", ["$,5", " /5", ", 5%", "$, $5"])
def test_a_long_list_of_numbers_is_read_at_once(listed: str) -> None:
    text = f"Our winder reaches an accuracy of 81%{listed * 40} on GustBench."
    assert fill_paper("Kites in the Wind", text).results


def test_what_follows_a_score_is_its_deviation() -> None:
    (result,) = fill_paper("Kites in the Wind", "Our winder reaches an F1 of 88.4 ± 0.3 on GustBench.").results
    assert (result.score, result.deviation) == ("88.4", 0.3)


@pytest.mark.parametrize(("sure", "further"), [(0.85, [("line tension", 0.85)]), (0.79, [])])
def test_what_outcomes_are_surely_measured_in_is_a_metric_of_the_paper(
    sure: float, further: list[tuple[str, float]]
) -> None:
    text = "reduces the line tension by 21%"
    quantity = read_quantities(text)[0]
    result = Result(score="21%", kind="change", metric="line tension", evidence=text)
    found = FoundResult(result, Score(quantity.start, quantity.end, quantity, "change", 0.9), {"metric": sure}, {})
    assert further_metrics(["F1"], [found]) == further
    assert further_metrics(["tension"], [found]) == []
