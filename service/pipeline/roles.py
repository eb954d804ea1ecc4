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
    r"|as|le|tocaba|por|sido) ){0,6}"
)
"""What may stand between who is asked for and what they do."""

_WHO = (
    r"(?:\b(?:who|by whom|qui[eé]n(?:es)?|quem)\b"
    r"|\b(?:which|what|qu[eé]|que|quais|cu[aá]les) (?:[^\W\d_]+ )??"
    r"(?:organi[sz]ations?|institutions?|agenc(?:y|ies)|bod(?:y|ies)|people|persons?|donors?"
    r"|partners?|entit(?:y|ies)|organizaci(?:ón|ones)|instituci(?:ón|ones)|entidad(?:es)?"
    r"|personas?|organizaç(?:ão|ões)|instituiç(?:ão|ões)|entidades?|pessoas?))"
)
_QUALIFIERS = (
    r"(?:main|lead|principal|chief|senior|general|session|project|meeting|workshop|event|panel"
    r"|report|co|peer|guest|keynote|joint|vice-chair)"
)
"""What may stand before the noun on a label; with other words it is one of something else."""

_NAME_THEM = r"\b(?:name|list|names of|nombres? de|nomes? d[aeo]s?)(?: all)?(?: of)?"


def _role(
    name: str, *, verbs: str, nouns: str, labels: str, told: str, or_else: str | None = None
) -> Role:
    """Return a role.

    Args:
        name: What it is called.
        verbs: What they do, as a pattern; also with what they do it to ("took the minutes").
        nouns: What they are called in questions and on labels.
        labels: What else stands on labels.
        told: Parts of words that say so in a sentence.
        or_else: As in `Role`.
    """
    asked = rf"{_WHO},? {_BEFORE_VERB}(?:co-?)?(?:{verbs}|{nouns})\b"
    if nouns:
        asked += rf"|{_NAME_THEM} {_BEFORE_VERB}(?:co-?)?(?:{nouns})\b"
    label = (
        rf"\A(?:{_QUALIFIERS} ){{0,2}}(?:{_QUALIFIERS}-(?:cum-)?)?(?:{nouns}|{labels})"
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
        verbs=r"(?!)",
        nouns=r"(?:vice|deputy)[- ](?:chair(?:s|person|persons|man|men|woman)?|presidents?)"
        r"|vicepresident[ae]s?|vice-presidentes?",
        labels=r"(?!)",
        told=r"(?:vice|deputy)[- ]?(?:chair|president)",
    ),
    _role(
        "chair",
        verbs=r"chair(?:ed|s)?|presid(?:ed|es)(?: over)?|presid(?:e|i[óou]|iram|ieron)",
        nouns=r"chair(?:s|person|persons|man|men|woman|women)?|presidents?|president[ae]s?",
        labels=r"chaired by|presidencia|presidência|presid[ei]d[ao] por",
        told=r"\bchair|presid|\bhead|\bl[eo]a?d",
        or_else="moderator",
    ),
    _role(
        "moderator",
        verbs=r"moderat(?:ed|es)|facilitat(?:ed|es)|mediated|moder(?:a|ó|aron|ou|aram)"
        r"|facilit(?:a|ó|aron|ou|aram)|medi(?:ou|aram)",
        nouns=r"moderators?|facilitators?|moderador[ae]?s?|facilitador[ae]?s?|mediador[ae]?s?",
        labels=r"(?:moderated|facilitated) by|moderaci[oó]n|moderação|modera|facilita",
        told=r"moderat|facilitat|mediat|\bl[eo]a?d|steer|guid|conduct|chair",
    ),
    _role(
        "speaker",
        verbs=r"sp[oe]a?ke?s?|gave (?:a |the )?(?:talks?|speech(?:es)?|keynotes?|presentations?)"
        r"|habl(?:ó|aron)|fal(?:ou|aram)",
        nouns=r"(?:keynote )?speakers?|panel+ists?|ponentes?|orador[ae]?s?|panelistas?"
        r"|palestrantes?",
        labels=r"delivered by",
        told=r"spoke|speak|speech|talk|panel|present|deliver|keynote|statement",
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
        verbs=r"wr[oi]te?s?|written|authored|draft(?:ed|s)|prepar(?:ed|es)|penned"
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
        r"|financiado por|financiamiento|financiación|financiamento|(?:apoyo|apoio) financi?ero"
        r"|apoio financeiro",
        told=r"fund|financ|donor|donat|grant|\bpa(?:y|id)|spons|budget|money|support|back(?:ed|s|ing)"
        r"|contribut|invest|resourc|cost|expens|subsid|bear|[$€£]",
    ),
    _role(
        "translator",
        verbs=r"translat(?:ed|es)|interpret(?:ed|s)|tradu(?:jo|jeron|ziu|ziram)|interpret(?:ó|ou)",
        nouns=r"translators?|interpreters?|traductor[ae]?s?|tradutor[ae]?s?|intérpretes?",
        labels=r"translat(?:ed by|ion)|traducción|tradução|(?:traducido|traduzido) por"
        r"|interpretation",
        told=r"translat|interpret",
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
        told=r"review|comment|feedback|thank|expert",
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
        told=r"cater|\bfood|\bmeal|lunch|dinner|coffee",
    ),
    _role(
        "contact",
        verbs=r"(?!)",
        nouns=r"contact (?:persons?|points?)|contacts?|contactos?|contatos?"
        r"|personas? de contacto|focal points?",
        labels=r"contact (?:details|information)|(?!)",
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


def asked_role(text: str) -> tuple[Role, re.Match[str]] | None:
    """Return the role that a question asks for, and with which of its words."""
    for role in ROLES:
        if found := role.asked.search(text):
            return role, found
    return None


_ASKS_WHO = re.compile(_WHO, re.IGNORECASE)
ASKS_WHO_DID = re.compile(rf"{_WHO},? {_BEFORE_VERB}[\w-]+", re.IGNORECASE)
"""Who did something, whatever it is."""


@dataclass(frozen=True, slots=True)
class AskedPerson:
    """Somebody whom an English question asks for, a person or a body.

    Attributes:
        question: The question.
        role: The part that they play; ``None`` if it is none of `ROLES`.
    """

    question: str
    role: Role | None

    def is_of_other_role(self, text: str) -> bool:
        """Tell whether a line has those who play another part than the one asked for.

        ``Rapporteur: …`` answers neither who translated nor who catered.
        """
        label = label_of(text)
        if label is None or (self.role is not None and self.role.name in label.roles):
            return False
        if self.role is not None and self.role.or_else in label.roles:
            return False
        labelled = [role for role in ROLES if role.name in label.roles]
        return not any(role.told.search(self.question) for role in labelled)

    def is_told_by(self, text: str) -> bool:
        """Tell whether a sentence has words for the part; always true if it is none of ours."""
        return self.role is None or self.role.told.search(text) is not None


def asked_person(english: str, text: str) -> AskedPerson | None:
    """Return whom a question asks for, or ``None`` if it asks for nobody.

    Args:
        english: The question in English.
        text: In its own language.
    """
    if not _ASKS_WHO.search(english):
        return None
    return AskedPerson(english, role_asked_for(english, text))


def role_asked_for(english: str, text: str) -> Role | None:
    """Return the role that a question asks for, in English or in its own language.

    "¿Quiénes revisaron la guía?" is translated by "Who checked the guide?".
    """
    asked = asked_role(english) or asked_role(text)
    return asked[0] if asked else None


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
