"""The shape of names: CamelCase, ACRONYMS, hyphens and digits, runs of capitalised words."""

from __future__ import annotations

import re
from functools import lru_cache

from ..patterns import regex
from .wordlists import words

__all__ = [
    "NAME",
    "PARENTHESISED",
    "is_acronym_of",
    "is_count_or_machine",
    "is_distinctive",
    "is_foreign_model",
    "is_generic",
    "is_shaped",
]

_TOKEN = (
    r"(?:[A-Z]\w*+|[a-z]{1,8}+[A-Z]\w*+|\d{1,2}+[A-Z][a-z]\w*+)(?:[-/+'’$]\w++|(?<=\d)\.\d\w*+){0,6}"
    r"(?:\^?\{?\+{1,2}\}?)?"
)
NAME = rf"{_TOKEN}(?: {_TOKEN}){{0,5}}"
"""Regular expression of one name, of up to six words."""
PARENTHESISED = regex(r"\((?:\\?[\"'`*]*)([A-Za-z][\w@+/$\\^{}-]{1,24})(?:\\?[\"'*]*)\)")
"""What may be an acronym behind its full name."""

# Acronyms of the field's vocabulary: they name subjects, not this paper's things.
_GENERIC = words(
    """
    AI AGI ML DL RL NLP NLU NLG CV QA VQA LLM LLMs VLM VLMs MLLM MLLMs LMM LMMs LM LMs SLM SLMs PLM PLMs RLHF RLVR
    RLAIF SFT DPO PPO GRPO CoT ICL RAG MoE CNN CNNs RNN RNNs LSTM LSTMs GRU GAN GANs VAE VAEs MLP MLPs GNN GNNs DNN
    DNNs ANN ANNs SNN SNNs ViT ViTs SVM GPU GPUs CPU CPUs TPU API APIs SOTA OOD IID KL SGD MDP MDPs POMDP MCTS MTL
    CL IL BC KG KGs KD PEFT LoRA QLoRA AR VR IoT HCI XAI NMT MT ASR TTS NER POS EEG MRI fMRI CT EHR DNA RNA US UK EU
    GDPR IRB COVID-19 STEM RQ RQ1 RQ2 GenAI T2I I2V T2V LRM LRMs SAE SAEs ID 2D 3D 4D DRL MARL HRL ICRL FL SSL BERT
    GPT T5 Transformer Transformers Python PyTorch TensorFlow JAX GitHub HuggingFace Hugging Face arXiv URL PDF HTML
    SQL JSON XML LaTeX OpenAI DeepMind Google Microsoft Meta NVIDIA Apache MIT TODO NeurIPS ICML ICLR ACL EMNLP CVPR
    AAAI IJCAI SSM SSMs PDE PDEs ODE ODEs SDE CI
    """
)
_HYPHENATED = regex(r"[A-Z][a-z]+(?:-[A-Z]?[a-z]+)+")
_FOREIGN_MODEL = regex(
    r"(?:GPT|Chat-?GPT|InstructGPT|LLaMA|Llama|LLAMA|CodeLlama|Alpaca|Vicuna|Gemini|Gemma|Claude|Mistral"
    r"|Mixtral|Qwen|QwQ|DeepSeek|PaLM|Phi|OPT"
    r"|BLOOM|Falcon|Pythia|OLMo|BERT|RoBERTa|DeBERTa|ALBERT|XLNet|BART|FLAN|Flan|ResNet|VGG|EfficientNet"
    r"|MobileNet|ViT|CLIP|BLIP|LLaVA|DALL"
    r"|Stable ?Diffusion|SDXL|FLUX|Whisper|wav2vec|AlexNet|DQN|Rainbow|AlphaGo|AlphaZero|MuZero|Dreamer|o1"
    r"|o3|Codex|Kimi|Grok|Adam|ReLU"
    r"|Bard|InternVL|InternLM|MAML|OpenAI)(?![a-z])",
)


_COUNT = regex(r"\d[\d.,]*\s?[KMBTkmb]?%?")
_MACHINE = regex(
    r"(?:(?:NVIDIA|Nvidia|AMD|Intel|Google|Apple|Tesla|GeForce|Quadro|Jetson|Xeon|Cloud|single|GPUs?|CPUs?|TPUs?|RTX"
    r"|GTX)\s)*"
    r"(?:[AVHPTBLK]\d{2,3}(?:-\w+)?|(?:RTX|GTX|MI|GB)\s?-?\d{3,4}\s?(?:Ti|SUPER)?|TPU(?:[ -]?v\d\w*)?|Titan\s(?:Xp?|V"
    r"|RTX)|TITAN\s(?:Xp?|V|RTX)"
    r"|Jetson(?:\s\w+)*|Xeon(?:\s\w+)*|Raspberry\sPi(?:\s\d\w?)?|Snapdragon(?:\s\d+)?|i[3579]-\w+"
    r"|\d{4}(?:\s?Ti)?)(?:\s(?:GPUs?|CPUs?|TPUs?))?"
    r"|(?:(?:NVIDIA|Nvidia)\s)?(?:GeForce|GTX|RTX|Tesla|Quadro)(?:\s(?:GTX|RTX|GPUs?))?|GPUs?|CPUs?|TPUs?|FPGAs?"
)


@lru_cache(maxsize=20_000)
def is_count_or_machine(name: str) -> bool:
    """Whether a name is only a number ("28.3M") or the hardware that something ran on ("GPU V100", "RTX 4090")."""
    return _COUNT.fullmatch(name) is not None or _MACHINE.fullmatch(name) is not None


@lru_cache(maxsize=20_000)
def is_shaped(name: str) -> bool:
    """Whether a word of the name shows by its letters that it is one: `GroundUp`, `BOSS`, `L2P`, `Bridge V2`."""
    return not name.islower() and any(map(_is_shaped_word, name.split(" ")))


def is_distinctive(name: str) -> bool:
    """Whether a name is of several capitalised words or of one that is shaped; not a word of everybody's."""
    if name in _GENERIC or len(name) < 2:
        return False
    return " " in name or is_shaped(name)


def is_generic(name: str) -> bool:
    """Whether a name is an acronym of everybody's: `LLM`, `GPU`."""
    return name in _GENERIC or name.removesuffix("s") in _GENERIC


@lru_cache(maxsize=20_000)
def is_foreign_model(name: str) -> bool:
    """Whether a name begins as that of a well-known model or component that others made."""
    return _FOREIGN_MODEL.match(name) is not None


def is_acronym_of(acronym: str, before: str) -> bool:
    """Whether the words in front of a parenthesis can have given their letters to it.

    The capitals must occur in order in the last words, the first of them at the start of a word.
    """
    letters = [c.lower() for c in acronym if c.isupper()]
    if not letters or len(acronym) < 2 or {acronym, acronym.removesuffix("s")} & _GENERIC:
        return False
    last = re.split(r"[\s-]+", before.lower().strip())[-2 * len(letters) - 2 :]
    starts = [i for i, word in enumerate(last) if word[:1] == letters[0]]
    return any(_in_order(letters, " ".join(last[i:])) for i in starts)


def _in_order(letters: list[str], text: str) -> bool:
    position = 0
    for letter in letters:
        position = text.find(letter, position) + 1
        if not position:
            return False
    return True


def _is_shaped_word(word: str) -> bool:
    """CamelCase, two capitals, or a capital and a digit."""
    word = word.removesuffix("s")
    first, _, rest = word.partition("-")
    if word in _GENERIC or (first in _GENERIC and rest.islower()) or (rest and _HYPHENATED.fullmatch(word)):
        return False
    capitals = sum(map(str.isupper, word))
    return capitals > 1 or (capitals == 1 and (word[0].islower() or any(map(str.isdigit, word))))
