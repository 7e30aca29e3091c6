"""Percentages that say how much of the data was used, or under which condition, and not how well something worked."""

from __future__ import annotations

import re

from ..patterns import regex

__all__ = ["is_condition", "is_share"]

_SHARE_BEFORE = regex(
    r"(?:\b(?:(?<!agree )(?<!agrees )(?<!agreement )(?<!consistent )(?<!overlap )(?<!match )with|using|use[sd]?|given"
    r"|under"
    r"|requir(?:es?|ed|ing)|need(?:s|ed|ing)?|updat(?:es|ing)|(?:fine-?)?tun(?:es|ing)|(?:from|access to) (?:only"
    r"|just|merely)"
    r"|(?:(?:pre-?|re-?|fine-?)?(?:train|tun)(?:s|ed|ing)?|learn(?:s|ed|ing|t)?|fitted|distilled|supervised)"
    r"(?: [\w-]+){0,3}? (?:on|from|with))"
    r"(?: (?:only|just|merely|as (?:few|little) as|less than|fewer than|about|around|roughly|approximately|at most"
    r"|up to"
    r"|an?|the|another|random|randomly chosen|on|with))*)"
    r" ?[~$<≤]*(?:\d[\d.]*\s?\\?%\$?(?:,|,? and|,? or|/| to|-|–) ?\$?)*$",
    re.IGNORECASE,
)
_MATERIAL = (
    r"(?:data(?:sets?)?|(?:training|train) (?:set|split)|samples?|examples?|labels?|annotations?|images?|instances?"
    r"|supervision"
    r"|subset|corpus|pool|pixels|frames|clips|param(?:eter)?s?|weights?|sentences|documents|utterances"
    r"|training pairs|recordings)"
)
_SHARE_BEHIND = regex(
    r"(?:\$?(?:,|,? and|,? or|/| to|-|–) ?(?:just |only )?\$?\d[\d.]*+\s?\\?%)*+\$?"
    r"[ -](?:of )?(?:the |its |their |all |our )?(?!more\b|fewer\b|less\b)(?:(?!more\b|fewer\b|less\b|extra\b"
    r"|additional\b|accura)[\w-]+ ){0,3}?"
    rf"{_MATERIAL}\b(?! (?:being |are |were |is |was )?(?:mis|wrong|incorrect|correct|fail|classif|solved|efficien"
    rf"|overlap|reduction|saving))"
)
# "only 10% of the labels", "when 30% of labels are available", "on 10% of the training set", and not "wrong on 3% of …"
_PART_BEFORE = regex(
    r"\b(?:(?:only|just|merely)(?: about| around)?|(?:even )?(?:when|where|if)(?: only| just| as little as)?"
    r"|on(?: only| just)?"
    r"|mask(?:s|ed|ing)?(?: out)?) ?[~$<≤]*$"
)
_PART_BEHIND = regex(
    r"\$?\s(?:of\s)?(?:(?:the|its|their|all|our|available)\s)?(?:original\s|full\s|total\s)?(?:[A-Z][\w-]*\s)?"
    r"(?:training\s(?:set|data|images|examples|samples|labels)|train\s(?:set|split)|labels|annotations|labell?ed\s\w+"
    r"|supervision|demonstrations|corpus|pool|annotated\s\w+|(?:image\s)?patches"
    r"|input tokens)\b(?!\s(?:being\s|are\s|were\s|is\s|was\s)?(?:mis"
    r"|wrong|incorrect|correct|fail|error|nois|flip))"
)
_ERRING_BEFORE = regex(
    r"\b(?:err|fail|wrong|mis|disagree|agree|differ|correct|match|chang|flip|corrupt|fix"
    r"|remov|reduc|sav|predict"
    r"|classif|annotat|label|recover|cover|improv|reject|find|found|solv|reach|win|won"
    r"|prefer)\w*(?:\s[\w-]+){0,4}\s[~$]*$"
)
_LABELED = regex(
    r"\$?[\s-](?:labell?(?:ed)?|annotated|annotation|supervision|training)[\s-](?:data|samples|examples"
    r"|images|instances"
    r"|regimes?|settings?|splits?|subsets?|budgets?|sets?|tokens)\b"
    r"|\$?(?:,? (?:and|or) \d[\d.]*\\?%)?[\s-](?:(?:semi-supervised|low-data|low-shot"
    r"|few-label)\s)?(?:splits?|settings?|regimes?|protocols?)\b|\$?[\s-](?:subset|random sample) of\b"
)
_SURENESS_BEHIND = regex(
    r"\$?[\s-]{0,2}(?:CIs?\b|C\.[IL]\.|CL\b|CrIs?\b|HP?DIs?\b|HPD\b|intervals?\b|limits of agreement"
    r"|(?:confidence|credible|credibility)\s(?:intervals?|levels?|bounds?|regions?))"
)
_SURENESS_BEFORE = regex(
    r"\b(?:[Cc]onfidence|[Cc]redible)\s(?:intervals?|levels?|bounds?|limits?)\s(?:at|of)\s(?:the\s)?[~$]*$"
)
_SPARSITY_BEHIND = regex(r"\$?\s(?:[a-z]+\s)?(?:sparsity|pruning|masking|dropout)\b")
_MISSING_BEHIND = regex(
    r"\$?\s(?:of\s)?(?:the\s)?(?:randomly\s)?(?:missing|masked|corrupted|noisy|flipped|occluded|hidden)\s"
    r"(?:values?|data|entries|labels?|pixels|features|inputs?|samples|observations)\b"
    r"|\$?\s(?:of\s)?(?:the\s)?(?:values?|data|entries|labels?|pixels|features|inputs?|samples"
    r"|observations|annotations)\s"
    r"(?:is\s|are\s|were\s)?(?:randomly\s)?(?:missing|masked|corrupted|noisy|flipped|occluded|hidden|wrong)\b"
)
_SPLIT_REACH, _NEAR = 100, 60
_CLAUSE_END = regex(r"[.;:!?]\s|,\s(?=[a-z])|\b(?:while|and|but|whereas|when|if)\s")
_WITH = regex(r"\b(?:with|at|under|despite|when|if|where)(?: an?| only| about| up to)? ?[~$]*$", re.IGNORECASE)
_AT = regex(r"\b(?:at|under)(?: an?| only| about| up to)? ?[~$]*$", re.IGNORECASE)
# "a dropout of 20%", "with a masking ratio of 15%"; "at a sparsity of 90%", and not "reaches a sparsity of 90%"
_SET_BEFORE = regex(
    r"(?:\b(?:dropout|mask(?:ing)?|mixing|replacement|subsampling|undersampling|contamination"
    r"|corruption|mutation|dilution"
    r"|(?:labell?ing|annotation|label)(?= (?:rate|ratio|budget|fraction)))"
    r"(?: (?:rates?|ratios?|levels?|budgets?|probabilit(?:y|ies)|fractions?))?"
    r"|\b(?:at|with|under|given|despite) (?:an? |the )?(?:[\w-]+ )?(?:noise|sparsity|pruning|sampling"
    r"|missing|missingness|imbalance"
    r"|occlusion|label|labell?ing)"
    r"(?: (?:rates?|ratios?|levels?|fractions?))?)"
    r" ?(?:of|=|:|at) ?[~$]*$"
    r"|\b[Dd]ropout [~$]*$"
)
_RATE_BEHIND = regex(
    r"\$?[\s-](?:mask(?:ing)?|dropout|pruning|sampling|labell?ing|annotation|noise|corruption|sparsity|supervision)\s"
    r"(?:rates?|ratios?|budgets?|levels?|fractions?|probabilit(?:y|ies))\b"
)
_NOISE_BEHIND = regex(r"\$?\s(?:of\s)?(?:[a-z]+\s)?(?:(?:label\s)?noise|corruption|occlusion|missing(?:ness)?)\b")
_PART_OF_SPLIT = (
    r"(?:(?:model )?(?:train|develop|calibrat|deriv|fit)(?:ing|ment|ation|ion)?|test(?:ing)?"
    r"|validat(?:ion|ing)|dev|evaluation"
    r"|held-?out)\b"
)
# "split into 70% training, 10% validation and 20% test data", "80% of the data were used for training"
_SPLITTING = regex(
    r"\b(?:split|divid|partition|separat|ratios?\b|reserv|allocat|held[ -]out|hold(?:ing)? out|set aside|went into"
    r"|of (?:the |all |our )?(?:[\w-]+ )?(?:data(?:set)?|samples|images|patients|cases|records|recordings|corpus"
    r"|observations) (?:was|were|is|are|for|served)\b"
    r"|of (?:the |all |our )?(?:[\w-]+ ){1,3}?(?:(?:was|were|is|are) )?"
    r"(?:served|used|kept|chosen|selected) (?:for|as|to)\b)",
    re.IGNORECASE,
)
_SPLIT_BEHIND = regex(
    r"\$?\)?[\s-](?:of (?:the |all |our )?(?:[\w-]+ ){1,3}?(?=was |were |is |are |served |went |for |as ))?"
    r"(?:(?:was|were|is|are|being|went) )?(?:(?:randomly )?(?:served|used|reserved|set aside|allocated|kept|held out"
    r"|selected|chosen) )?"
    rf"(?:(?:for|as|to|into) (?:the )?)?{_PART_OF_SPLIT}(?! (?:accura|error|loss|F1|AUC))"
    r"|\$?\s?[/:]\s?\d[\d.]*\s?\\?%"
)
_IN_RATIO_BEFORE = regex(
    r"\b(?:split|divid|partition|separat)[^.;]{0,100}\b(?:ratios?|proportions?) of "
    r"(?:\d[\d.]*\s?\\?%?\s?(?:and|to|[:/,])\s?){0,2}[~$]*$",
    re.IGNORECASE,
)
_PART_BEFORE_BRACKET = regex(rf"\b{_PART_OF_SPLIT}(?: (?:set|data|part|subset|sample)s?)? \($")
_SECOND_OF_SPLIT = regex(r"\d[\d.]*\s?\\?%\s?[/:]\s?$")
# "500 images (2% of the dataset)", "a tenth (10%) of the training examples"
_OF_MATERIAL = regex(
    r"(?:\$?,? (?:and|or)? ?\d[\d.]*\s?\\?%)*\$?\)?\s(?:of\s)?(?:(?:the|all|its|our|their|available"
    r"|original|full)\s){0,2}"
    r"(?!(?:more|fewer|less|extra|additional|higher|lower)\b)(?:[\w-]+\s)??"
    r"(?:data(?:set)?|labels?|annotations|samples|examples|images|instances|sentences|documents"
    r"|utterances|recordings|transcripts"
    r"|frames|clips|patches|tokens|pixels|nodes|edges|sensors|channels|views|features|corpus|pool|logs"
    r"|records|pairs|demonstrations|supervision"
    r"|(?:training|test|train)\s(?:set|data|split))\b"
)
_USING_BEFORE = regex(
    r"(?:\b(?:with|us(?:e|es|ed|ing)|on|from|of|given|under|only|just|merely|than|at|to|into|by|for"
    r"|(?:need|requir|train|fine-?tun|sampl|select|keep|kept|hold|held|see|seen|observ|updat|mask|random)\w*)"
    r"(?: (?:only|just|merely|about|around|roughly|as few as|as little as|a|an|the|another|random|on|with|out|less than"
    r"|fewer than|at most|up to))*|^|[(,])\s?[~$<≤]*$",
    re.IGNORECASE,
)
# What is done well or badly to a part of it is an outcome: "detects 92% of the samples", "12% of the labels are wrong"
_JUDGING_BEFORE = regex(
    r"\b(?:achiev|accept|agree|answer|attain|avoid|captur|catch|caught|chang|classif|compress|contain"
    r"|correct|cover|cut|decreas|detect"
    r"|differ|disagree|discard|discover|eliminat|err|exceed|explain|expos|fail|filter|find|fix|flag"
    r"|flip|found|generat|hit|identif"
    r"|improv|increas|label|lack|leak|locat|los[et]|lower|match|memori|mis|right|wrong|outperform|over"
    r"|pass|predict|prefer|produc|prun|reach|recogni"
    r"|recover|reduc|reject|remov|repair|reproduc|resolv|retriev|sav|skip|solv|succeed|surpass"
    r"|transcrib|translat|understand|win|won"
    r"|account|compris|constitut|consist|only half|affect|accura|precision|recall|error|rate|show"
    r"|reveal|report|estimat)"
    r"\w*(?:\s[\w-]+){0,4}\s?[~$(]*$",
    re.IGNORECASE,
)
_JUDGED_BEHIND = regex(
    r"(?:\s(?:being|are|were|is|was|can be|could be|can|could|have|had|has|that|which|in|with"
    r"|from))?(?:\s\w+ly)?\s(?:been\s)?"
    r"(?:mis|wrong|incorrect|correct|fail|classif|detect|solved|efficien|overlap|reduction|saving"
    r"|accura|contain|improv|nois|error|err|answer"
    r"|agree|differ|reject|accept|lack|leak|found|recover|identif|recogni|retriev|predict|suffic|affect"
    r"|duplicat|toxic|bias)"
)
_REMAINING_BEFORE = regex(r"\b(?:[Tt]he (?:remaining|other)|(?:held|hold|holding|left) out) [~$]*$")
_HELD_OUT_BEHIND = regex(r"\$?\s(?:held[ -]out|withheld)\b")
# "with 15% of COCO for training"
_FOR_LEARNING_BEHIND = regex(
    r"\$?\sof\s(?:the\s|all\s|its\s)?(?:[\w-]+\s){1,3}?(?:for|as|during|in)\s(?:\w+\s)?(?:(?:pre-?|fine-?)?(?:train|tun)ing|supervision|adaptation|labels?)\b"
)
_IN_BRACKETS_BEHIND = regex(
    r"\$?(?:\) of (?:the |its |their |all )?(?:available |original |full |total )?(?:training (?:set|data"
    r"|images|examples|samples)"
    r"|labels|annotations|labell?ed \w+)\b"
    r"| of (?:the |its |their |all )?(?:available |original |full |total |entire "
    r"|whole )?(?:training )?(?:data(?:set)?|set|corpus|samples"
    r"|labels|images|examples)\))"
)
_USED_BEFORE = regex(
    r"\b(?:annotat|labell?|us|sampl|select|train|keep|queri|query)(?:e?s|e|ed|ing|l?ed"
    r"|l?ing)?\b[^.;:%]{0,60}\($|\b(?:only|just|merely)\b[^.;:%]{0,40}\($",
    re.IGNORECASE,
)
# "only 0.1% of the parameters are tuned", "we keep 30% of the tokens"
_WEIGHTS_BEHIND = regex(
    r"\$?\s(?:of\s)?(?:(?:the|its|all|our|model|network|trainable|extra|additional|input|visual|image)\s){0,3}"
    r"(?:param(?:eter)?s|weights|neurons|tokens|channels|filters|layers|heads|connections|pixels|frames"
    r"|patches|nodes|edges|features)\b"
)
_TREATED_BEHIND = regex(
    r"[\w\s]{0,60}?\b(?:are|is|were|being) (?:\w+ )?(?:tun|updat|train|kept|retain|us|mask|prun|drop"
    r"|remov|select|fine)\w*"
)
_TREATING_BEFORE = regex(
    r"\b(?:[Kk]eep(?:s|ing)?|[Rr]etain(?:s|ing)?|[Pp]runing|[Dd]ropping|[Mm]asking|[Rr]emoving"
    r"|[Ss]elect(?:s|ing)?|[Uu]pdat(?:es|ing)"
    r"|[Tt]un(?:es|ing)|[Ff]reez(?:es|ing)|[Uu]s(?:es|ing)|[Oo]bserv(?:es|ing))"
    r" (?:(?:only|just|merely|about|up to|the top|around|over) )*[~$]*$"
)
# "the best 10% of the designs", "when 90% of the weights are zero", "By zeroing 15% of the inputs, it …"
_OF_BEHIND = regex(r"\$?\sof\s")
_RANKED_BEFORE = regex(r"\b[Tt]he\s(?:best|worst|top|bottom|first|last|lower|upper|[a-z]{3,}est)\s$")
_IS_BEHIND = regex(r"\$?\sof\s(?:[\w-]+\s){1,4}?(?:is|are|was|were|has|have|had)\s")
_CASE_BEFORE = regex(
    r"\b(?:[Ww]hen|[Ii]f|[Ww]here|[Oo]nce|[Uu]nless|(?:[Bb]ecause|[Ss]ince|[Aa]s|[Tt]hough|[Aa]lthough)(?=\s(?:only|just|merely)\s))"
    r"\s(?:(?:only|just|merely|about|up to|at least)\s)?[~$]*$"
)
_DOING_BEFORE = regex(
    r"(?:\b(?:By|by|After|after|When|Before)\s(?:[a-z]+ly\s)?|(?:^|[.;:]\s)(?=(?:Label|Annotat|Train|Us|Sampl|Keep|Mask|Dropp|Prun|Updat|Tun"
    r"|Remov|Observ|See|Query)))(?!(?:achiev|answer|attain|captur|correct|cover|detect|explain"
    r"|find|identif|improv|increas|lower|match|reach|recover|reduc|sav|solv)[a-z]*\s)"
    r"[A-Za-z][a-z-]*ing\s(?:(?:only|just|merely|about|up to|out|away)\s)*[~$]*$"
)
_ONLY = r"(?:(?:only|just|merely|about|around|up to|as little as|a mere|the|an?|another|random(?:ly)?|roughly)\s)*"
# What learning is from, and what is taken or shown: "supervision on 0.5% of the points", "we select 40% of the tiles"
_LEARNED_FROM_BEFORE = regex(
    r"\b(?:(?:(?:pre|re|fine)-?)?(?:train(?:ed|s|ing)?|tun(?:ed|es|ing)|learn(?:s|ed|t|ing)?|fit(?:s|ted|ting)?|adapt(?:s|ed|ing)?)"
    r"|supervis(?:ed|ion)|label(?:s|l?ed|l?ing)?|annotations?|calibrat(?:ed|ion)|distill?(?:ed|ation)|access|expos(?:ed|ure)|condition(?:ed|ing)|feedback|bootstrapped)"
    rf"\s(?:\w+\s){{0,2}}?(?:on|from|with|to|for|against)\s{_ONLY}[~$]*$",
    re.IGNORECASE,
)
_TAKEN_BEFORE = regex(
    r"\b(?:[Ww]e|[Tt]hen|[Aa]nd)\s(?:[a-z]+ly\s)?(?:select|sample|subsample|withhold|withheld|reserve|draw|pick|choose|chose|use|take"
    r"|annotate|hide|set aside|hold out)(?:e?d)?\s"
    rf"{_ONLY}[~$]*$|\b(?:shown|given|fed|told|provided with|exposed to"
    rf"|(?:who|that|which|having)\s(?:saw|sees?|seen))\s{_ONLY}[~$]*$"
)
_SAMPLED_TO_BEFORE = regex(r"\b(?:[Ss]ub-?|[Dd]own-?)sampl(?:ed|ing)\s(?:[\w-]+\s){0,3}?to\s[~$]*$")
# "an alloy containing 9% nickel", "grown in 10% serum"
_COMPOSED_BEFORE = regex(
    r"\b(?:containing|comprising|(?:enriched|doped|supplemented|fortified|blended|mixed|stained|treated|incubated|washed)\s(?:with|in)"
    r"|(?:dissolved|grown|cultured|diluted)\s(?:in|to|with))\s(?:(?:an?|the|only|about)\s)*[~$]*$"
)
_MASS_BEHIND = regex(r"\s(?!of\b|more\b|less\b|fewer\b|higher\b|lower\b)[a-z]{3,}\b")
# "a quarter of the labels (25%)"
_FRACTION_BEFORE = regex(
    r"\b(?:[Ww]ith|[Uu]sing|[Oo]n|[Ff]rom|[Gg]iven|[Oo]nly|[Jj]ust|[Tt]o)\s(?:an?|one|half)\s(?:\w+\s)?of\s(?:the\s|all\s|its\s|our\s)?"
    r"(?:[\w-]+\s){1,3}\([~$]*$"
)
# "On 72% of the instances our solver is the fastest": with a comma it would be what was given
_PROPORTION_BEFORE = regex(r"(?:^|[.;:]\s)(?:On|In|For)\s$")
_PROPORTION_BEHIND = regex(r"\$?\sof\s(?:[\w-]+\s){1,4}?(?:our|we|it|this)\s")
# "even when the training data is reduced by 10%"
_REDUCED_DATA_BEFORE = regex(
    r"\b(?:train(?:ing)?|label(?:l?ed)?|annotat(?:ed|ion)|supervised)\s(?:data(?:set)?|samples|examples|images|labels|sets?)"
    r"\s(?:(?:is|are|was|were|being)\s)?(?:reduced|cut|decreased|limited|restricted|shrunk)\s(?:by|to)"
    r"\s(?:(?:only|just|merely|up to|about)\s)?[~$]*$"
)
# "the ten experts (0.07% of its 14,848 experts)": how many of all there are
_BRACKETED_SHARE_BEHIND = regex(r"\$?\sof\s(?:all\s|the\s|its\s|our\s|[\w-]+['’]s\s){0,2}\d[\d,]+\s[a-z]")


def is_condition(before: str, behind: str) -> bool:
    """Whether a percentage says under which condition something was measured: "95% CI", "at 80% sparsity".

    Args:
        before: what stands before it.
        behind: what stands behind it.
    """
    if (
        _SURENESS_BEHIND.match(behind)
        or _SURENESS_BEFORE.search(before)
        or (_SPARSITY_BEHIND.match(behind) and _AT.search(before))
    ):
        return True
    if _SET_BEFORE.search(before) or (_RATE_BEHIND.match(behind) and _WITH.search(before)):
        return True
    return bool((_MISSING_BEHIND.match(behind) or _NOISE_BEHIND.match(behind)) and _WITH.search(before))


def is_share(before: str, behind: str) -> bool:
    """Whether a percentage says how much of the data, the labels or the weights was used.

    Args:
        before: what stands before it.
        behind: what stands behind it.
    """
    if _PROPORTION_BEFORE.search(before) and _PROPORTION_BEHIND.match(behind):
        return False
    if _SHARE_BEHIND.match(behind) and _SHARE_BEFORE.search(before):
        return True
    if (
        _REMAINING_BEFORE.search(before)
        or _is_of_part(before, behind)
        or _REDUCED_DATA_BEFORE.search(before)
        or (before.rstrip("~∼≈$").endswith("(") and _BRACKETED_SHARE_BEHIND.match(behind))
        or _HELD_OUT_BEHIND.match(behind)
        or (_FOR_LEARNING_BEHIND.match(behind) and _USING_BEFORE.search(before))
        or _is_of_material(before, behind)
        or _is_part_of_split(before, behind)
        or _is_of_weights(before, behind)
    ):
        return True
    if _IN_BRACKETS_BEHIND.match(behind) and _USED_BEFORE.search(before):
        return True
    used = _LABELED.match(behind) or (_PART_BEHIND.match(behind) and _PART_BEFORE.search(before))
    return bool(used and not _ERRING_BEFORE.search(before))


def _is_of_part(before: str, behind: str) -> bool:
    """Whether it says of which part something is told, or how much was done to it before."""
    near = before[-_NEAR:]
    if _OF_BEHIND.match(behind):
        if _RANKED_BEFORE.search(near) or ("ing " in near and _DOING_BEFORE.search(near)):
            return True
        if _TAKEN_BEFORE.search(near) or _LEARNED_FROM_BEFORE.search(near):
            return True
        return _IS_BEHIND.match(behind) is not None and _CASE_BEFORE.search(near) is not None
    if _SAMPLED_TO_BEFORE.search(near) or (_MASS_BEHIND.match(behind) and _COMPOSED_BEFORE.search(near)):
        return True
    return behind.lstrip("$").startswith(")") and _FRACTION_BEFORE.search(near) is not None


def _is_of_material(before: str, behind: str) -> bool:
    """Whether it is a share of what is learned from, and nothing is said of how that went: "5% of the labels"."""
    material = _OF_MATERIAL.match(behind)
    if material is None or before.endswith(" in ") or not _USING_BEFORE.search(before):
        return False
    return not (_JUDGED_BEHIND.match(behind, material.end()) or _JUDGING_BEFORE.search(_clause(before)))


def _clause(before: str) -> str:
    """What stands before a number in its clause."""
    return _CLAUSE_END.split(before[-_NEAR:])[-1]


def _is_part_of_split(before: str, behind: str) -> bool:
    if _IN_RATIO_BEFORE.search(before):
        return True
    part = _SPLIT_BEHIND.match(behind) or _SECOND_OF_SPLIT.search(before) or _PART_BEFORE_BRACKET.search(before)
    return part is not None and _SPLITTING.search(before[-_SPLIT_REACH:] + "%" + behind[:_SPLIT_REACH]) is not None


def _is_of_weights(before: str, behind: str) -> bool:
    weights = _WEIGHTS_BEHIND.match(behind)
    if weights is None:
        return False
    return bool(_TREATING_BEFORE.search(before) or _TREATED_BEHIND.match(behind, weights.end()))
