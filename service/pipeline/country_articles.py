"""Articles of countries, and how sentences say where: "in the Netherlands", "no Brasil"."""

import re

from babel import Locale

_SHORT = {
    "en": {
        "CD": "Democratic Republic of the Congo",
        "CG": "Republic of the Congo",
        "HK": "Hong Kong",
        "MM": "Myanmar",
        "MO": "Macao",
        "TR": "Turkey",
    },
    "es": {"HK": "Hong Kong", "MM": "Myanmar", "MO": "Macao"},
    "pt": {
        "CD": "República Democrática do Congo",
        "HK": "Hong Kong",
        "MM": "Mianmar",
        "MO": "Macau",
    },
}
"""Names as sentences have them, where the table of names gives them as lists do."""

_WITH_THE = re.compile(
    r"(?:United |Netherlands$|Philippines$|Bahamas$|Gambia$|Maldives$|Comoros$|Seychelles$|Vatican"
    r"|Isle |Congo|(?:[\w’.&-]+ ){1,3}(?:Republic|Islands|Territories|Territory|Lands)$"
    r"|(?:Democratic )?Republic of )"
)
_WITHOUT_ARTICLE = re.compile(
    r"(?:Andorra|Angola|Anguila|Antígua|Aruba|Barbados|Bangladesh|Belize|Bermudas|"
    r"Botsuana|Burquina|Cabo Verde|Ceuta|Chipre|Singapura|Cuba|Curaçao|Djibuti|"
    r"Dominica|El Salvador|Fiji|Gana|Gibraltar|Granada|Guadalupe|Guam|Guernsey|"
    r"Honduras|Hong Kong|Israel|Jersey|Quiribati|Kosovo|Liechtenstein|Luxemburgo|"
    r"Macau|Madagascar|Malta|Marrocos|Martinica|Maurício|Mayotte|Mianmar|Moçambique|"
    r"Mônaco|Montserrat|Nauru|Niue|Omã|Palau|Portugal|Porto Rico|Ruanda|Samoa|"
    r"San Marino|Santa |São |Serra Leoa|Taiwan|Timor|Tonga|Trinidad|Tuvalu|Vanuatu|"
    r"Wallis)"
)
_MASCULINE = re.compile(r"(?:Camboja|Irã|Quênia|Saara|Vietnã)\b")
_FEMININE = re.compile(r"(?:[\w-]*[aã]|Cidade|Guiné|Papua|Reunião)\b")
_PLURAL = {
    "nos": re.compile(r"(?:Estados|Emirados|Países|Territórios)\b"),
    "nas": re.compile(r"(?:Bahamas|Comores|Filipinas|Ilhas|Maldivas|Nações|Seicheles|Terras)\b"),
}


def takes_the(name: str) -> bool:
    """Tell whether a country's English name has an article: the Philippines, the United States."""
    return _WITH_THE.match(name) is not None


def _country_in(code: str, language: str) -> str | None:
    """Return a country's name as sentences in one of our languages have it, without article."""
    return _SHORT[language].get(code) or Locale(language).territories.get(code)


def in_country(code: str, language: str) -> str | None:
    """Return where something happens that happens in a country; ``None`` for no country's code.

    Args:
        code: ISO 3166-1 alpha-2.
        language: One of ours.
    """
    name = _country_in(code, language)
    if name is None:
        return None
    if language == "pt":
        return f"{_within(name)} {name}"
    return f"{'in' if language == 'en' else 'en'} {_with_article(name, language)}"


def with_article(code: str, language: str) -> str | None:
    """Return a country's name with its article, "the Netherlands"; ``None`` for no such code."""
    name = _country_in(code, language)
    return None if name is None else _with_article(name, language)


def _with_article(name: str, language: str) -> str:
    """Return a name with its article; Spanish ones go without."""
    if language == "pt":
        return f"{_within(name)[1:]} {name}" if _within(name) != "em" else name
    return f"the {name}" if language == "en" and takes_the(name) else name


def _within(name: str) -> str:
    """Return the Portuguese preposition with the article of a country, if it has one."""
    plural = next((word for word, names in _PLURAL.items() if names.match(name)), None)
    if plural or _WITHOUT_ARTICLE.match(name):
        return plural or "em"
    return "na" if _FEMININE.match(name) and not _MASCULINE.match(name) else "no"
