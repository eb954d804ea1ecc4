"""The words by which a follow-up is known, in each language; `follow_ups` tells what they do."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FollowUpWords:
    """The words of one language.

    Attributes:
        opening: Begins a question that goes on from the one before.
        fragment: Turns a topic into a follow-up: "what about".
        preposition: Stands before a place, a year or a group.
        pronoun: Stands for a thing or for people named before.
        plural: Those of `pronoun` that stand for several.
        empty_pronoun: Pronouns that stand for nothing: "is it possible".
        clause: Begins a clause, whose pronouns may stand for a noun of the clause before.
        object_clause: Begins a clause that tells what somebody knows, says, does or wants, or is a
            noun right before one without an opening: "the money it got".
        general_noun: "the city", "that programme": names by its kind what was named before.
        definition: Asks what a word means, so that one word is enough.
        open_subject: Asks for people reached, or what was done, and may leave out by what or to
            what: "How many people benefited?", "¿Dónde se probó?".
        no_subject: Has a verb in the singular and nothing that it is said of: "¿Cuántos actores
            reúne?"; English has no such questions.
    """

    opening: re.Pattern[str]
    fragment: re.Pattern[str]
    preposition: re.Pattern[str]
    pronoun: re.Pattern[str]
    plural: re.Pattern[str]
    empty_pronoun: re.Pattern[str]
    clause: re.Pattern[str]
    object_clause: re.Pattern[str]
    general_noun: re.Pattern[str]
    definition: re.Pattern[str]
    open_subject: re.Pattern[str]
    no_subject: re.Pattern[str] | None = None


def pattern(expression: str) -> re.Pattern[str]:
    """Compile an expression in which capitals do not count."""
    return re.compile(expression, re.IGNORECASE)


def _kinds(determiners: str, nouns: str, *, not_before: str, pointed: str) -> re.Pattern[str]:
    """Match a determiner and a noun that names a kind, unless what follows says which one.

    Some nouns, as an expression with what points at them, are matched behind that alone.
    """
    return pattern(
        rf"\b(?:{'|'.join(determiners.split(','))}) (?:{'|'.join(nouns.split())})\b"
        rf"(?! (?:{'|'.join(not_before.split())})\b)|\b{pointed}\b"
    )


def _without_subject(
    asking: str, *, not_verbs: str, lasting: str, prepositions: str
) -> re.Pattern[str]:
    """Match a whole question whose verb nothing in it is the subject of.

    Its noun stands in the plural and its verb in the singular, with nothing or a preposition behind
    it; or it asks how long or since when, and has no article that would open a subject.
    """
    behind = rf"(?: (?:{'|'.join(prepositions.split())}) .*)?"
    return pattern(
        rf"(?:{asking}) (?:\w+s ){{1,2}}(?!(?:{'|'.join(not_verbs.split())})\b)"
        rf"\w+[^\W\dmnrs]{behind}"
        rf"|(?!.* (?:el|la|los|las|una?|o|os|as|uma?)\b)(?:{lasting})\w*\b(?! \w+[aei]r\b).*"
    )


FOLLOW_UP_WORDS = {
    "en": FollowUpWords(
        opening=pattern(r"(?:and|but|so|or|then|also)\b[\s,]*"),
        fragment=pattern(r"(?:what|how) about\b\s*|same (?:for|in)\b\s*"),
        preposition=pattern(
            r"(?:in|for|of|from|at|by|with|among|between|since|until|before|after)\b\s*"
        ),
        pronoun=pattern(
            r"\b(?:it|its|they|them|their|theirs|he|him|his|she|her|hers|this|these|those"
            r"(?! (?:who|that|with|without|living|in|from))|else)\b"
            r"|\bthat(?=\s*(?:[?.!]|$))|\bone(?=\s+for\b|\s*$)"
            r"|^(?:(?:how|why|when|where|who|what) )?"
            r"(?:is|was|does|did|do|has|can|could|would) that\b"
            r"|(?<!is )(?<!are )(?<!was )(?<!were )\bthere(?=\s*(?:[?.!]|$))"
        ),
        plural=pattern(r"they|them|their|theirs|these|those"),
        empty_pronoun=pattern(
            r"\b(?:is|was|be|makes?|finds?) it (?:that|possible|true|legal|illegal|important"
            r"|necessary|common|hard|easy|difficult|better|worth(?= \w+ing\b)|allowed|right|safe)\b"
            r"|\bit (?:is|was|takes?|means?) (?:\w+ )?(?:to|for|that)\b"
            r"|\bdoes it (?:take|mean|matter) (?:for|to|that|when|if)\b"
            r"|\b(?:is|was) it (?-i:[A-ZÀ-Þ])[\w’'-]+ (?:that|who|which)\b"
            r"|\bthis (?:year|report|guide|corpus)\b"
        ),
        clause=pattern(
            r"\b(?:that|when|if|because|while|whether|before|after|until|once|where|who|which|and|or"
            r"|but|as|so|how|what|why)\b|,"
        ),
        object_clause=pattern(
            r" (?:that|what|which|whether|who|how|why|if|because|so)\b| (?:the|an?) \w+ $"
        ),
        general_noun=_kinds(
            "the,that,this,such a,these,those",
            "programmes? programs? projects? city cities town country scheme plan policy law fund"
            " model initiative measures? partners? subsidy shelters? area region authors?"
            " households? examples? findings results",
            not_before="of for in that which to on from",
            pointed=r"(?:that|this|these|those) (?:networks?|councils?)",
        ),
        definition=pattern(
            r"(?:what (?:is|are|was|were|does)|who (?:is|are|was|were)|define|tell me)\b"
        ),
        open_subject=pattern(
            r"how many (?:people|persons|families|households|women|children)\b"
            r"(?! (?:(?:are|were|become) (?:displaced|homeless|undocumented|stateless)"
            r"|(?:e|im)?migrate|flee|fled)\b)"
            r"|how many \w+ (?:took part|joined|benefit(?:t?ed)?|participated|signed up)\b"
        ),
    ),
    "es": FollowUpWords(
        opening=pattern(r"(?:y|e|pero|entonces|también)\b[\s,]*"),
        fragment=pattern(r"(?:qué (?:pasa con|hay de|tal)|cómo es con)\b\s*"),
        preposition=pattern(
            r"(?:(?:antes |después )?del?|en|para|desde|hasta|tras|con|entre|por|a)\b\s*"
        ),
        pronoun=pattern(
            r"\b(?:eso|esto|ello|aquello|ellos|ellas|ella|él|allí|allá|ahí|su|sus|les|lo(?! que\b)"
            r"|es[aeo]s?|est[ae]s?(?= \w+[^n\W]\b)|aquell[oa]s?)\b"
        ),
        plural=pattern(r"ellos|ellas|les|su|sus"),
        empty_pronoun=pattern(r"\b(?:est[ae] (?:año|informe|guía))\b|\bpor eso\b"),
        clause=pattern(r"\b(?:que|cuando|si|porque|mientras|donde|quien|y|o|pero|como)\b|,"),
        object_clause=pattern(r" (?:que|qué|si|quién|cómo|porque|por qué)\b"),
        general_noun=_kinds(
            "el,la,ese,esa,los,las",
            "programas? proyectos? ciudad país plan política ley fondo modelo iniciativa medidas?"
            " socios subsidio albergues?",
            not_before="de del para en que a",
            pointed=r"(?:es[ae]|esos|esas) (?:red(?:es)?|consejos?)",
        ),
        definition=pattern(r"(?:qué (?:es|son|era|significa)|quién(?:es)? (?:es|son))\b"),
        open_subject=pattern(
            r"(?:a )?cuánt[oa]s (?:personas|familias|hogares|mujeres)\b"
            r"(?! (?:(?:son|están|fueron) (?:desplazad|apátrid)[oa]s|(?:e|in)?migran|huyen)\b)"
            r"|cuánt[oa]s \w+ (?:participa|se benefici)\w+"
            r"|(?:dónde|cuándo|cómo|por qué) (?:se \w+|fue(?:ron)?|han? sido)\b"
        ),
        no_subject=_without_subject(
            "(?:(?:con|en|a|de|por|para|sobre) )?(?:cuánt[oa]s|qué|cuáles)",
            not_verbs="hay había hubo habrá existe",
            lasting="cuánto (?:tard|dur|demor)|cuándo (?:empez|empiez|comenz|comienz)",
            prepositions="en por para a al con desde",
        ),
    ),
    "pt": FollowUpWords(
        opening=pattern(r"(?:e|mas|então|também)\b[\s,]*"),
        fragment=pattern(r"(?:e )?(?:quanto a[os]?|que tal)\b\s*"),
        preposition=pattern(
            r"(?:(?:antes |depois )?d[eoa]s?|em|n[oa]s?|para|desde|até|após|com|entre|por)\b\s*"
        ),
        pronoun=pattern(
            r"\b(?:isso|isto|aquilo|disso|nisso|el[ea]s?|nel[ea]s?|del[ea]s?|lá|ali|seus?|suas?|ess[ea]s?"
            r"|dess[ea]s?|ness[ea]s?)\b"
        ),
        plural=pattern(r"eles|elas|deles|delas|seus?|suas?"),
        empty_pronoun=pattern(r"\b(?:est[ae] (?:ano|relatório|guia))\b|\bpor isso\b"),
        clause=pattern(r"\b(?:que|quando|se|porque|enquanto|onde|quem|e|ou|mas|como)\b|,"),
        object_clause=pattern(r" (?:que|se|quem|como|porque|por que)\b"),
        general_noun=_kinds(
            "o,a,esse,essa,os,as",
            "programas? projetos? cidade país plano política lei fundo modelo iniciativa medidas?"
            " parceiros subsídio abrigos?",
            not_before="de do da para em que",
            pointed=r"ess[ae]s? (?:redes?|conselhos?)",
        ),
        definition=pattern(r"(?:o que (?:é|são|era|significa)|quem (?:é|são))\b"),
        open_subject=pattern(
            r"quantas (?:pessoas|famílias|mulheres)\b"
            r"(?! (?:(?:são|estão|foram) (?:deslocad|apátrid)[oa]s|(?:e|i)?migram|fogem)\b)"
            r"|quant[oa]s \w+ (?:participa|se benefici)\w+"
            r"|(?:onde|quando|como|por que) (?:se \w+|foi|foram)\b"
        ),
        no_subject=_without_subject(
            "(?:(?:com|em|a|de|por|para|sobre) )?(?:quant[oa]s|que|quais)",
            not_verbs="há havia houve haverá existe",
            lasting="quanto (?:tempo )?(?:tard|dur|demor|lev)|quando (?:começ|inici)",
            prepositions="em no na por para a ao com desde",
        ),
    ),
}
"""The words of each language."""

_LANGUAGE_NAMES = {
    "en": "english|inglés|ingles|inglês",
    "es": "spanish|español|espanol|castellano|espanhol",
    "pt": "portuguese|portugués|portugues|português",
}
LANGUAGE_WISH = {
    language: pattern(
        r"(?:and |now |y |e |ahora |agora )?(?:(?:please|por favor)[, ]+)?"
        r"(?:(?:can|could|would) you |(?:puede[s]?|podría[s]?|pode|poderia) )?"
        r"(?:(?:please|por favor) )?"
        r"(?:(?:say|answer|repeat|translate|give|write|tell me|decir|responder|repetir|traducir"
        r"|dizer|traduzir|respond[ea]|repit[ea]|traduc[ei]|dilo|dígalo|diga)\w*\s*"
        r"(?:that|it|this|me|eso|isso|lo)?\s*)?"
        rf"(?:again |de nuevo )?(?:in|into|en|al|em|para o|no)\s+(?:{names})"
        r"(?:[, ]+(?:please|por favor|again))?"
    )
    for language, names in _LANGUAGE_NAMES.items()
}
"""For each language of an answer, how it is asked for, in whatever language."""

TOPIC_QUESTION = {
    "en": pattern(
        r"(?:what|who) (?P<verb>is|are|was|were) (?P<topic>.+ (?:that|which|who) .+|.+?)"
        r"(?: (?:(?:all|mostly|mainly|really) )?"
        r"(?:about|for|like|called|(?:known|used) for|made of))?"
    ),
    "es": pattern(r"(?:qué|quién(?:es)?) (?P<verb>es|son|era|eran) (?P<topic>.+)"),
    "pt": pattern(r"(?:o que|quem) (?P<verb>é|são|era|eram) (?P<topic>.+)"),
}
"""A question about what something is, and what is asked about."""

TOPIC_SUBJECT = pattern(
    r"(?:what|how|why|when|where|which \w+) (?P<verb>do|does) (?P<topic>the .+?)"
    r" (?:do|say|set (?:out|up)|pay|give|cover|provide|contain|include|mean|bring|ask|require"
    r"|regulate|propose|recommend|promise|apply|have)\b.*"
)
"""An English question about what a thing does, and the thing: "What does the charter set out?"."""

TOPIC_PRONOUN = {
    "en": (
        pattern(
            r"\bit\b|\b(?:this|that)$"
            r"|(?:(?<=\bis )|(?<=\bwas )|(?<=\bdoes )|(?<=\bdid ))(?:this|that)\b"
        ),
        pattern(r"\bthe(?:y|m)\b"),
    ),
    "es": (pattern(r"\b(?:eso|esto|ello)\b"), pattern(r"\b(?:ellos|ellas)\b")),
    "pt": (pattern(r"\b(?:ele|ela|isso|isto)\b"), pattern(r"\b(?:eles|elas)\b")),
}
"""Pronouns for which that may stand: for one thing, for several."""

PLURAL_VERBS = frozenset(("are", "were", "do", "son", "eran", "são", "eram"))
"""Verbs of a topic that is several things."""
