r"""The commands of TeX that stand for one sign each, in text and within `\ensuremath`."""

from __future__ import annotations

__all__ = ["SIGNS"]

_TEXT = {
    "textgreater": ">", "textless": "<", "textasciitilde": "~", "textasciicircum": "^", "textbackslash": "\\",
    "textbar": "|", "textbraceleft": "{", "textbraceright": "}", "textunderscore": "_", "textdollar": "$",
    "textquotesingle": "'", "textquoteleft": "‘", "textquoteright": "’", "textquotedblleft": "“",
    "textquotedblright": "”", "textendash": "–", "textemdash": "—", "textellipsis": "…", "textbullet": "•",
    "textperiodcentered": "·", "textdegree": "°", "textmu": "µ", "texttimes": "×", "textdiv": "÷", "textpm": "±",
    "textminus": "−", "textregistered": "®", "texttrademark": "™", "textcopyright": "©", "textsection": "§",
    "textparagraph": "¶", "textdagger": "†", "textdaggerdbl": "‡", "texteuro": "€", "textsterling": "£",
    "textyen": "¥", "textcent": "¢", "textperthousand": "‰", "textordmasculine": "º", "textordfeminine": "ª",
    "textonehalf": "½", "textonequarter": "¼", "textthreequarters": "¾", "textonesuperior": "¹",
    "texttwosuperior": "²", "textthreesuperior": "³", "textexclamdown": "¡", "textquestiondown": "¿",
    "textlangle": "⟨", "textrangle": "⟩", "textrightarrow": "→", "textleftarrow": "←", "textalpha": "α",
    "textbeta": "β", "textgamma": "γ", "textdelta": "δ", "textkappa": "κ", "textlambda": "λ", "textomega": "ω",
    "guillemotleft": "«", "guillemotright": "»", "guilsinglleft": "‹", "guilsinglright": "›", "quotedblbase": "„",
    "quotesinglbase": "‚", "euro": "€", "pounds": "£", "copyright": "©", "dag": "†", "ddag": "‡", "ldots": "…",
    "dots": "…", "cdots": "⋯", "slash": "/", "backslash": "\\",
}  # fmt: skip
_GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε", "zeta": "ζ", "eta": "η",
    "theta": "θ", "vartheta": "ϑ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ",
    "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "upsilon": "υ", "phi": "φ", "varphi": "φ", "chi": "χ",
    "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π",
    "Sigma": "Σ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω",
}  # fmt: skip
_MATHS = {
    "pm": "±", "mp": "∓", "times": "×", "div": "÷", "cdot": "·", "leq": "≤", "geq": "≥", "le": "≤", "ge": "≥",
    "lt": "<", "gt": ">", "ll": "≪", "gg": "≫", "neq": "≠", "ne": "≠", "sim": "∼", "simeq": "≃", "approx": "≈",
    "equiv": "≡", "propto": "∝", "infty": "∞", "partial": "∂", "to": "→", "rightarrow": "→", "leftarrow": "←",
    "leftrightarrow": "↔", "Rightarrow": "⇒", "circ": "°", "degree": "°", "in": "∈", "ast": "∗", "star": "⋆",
    "bullet": "•", "prime": "′", "ell": "ℓ", "langle": "⟨", "rangle": "⟩", "mid": "∣", "cup": "∪", "cap": "∩",
    "subset": "⊂", "forall": "∀", "exists": "∃", "nabla": "∇", "sum": "∑", "prod": "∏", "int": "∫",
}  # fmt: skip
SIGNS = _TEXT | _GREEK | _MATHS
"""The sign of each command, named without its backslash."""
