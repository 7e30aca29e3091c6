"""How long validator and offline model take over hostile texts, in seconds of processor time.

The validator reads a quarter, a half and one million characters: where the time is linear each step doubles it; the
last column is the growth from the first to the last, 4.0 if linear. The offline model reads 10,000 characters, the best
of three.
"""

from __future__ import annotations

import time

from absextract import Abstract, validate
from absextract.extractors.builtin.fill import fill_paper

SIZES = (250_000, 500_000, 1_000_000)
PIECES = (
    "1", "(", "$", "https://github.com/a/b ", "{", "\\", "a", " ", "-", "1 ", "1-", "1/", "1,", "1.", "10% ", "one ",
    "by ", "1. A ", "A 1 B 2 ", "Alpha and Beta ", "https://a.b/\n", "\\'",
)  # fmt: skip
OFFLINE = (
    "F1 of 91.3% ", "12.3% on MNIST, ", "12.3 and 4.5 on A and B, ", "GPT-4 86.4%, Llama 3 70B 82.0%, ",
    "A vs B 3.2x, ", "We reach 91.3% accuracy on MNIST. ", "word error rate (WER) of 3.2%, ", "AUC 0.9 ", "FID 3.2 ",
    "LPIPS 0.1 ", "R@1 ", "EM/F1 of 1/2 ", "accuracies of 1%, 2%, 3% and 4% on A, B, C and D ", "over A by 3%, ",
    "3 dB ", "3M ", "300 K ", "12 ", "(1) A ", "3-D ", "R ", "A+B ", "MAE ", "Ω ", "Ｆ１ ", "1-", "😀",
    "https://github.com/a/b ", "MNIST, CIFAR-10 and COCO, ", "准确率为91.3%, ", "(95% CI 1.2-3.4) ",
)  # fmt: skip
RESULT = {"score": "1", "kind": "value", "metric": "A", "dataset": "Alpha", "method": "a", "evidence": "1"}
EXTRACTION = {
    "tasks": ["image classification"],
    "methods": ["Kite"],
    "datasets": ["Alpha", "Beta"],
    "results": [RESULT, {**RESULT, "metric": "B", "dataset": "Beta", "method": "b"}],
    "links": [{"url": "https://github.com/a/b", "kind": "code"}],
    "code_url": "https://github.com/a/b",
}


def seconds(text: str) -> float:
    """The time of one validation."""
    began = time.process_time()
    validate(EXTRACTION, Abstract(title="", abstract=text))
    return time.process_time() - began


def offline_seconds(text: str) -> float:
    """The time of one offline extraction."""
    began = time.process_time()
    fill_paper("", text)
    return time.process_time() - began


def main() -> None:
    """Prints one line a kind of text."""
    print(f"{'text of nothing but':26s}" + "".join(f"{size:>12,d}" for size in SIZES) + f"{'growth':>9s}")
    for piece in PIECES:
        times = [seconds((piece * (size // len(piece) + 1))[:size]) for size in SIZES]
        print(f"{piece!r:26s}" + "".join(f"{t:11.2f}s" for t in times) + f"{times[-1] / times[0]:9.1f}")
    fill_paper("", "We reach 91.3% accuracy on MNIST.")  # loads the weights
    print("\nthe offline model, 10,000 characters")
    for piece in OFFLINE:
        text = (piece * 10_000)[:10_000]
        print(f"{piece!r:52s}{min(offline_seconds(text) for _ in range(3)):7.2f}s")


if __name__ == "__main__":
    main()
