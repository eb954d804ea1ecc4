"""Tells sentences on what is planned or possible where a question asks for what came about.

"How many people were prosecuted?" is not answered by "prosecution is planned", nor "Has the fee
been waived?" by "a waiver was promised".
"""

import re
from enum import Enum, auto
from functools import lru_cache

_PARTICIPLE = (
    r"(?:(?!need|breed|speed|seed|feed|exceed|succeed|proceed)[a-z]{2,}ed|been|become|begun|born"
    r"|bought|brought|built|come|cut|done|drawn|driven|drunk|eaten|fallen|felt|fled|found|given|gone"
    r"|got|gotten|grown|had|heard|held|hit|kept|known|laid|learnt|led|left|lent|lost|made|met"
    r"|paid|put|read|risen|run|seen|sent|set|shown|sold|spent|spoken|spread|stood|sworn|taken|taught"
    r"|told|thought|won|written)"
)
_HAS = rf"ha(?:ve|s)(?: (?:not|ever|never|yet|already|since|now|also|[a-z]+ly))? {_PARTICIPLE}"
"""Tells what has come about, as a pattern; "have access" tells what there is."""

_ASKS_WHAT_CAME = re.compile(
    rf"\bhow many\b[^?.,;]*?\b(?:were|was|did|had|{_HAS}"
    r"|(?!need\b)[a-z]{2,}ed|won|got|took|came|went|left|found)\b"
    r"|\bwhat (?:was|were|has been|have been) (?:the|its|their) (?:[a-z]+ )?"
    r"(?:result|outcome|effect|impact|finding|consequence)s?\b"
    r"|\bwhat (?:results?|effects?|impact|outcomes?) (?:did|had|has|have|was|were)\b"
    r"|\bwhat (?:came|became) of\b|\bwhat happened\b|\bhow did [^?.,;]* (?:end|turn out)\b"
    r"|\bcuánt[oa]s\b[^?.,;]*?\b(?:fue(?:ron)?|ha[ns]?|había[ns]?|\w+(?:aron|ieron))\b"
    r"|\b(?:cuál(?:es)?|qué) (?:fue(?:ron)?|ha[ns]? sido) (?:el|los|la|las|sus?) "
    r"(?:resultado|efecto|impacto|consecuencia)s?\b"
    r"|\bqué (?:resultados?|efectos?|impacto) (?:tuv|dio|ha)\w*|\bqué pasó\b"
    r"|\bquant[oa]s\b[^?.,;]*?\b(?:foi|foram|h[áa]via|tinham?|\w+(?:aram|eram|iram))\b"
    r"|\b(?:qual|quais|o que) (?:foi|foram) [oa]s? (?:resultado|efeito|impacto|consequência)s?\b"
    r"|\bque (?:resultados?|efeitos?|impacto) (?:teve|tiveram|deu)\b|\bo que aconteceu\b",
    re.IGNORECASE,
)
_DID = re.compile(
    r"[¿“\"(]*(?:(?:and|but|so) )?(?:did|was|were|has|have|had"
    r"|(?:se |ya )?(?:ha[ns]?|hubo|fue(?:ron)?)|(?:já )?(?:foi|foram|houve))\b",
    re.IGNORECASE,
)
"""Opens a question whether something came about."""

_ANNOUNCED = (
    r"\b(?:is|are|was|were|being|has been|have been)(?: also| now| being)? "
    r"(?:planned|proposed|expected|envisaged|foreseen|intended|promised|considered|scheduled"
    r"|to be [a-z]+)\b"
    r"|\b(?:plans?|intends?|aims?|hopes?|wants?|proposes?|seeks?|expects?|promis(?:es?|ed)|planned"
    r"|proposed|hoped|intended|wanted) to\b"
    r"|\bunder (?:consideration|discussion|way)\b"
    r"|\b(?:se prev[ée]n?|(?:está|están|estaba|estaban) previst[oa]s?|se planean?|se propone"
    r"|se prometió)\b"
    r"|\b(?:prevê-se|(?:está|estão|estava) previst[oa]s?|planeja[mr]?|pretendem?|propõe-se)\b"
)
_POSSIBLE = (
    r"\b(?:will|shall|would|could|should|may|might|can)(?: also| now| then)?(?: be [a-z]+)?\b"
    r"|\b(?:podrían?|deberían?|puede[n]?|debe[n]?|van? a|\w+(?:ará|erá|irá|arán|erán|irán))\b"
    r"|\b(?:poderá|poderão|poderiam?|deverá|deverão|deveriam?|podem?|devem?|vai|vão"
    r"|\w+(?:arão|erão|irão))\b"
)
_IS_ANNOUNCED = re.compile(_ANNOUNCED, re.IGNORECASE)
_PLANS = re.compile(f"{_ANNOUNCED}|{_POSSIBLE}", re.IGNORECASE)
_ASKS_FOR_PLANS = re.compile(
    r"\b(?:plan(?:ned|s)?|proposed|promised|expected|envisaged|foreseen|intended|considered"
    r"|scheduled|announced|previst[oa]s?|propuest[oa]s?|propost[oa]s?|prometid[oa]s?)\b",
    re.IGNORECASE,
)
_CAME = re.compile(
    r"\b(?:was|were|had|did|has|have|became|began|brought|built|came|drew|fell|found|gave|got|grew"
    r"|held|kept|led|left|lost|made|met|paid|put|ran|rose|said|saw|sent|set|sold|spent|stood|took"
    r"|went|won|wrote"
    r"|(?!need|breed|speed|seed|feed|exceed|succeed|proceed|indeed)[a-z]{3,}ed"
    r"|fue|fueron|ha|han|había|habían|hubo|\w{2,}(?:aron|ieron)|\w{2,}ó"
    r"|foi|foram|houve|tinha|tinham|\w{2,}(?:aram|iram|ou|eu|iu))\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?]\s|[.!?]\Z")
_N_QUESTIONS = 64
"""Questions that are kept: each is asked of a dozen sentences."""

_FIGURE = re.compile(r"\d")


def is_only_planned(question: str, sentence: str) -> bool:
    """Tell whether what came about is asked for and a sentence says what is planned or possible.

    A sentence that also says what came about, or has a figure, is none. Whether something came
    about may be told of an event that was still to come when the report was written ("The forum
    will be a part of the summit"); so there, only plans and promises count.

    Args:
        question: In any of our languages.
        sentence: In the same language.
    """
    wanted = _asked_for(question)
    if wanted is None or _FIGURE.search(sentence):
        return False
    rest, n_plans = _PLANS.subn(" ", sentence)
    if not n_plans or _CAME.search(rest):
        return False
    return wanted is _Wanted.WHAT_CAME or _IS_ANNOUNCED.search(sentence) is not None


class _Wanted(Enum):
    WHAT_CAME = auto()
    WHETHER = auto()


@lru_cache(maxsize=_N_QUESTIONS)
def _asked_for(question: str) -> _Wanted | None:
    """Return whether a question asks what came about or whether; ``None`` if for neither."""
    asked = _last_sentence(question)
    if _PLANS.search(asked) or _ASKS_FOR_PLANS.search(asked):
        return None
    if _ASKS_WHAT_CAME.search(asked):
        return _Wanted.WHAT_CAME
    return _Wanted.WHETHER if _DID.match(asked) else None


def _last_sentence(question: str) -> str:
    """Return what is asked, without the situation before it."""
    sentences = (part.strip() for part in _SENTENCE_END.split(question))
    return next(filter(None, [*sentences][::-1]), "")
