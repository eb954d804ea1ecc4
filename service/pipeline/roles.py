"""The parts that people and bodies play in a meeting or a report: who organised, wrote, chaired.

A question asks for one by a verb or a noun ("Who organised the session?", "¿Quién fue el
relator?"), a report prints it as a label over or before names ("Organizers", "Relatora: …").
"""

import re
from dataclasses import dataclass

from service.records import WORD


@dataclass(frozen=True, slots=True)
class Role:
    """A part that somebody plays.

    Attributes:
        name: What it is called.
        asked: Matches the part of a question that asks for it, in three languages.
        labels: Matches what is printed over or before the names.
        told: Matches words that a sentence has which says who plays it, in English.
        or_else: Name of the role under which they may be listed, if not under this one.
    """

    name: str
    asked: re.Pattern[str]
    labels: re.Pattern[str]
    told: re.Pattern[str]
    or_else: str | None = None


_BEFORE_VERB = (
    r"(?:(?:was|were|is|are|has|have|had|been|be|will|did|does|do|to|the|an?|its|their|also|both"
    r"|meant|supposed|due|going|chosen|acted|served|serves|acts|as|jointly|elected|named|appointed"
    r"|main|lead|principal|session|fue|fueron|es|son|era|eran|ha|han|el|l[ao]s?|foi|foram|são|é|os?"
    r"|le|tocaba|por|sido) ){0,6}"
)
"""What may stand between who is asked for and what they do."""

_WHO = (
    r"(?:\b(?:who|by whom|qui[eé]n(?:es)?|quem)\b"
    r"|\b(?:which|what|qu[eé]|que|quais|cu[aá]les) (?:[^\W\d_]+ )??"
    r"(?:organi[sz]ations?|institutions?|agenc(?:y|ies)|bod(?:y|ies)|people|persons?|donors?"
    r"|partners?|entit(?:y|ies)|organizaci(?:ón|ones)|instituci(?:ón|ones)|entidad(?:es)?"
    r"|personas?|organizaç(?:ão|ões)|instituiç(?:ão|ões)|entidades?|pessoas?))"
)
_SAY = (
    r"(?:tell|say|know|list|show|state|mention|identify|specify|explain|remember)s?|known|find out"
    r"|see|name|clear|said|tell (?:me|us)|d[ií](?:me|game|ganos)|decir(?:me|nos)?|sab(?:er|es?)"
    r"|diga(?:-me|-nos)?|dizer(?:-me|-nos)?"
)
_BEGINS = (
    r"(?:(?:\A|[.?!:;,(–—]| -(?= ))[\s\"“¿¡]*"
    rf"|\b(?:and|but|or|so|then|also|y|e|o|ou|pero|mas|by|from|of|por|{_SAY}) ¿?)"
    r"(?:(?:and|but|so|then|y|e|in|at|on|of|for|from|with|to|a|de|por|para|con|com|em|en) )?"
)
"""What stands before "who" where it asks, and not in "people who": nothing, a mark, "and", "by"."""

_ASKS_MORE = re.compile(
    r"\b(?:what|which|how|when|where|why|qu[eé]|c[oó]mo|cu[aá]ndo|d[oó]nde|quando|onde)\b",
    re.IGNORECASE,
)
"""Before who is asked for, what else is: "What came of the session, and who wrote it down?"."""

_BEHIND_COMMA = re.compile(r",\s*(?:who|qui[eé]n|quem)", re.IGNORECASE)
_YES_OR_NO = re.compile(
    r"(?:\A|[.?!] )\W*(?:do|does|did|is|are|was|were|has|have|had|can|could|will|would|should|may"
    r"|must)\b[^.?!]*\Z",
    re.IGNORECASE,
)
"""Before a comma, what is asked is not who: "Do migrants, who speak the language, earn more?"."""

_QUALIFIERS = (
    r"(?:main|lead|principal|chief|senior|general|session|project|meeting|workshop|event|panel"
    r"|report|co|peer|guest|keynote|joint|vice-chair)"
)
"""What may stand before the noun on a label; with other words it is one of something else."""
_RELATIVE = re.compile(r"\b(?:who|qui[eé]n(?:es)?|quem)\b[^,.;:?!]*\Z", re.IGNORECASE)
"""Before "and who", which goes on from it: "Do those who came and who stayed earn more?"."""


_AT_MEETING = (
    r"(?=[,.;:?!]|\Z| (?:at|in|on|about|for|during|from|to|of|with|before|after|first|last|next"
    r"|there|then|under|via|en|de|del|sobre|por|con|durante|ante|al|em|n[ao]s?|com|a)\b)"
)
"""What stands behind "spoke" where somebody did so to others, and not a language."""

_NAME_THEM = r"\b(?:name|list|names of|nombres? de|nomes? d[aeo]s?)(?: all)?(?: of)?"


def _role(
    name: str,
    *,
    nouns: str,
    told: str,
    verbs: str = "",
    labels: str = "",
    or_else: str | None = None,
) -> Role:
    """Return a role.

    Args:
        name: What it is called.
        nouns: What they are called in questions and on labels.
        told: Parts of words that say so in a sentence.
        verbs: What they do, as a pattern; also with what they do it to ("took the minutes").
        labels: What else stands on labels.
        or_else: As in `Role`.
    """
    done = "|".join(filter(None, (verbs, nouns)))
    asked = (
        rf"{_BEGINS}{_WHO},? {_BEFORE_VERB}(?:co-?)?(?:{done})\b"
        rf"|{_NAME_THEM} {_BEFORE_VERB}(?:co-?)?(?:{nouns})\b"
    )
    printed = "|".join(filter(None, (nouns, labels)))
    label = (
        rf"\A(?:{_QUALIFIERS} ){{0,2}}(?:{_QUALIFIERS}-(?:cum-)?)?(?:{printed})"
        r"(?: (?:and|&|y|e) [^\W\d_]+){0,2}(?: (?:of|de|del|d[ao]s?) .{1,30})?\Z"
    )
    return Role(
        name,
        re.compile(asked, re.IGNORECASE),
        re.compile(label, re.IGNORECASE),
        re.compile(told, re.IGNORECASE),
        or_else,
    )


ROLES = (
    _role(
        "rapporteur",
        verbs=r"(?:took|takes?|kept|keeps?|wrote|writes?|drafted)(?: (?:up|down))? (?:the )?minutes"
        r"|(?:tom[óo]|toma|redact[óo]|levant[óo]) (?:el |las? )?(?:actas?|notas)|relat[óo]"
        r"|(?:redigiu|lavrou|fez) a ata|relatou",
        nouns=r"rapporteurs?|note[- ]?takers?|relator[ae]?s?|relatoría",
        labels=r"rapporteurship|minutes(?: (?:taken )?by)?|relatoria|acta|ata",
        told=r"rapporteur|minutes|note[- ]?taker|relator|report",
    ),
    _role(
        "vice-chair",
        nouns=r"(?:vice|deputy)[- ](?:chair(?:s|person|persons|man|men|woman)?|presidents?)"
        r"|vicepresident[ae]s?|vice-presidentes?",
        told=r"(?:vice|deputy)[- ]?(?:chair|president)",
    ),
    _role(
        "chair",
        verbs=r"chair(?:ed|s)?|presid(?:ed|es)(?: over)?|presid(?:e|i[óou]|iram|ieron)",
        nouns=r"chair(?:s|person|persons|man|men|woman|women)?|presidents?|president[ae]s?",
        labels=r"chaired by|presidencia|presidência|presid[ei]d[ao] por",
        told=r"\bchair|presid|\bhead|\blead|\bled\b|moderat|facilitat",
        or_else="moderator",
    ),
    _role(
        "moderator",
        verbs=r"moderat(?:ed|es)|facilitat(?:ed|es)|mediated|moder(?:a|ó|aron|ou|aram)"
        r"|facilit(?:a|ó|aron|ou|aram)|medi(?:ou|aram)",
        nouns=r"moderators?|facilitators?|moderador[ae]?s?|facilitador[ae]?s?|mediador[ae]?s?",
        labels=r"(?:moderated|facilitated) by|moderaci[oó]n|moderação|modera|facilita",
        told=r"moderat|facilitat|mediat|\blead|\bled\b|steer|guid|conduct|chair",
    ),
    _role(
        "speaker",
        verbs=rf"(?:speaks?|spoke|spoken|speaking){_AT_MEETING}"
        r"|gave (?:a |the )?(?:talks?|speech(?:es)?|keynotes?|presentations?)"
        rf"|(?:habl(?:ó|aron)|fal(?:ou|aram)){_AT_MEETING}",
        nouns=r"(?:keynote )?speakers?|panel+ists?|ponentes?|orador[ae]?s?|panelistas?"
        r"|palestrantes?",
        labels=r"delivered by",
        told=r"spoke|speak|speech|talk|panel|present|deliver|keynote|statement|address|lectur|remark"
        r"|particip|attend",
        or_else="participant",
    ),
    _role(
        "editor",
        verbs=r"edit(?:ed|s)|edit(?:ó|aron|ou|aram)",
        nouns=r"editors?|editor[ae]s",
        labels=r"edited by|edición|edição",
        told=r"\bedit",
    ),
    _role(
        "author",
        verbs=r"writes?|wrote|written|writing|authored|draft(?:ed|s)|prepar(?:ed|es)|penned"
        r"|escrib(?:ió|ieron)|redact(?:ó|aron)|elabor(?:ó|aron|ou|aram)|prepar(?:ó|aron|ou|aram)"
        r"|escrev(?:eu|eram)|redig(?:iu|iram)",
        nouns=r"authors?|writers?|autor[ae]?s?",
        labels=r"(?:written|prepared|drafted|authored) by|autoría|autoria|redacción|redação"
        r"|(?:escrito|elaborado|preparado|redactado|redigido) por",
        told=r"author|writ|wrote|draft|prepar|\bpen(?:ned)?\b|publi|produc|develop|report by",
    ),
    _role(
        "funder",
        verbs=r"fund(?:ed|s)|financ(?:ed|es)|pa(?:id|ys?) for|sponsor(?:ed|s)|bankroll(?:ed|s)"
        r"|(?:put|puts) up the money for|financ(?:ia|ió|iaron|iou|iaram)|patrocin(?:a|ó|ou|aram)"
        r"|pag(?:ó|aron|ou|aram)",
        nouns=r"funders?|donors?|sponsors?|financiador[ae]?s?|donantes?|doador[ae]?s?"
        r"|patrocinador[ae]?s?",
        labels=r"(?:funded|financed|sponsored) by|(?:funding|financial) (?:partners?|support)"
        r"|financiado por|financiamiento|financiación|financiamento|apoyo financiero"
        r"|apoio financeiro",
        told=r"fund|financ|donor|donat|grant|\bpa(?:y|id)|spons|budget|money|support|back(?:ed|s|ing)"
        r"|contribut|invest|resourc|cost|expens|subsid|bear|\bcover|charg|\bbill|\btax|\bloan|\baward"
        r"|\b(?:USD|EUR|dollars?|euros?|pesos?)\b|[$€£]",
    ),
    _role(
        "translator",
        verbs=r"translat(?:ed|es)|interpret(?:ed|s)|tradu(?:jo|jeron|ziu|ziram)|interpret(?:ó|ou)",
        nouns=r"translators?|interpreters?|traductor[ae]?s?|tradutor[ae]?s?|intérpretes?",
        labels=r"translat(?:ed by|ion)|traducción|tradução|(?:traducido|traduzido) por"
        r"|interpretation",
        told=r"translat|interpret|language|version",
    ),
    _role(
        "designer",
        verbs=r"designed the (?:layout|cover)(?: of)?|laid out|photographed|illustrated"
        r"|diagram(?:ó|ou)|fotograf(?:ió|ou)",
        nouns=r"(?:graphic )?designers?|photographers?|illustrators?|fotógraf[ao]s?"
        r"|diseñador[ae]?s?",
        labels=r"design(?: and layout)?|layout|photo(?:s|graphs|graphy)?(?: by)?|(?:designed) by"
        r"|diseño|diagramación|diagramação|projeto gráfico|fotografía|fotografias?",
        told=r"design|layout|photo|illustrat",
    ),
    _role(
        "reviewer",
        verbs=r"(?:peer[- ])?reviewed|revis(?:ó|aron|ou|aram)",
        nouns=r"(?:peer[- ])?reviewers?|revisor[ae]?s?",
        labels=r"(?:peer[- ])?reviewed by|revisi[oó]n|revisão|revisado por",
        told=r"review|comment|feedback|thank|expert|revis|check|\bread\b",
    ),
    _role(
        "coordinator",
        verbs=r"coordinat(?:ed|es)|coordin(?:a|ó|aron)|coorden(?:a|ou|aram)",
        nouns=r"(?:project )?coordinators?|coordinador[ae]?s?|coordenador[ae]?s?",
        labels=r"coordinated by|coordinación|coordenação",
        told=r"coordinat|\bled\b|lead|head|direct|manag|in charge|responsib|steer|oversee|govern"
        r"|\brun|\btask",
    ),
    _role(
        "participant",
        verbs=r"(?:took|takes?) part|participat(?:ed|es)|attend(?:ed|s)|represented"
        r"|particip(?:ó|aron|ou|aram)|asisti(?:ó|eron)|represent(?:ó|aron|ou|aram)",
        nouns=r"participants?|attendees?|participantes|asistentes",
        labels=r"list of participants|(?:lista|relação) de participantes",
        told=r"particip|part in|attend|represent|includ|join|present|member|brought|gather|expert",
    ),
    _role(
        "organiser",
        verbs=r"organi[sz](?:ed|es)|hosted|conven(?:ed|es)|put on|puts on|(?:put|puts) together"
        r"|arranged|organiz(?:a|ó|an|aron|ou|am|aram)|convoc(?:a|ó|aron|ou|aram)"
        r"|(?:realiz|promov)(?:ou|eu|aram|eram)|organizada?s?",
        nouns=r"organi[sz]ers?|conven[eo]rs?|organizador[ae]?s?|anfitri(?:ón|ones|ã|ão|ões)",
        labels=r"(?:co-?)?(?:organi[sz]ed|hosted|convened) (?:jointly )?by|(?:co-?)?hosts?"
        r"|organiza[nm]?|convocan?|organizad[ao] por|realização",
        told=r"organi[sz]|host|conven|arrang|\bheld\b|\bled\b|\blead|coordinat|initiat|joint"
        r"|put (?:on|together)|collaborat|partner",
    ),
    _role(
        "caterer",
        verbs=r"cater(?:ed|s)(?: for)?",
        nouns=r"caterers?",
        labels=r"catering(?: by)?",
        told=r"cater|\bfood|\bmeal|lunch|dinner|coffee|refreshment|\bserve",
    ),
    _role(
        "contact",
        nouns=r"contact (?:persons?|points?)|contacts?|contactos?|contatos?"
        r"|personas? de contacto|focal points?",
        labels=r"contact (?:details|information)",
        told=r"contact|focal|@",
    ),
)
"""The roles; the first whose words a question has is asked for."""

_LABEL = re.compile(r"(?:[-•–▪*·] ?)?(?P<label>[^:|]{3,60}?) ?(?:(?P<stop>[:|])|$)")
_BY = re.compile(
    r"(?P<label>[^\W\d_]+(?: [^\W\d_]+){0,2}? (?:by|por))(?= (?-i:[A-ZÀ-Þ]))", re.IGNORECASE
)
_MOST_WORDS = 5
"""Words of a label at most: ``Rapporteur of the session``."""


@dataclass(frozen=True, slots=True)
class Label:
    """A line that begins with what somebody does: ``Facilitator: …``, ``Organizers``.

    Attributes:
        roles: The roles it is for, perhaps several: ``Authors and editors``.
        is_bare: Whether the names stand below it, and none in it.
        has_stop: Whether a colon or a cell's end sets it off.
    """

    roles: frozenset[str]
    is_bare: bool
    has_stop: bool


_ASKS_FOR_ANY = re.compile(rf"{_BEGINS}{_WHO}|{_NAME_THEM}", re.IGNORECASE)
_ASKS_WHO_DID = re.compile(rf"{_BEGINS}{_WHO}(?:,? {_BEFORE_VERB}[\w-]+)?", re.IGNORECASE)


def asked_role(text: str) -> tuple[Role, re.Match[str]] | None:
    """Return the role that a question asks for, and with which of its words.

    `None` if it asks for none, or for something else before it.
    """
    if not _ASKS_FOR_ANY.search(text):
        return None
    for role in ROLES:
        if found := _asking(role.asked, text):
            return role, found
    return None


def who_did(text: str) -> re.Match[str] | None:
    """Return with which words a question asks who did something, whatever it is.

    `None` if it does not, or asks for something else before it.
    """
    return _asking(_ASKS_WHO_DID, text)


def _asking(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """Return the first words of a question that match, if they ask, and nothing does before."""
    found = pattern.search(text)
    if found is None or _ASKS_MORE.search(text, 0, found.start()):
        return None
    before = text[: found.start()]
    is_aside = _BEHIND_COMMA.match(found[0]) and _YES_OR_NO.search(before)
    goes_on = found[0][0].isalpha() and _RELATIVE.search(before)
    return None if is_aside or goes_on else found


def label_of(text: str) -> Label | None:
    """Return the label that a line begins with, or ``None``."""
    line = " ".join(text.split())
    found = _BY.match(line) or _LABEL.match(line)
    if found is None or len(WORD.findall(found["label"])) > _MOST_WORDS:
        return None
    roles = [role for role in ROLES if role.labels.search(found["label"])]
    names = {role.name for role in roles}
    if "vice-chair" in names:
        names.discard("chair")
    if not names:
        return None
    stop = found.groupdict().get("stop")
    is_bare = not line[found.end() :].strip(" :|")
    return Label(frozenset(names), is_bare, stop is not None)
