"""The language of a question is told; a spoken one is never mistaken for another."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from eval.sets.questions import load_questions
from service.pipeline import question_language
from service.pipeline.question_language import language_of
from service.records import LANGUAGES

QUESTIONS_DIR = Path(__file__).parents[3] / "eval" / "questions"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("How does Chile help migrants rent a home?", "en"),
        ("Which cities offer legal advice to refugees?", "en"),
        ("¿Cómo ayuda Chile a las personas migrantes a alquilar una vivienda?", "es"),
        ("cuantas familias recibieron el subsidio de arriendo en 2019", "es"),
        ("Como o Chile ajuda os migrantes a alugar uma casa?", "pt"),
        ("Quais cidades oferecem assessoria jurídica às pessoas refugiadas?", "pt"),
        ("What does Upala in Costa Rica do for migrants?", "en"),
        ("Who funds CRAI in São Paulo?", "en"),
        ("Como São Paulo inclui migrantes?", "pt"),
        ("housing Costa Rica", "en"),
        ("IOM?", "en"),
        ("2019?", "en"),
        ("🏠", "en"),
    ],
)
def test_the_language_of_a_question_is_found(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Combien de migrants vivent dans les quartiers informels ?", "fr"),
        ("Qui finance le programme de logement au Chili ?", "fr"),
        ("Quels services le Centre offre-t-il aux migrants ?", "fr"),
        ("Pourquoi les villes comptent-elles mal les migrants ?", "fr"),
        ("Quand le programme a-t-il commencé ?", "fr"),
        ("Les animaux sont-ils interdits ?", "fr"),
        ("Où se trouvent les refuges ?", "fr"),
        ("Comment le Chili aide-t-il les migrants à louer ?", "fr"),
        ("Quel est le budget du projet ?", "fr"),
        ("Est-ce que les réfugiés ont accès aux soins ?", "fr"),
        ("Qu'est-ce que l'urbanisation ?", "fr"),
        ("accès au logement des réfugiés", "fr"),
        ("Quelle est la part des femmes ?", "fr"),
        ("Que recommande ONU-Habitat aux maires ?", "fr"),
        ("Wie viele Migranten leben in informellen Siedlungen?", "de"),
        ("Wer bezahlt das Mietprogramm in Chile?", "de"),
        ("Welche Hilfe bekommen Geflüchtete bei der Wohnungssuche?", "de"),
        ("Warum zählen Städte Migranten schlecht?", "de"),
        ("Wann trat das Gesetz in Kraft?", "de"),
        ("Sind Haustiere verboten?", "de"),
        ("Wohnraum für Geflüchtete", "de"),
        ("Wo liegt Kakuma?", "de"),
        ("Was kostet das Programm?", "de"),
        ("Was ist eine Überweisung?", "de"),
        ("Wie hilft Chile Migranten beim Mieten?", "de"),
        ("Quanti migranti vivono negli insediamenti informali?", "it"),
        ("Chi finanzia il programma di affitto in Cile?", "it"),
        ("Quali servizi offre il centro ai migranti?", "it"),
        ("Perché le città contano male i migranti?", "it"),
        ("Quando è iniziato il programma?", "it"),
        ("Gli animali sono vietati?", "it"),
        ("alloggi per rifugiati", "it"),
        ("Dove si trova Kakuma?", "it"),
        ("Quanto costa il programma?", "it"),
        ("Come aiuta il Cile i migranti ad affittare?", "it"),
        ("Cosa raccomanda la guida ai sindaci?", "it"),
        ("Hoeveel migranten wonen in informele wijken?", "nl"),
        ("Wie betaalt het huurprogramma in Chili?", "nl"),
        ("Waarom tellen steden migranten slecht?", "nl"),
        ("Wat kost het programma?", "nl"),
        ("Waar ligt Kakuma?", "nl"),
        ("Quants migrants viuen als barris informals?", "ca"),
        ("Qui paga el programa de lloguer a Xile?", "ca"),
        ("Com ajuda Xile els migrants a llogar un habitatge?", "ca"),
        ("Câți migranți locuiesc în așezări informale?", "ro"),
        ("Cine plătește programul de închiriere din Chile?", "ro"),
        ("Ilu migrantów mieszka w osiedlach nieformalnych?", "pl"),
        ("Kto płaci za program najmu w Chile?", "pl"),
        ("Gayri resmi yerleşimlerde kaç göçmen yaşıyor?", "tr"),
        ("Şili'deki kira programını kim ödüyor?", "tr"),
        ("Hur många migranter bor i informella bosättningar?", "sv"),
        ("Vem betalar hyresprogrammet i Chile?", "sv"),
        ("Hvor mange migranter bor i uformelle bosættelser?", "da"),
        ("Wahamiaji wangapi wanaishi katika makazi yasiyo rasmi?", "sw"),
        ("Konbyen migran k ap viv nan katye enfòmèl yo?", "ht"),
        ("Có bao nhiêu người di cư sống ở các khu định cư?", "vi"),
        ("Berapa banyak migran yang tinggal di permukiman informal?", "id"),
        ("Kolik migrantů žije v neformálních osadách?", "cs"),
        ("Hány migráns él informális településeken?", "hu"),
        ("Kuinka moni siirtolainen asuu epävirallisissa asutuksissa?", "fi"),
        ("Immisa qaxooti ah ayaa ku nool magaalada?", "so"),
        ("كم عدد المهاجرين الذين يعيشون في المدينة؟", "ar"),
        ("من يدفع الإيجار؟", "ar"),
        ("Сколько мигрантов живёт в городе?", "ru"),
        ("Кто платит за жильё?", "ru"),
        ("Скільки мігрантів живе у місті?", "uk"),
        ("有多少移民住在城市里？", "zh"),
        ("移民は何人いますか。", "ja"),
        ("이민자는 몇 명입니까?", "ko"),
        ("शहर में कितने प्रवासी रहते हैं?", "hi"),
        ("Πόσοι μετανάστες ζουν στην πόλη;", "el"),
        ("כמה מהגרים גרים בעיר?", "he"),
        ("چند مهاجر در شهر زندگی می‌کنند؟", "fa"),
        ("شہر میں کتنے مہاجر رہتے ہیں؟", "ur"),
        ("በከተማው ውስጥ ስንት ስደተኞች ይኖራሉ?", "am"),
        ("শহরে কতজন অভিবাসী থাকে?", "bn"),
        ("มีผู้ย้ายถิ่นกี่คนในเมือง", "th"),
    ],
)
def test_a_question_in_a_language_that_is_not_spoken_is_told(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "What is REJADD-Togo, the Regroupement des jeunes africains pour la démocratie?",
            id="a name in French",
        ),
        pytest.param("Is Leg 7 in sync?", id="two short words"),
        pytest.param("Who proposed the Entscheidungsproblem?", id="a term in German"),
        pytest.param("American eel decline in numbers", id="keywords"),
        pytest.param("Sudan: latest cereal deficit in tonnes?", id="keywords and a name"),
        pytest.param("Haitians entering Honduras, 2024 versus 2023", id="names and years"),
    ],
)
def test_an_english_question_with_foreign_words_stays_english(text: str) -> None:
    assert language_of(text) == "en"


@pytest.mark.parametrize("path", sorted(QUESTIONS_DIR.glob("*.jsonl")), ids=lambda path: path.stem)
def test_no_question_of_our_sets_is_taken_for_another_language(path: Path) -> None:
    foreign = [q.text for q in load_questions(path) if q.language in LANGUAGES]

    assert [text for text in foreign if language_of(text) not in LANGUAGES] == []


def test_what_tells_languages_is_loaded_once_and_not_for_words_that_ask() -> None:
    question_language._loaded.cache_clear()
    told = [language_of("How many families?"), language_of("¿Cuántas familias?")]
    n_before = question_language._loaded.cache_info().misses

    with ThreadPoolExecutor(2) as pool:
        for _ in range(2):
            pool.submit(question_language.load)

    assert told == ["en", "es"]
    assert n_before == 0
    assert question_language._loaded.cache_info().misses == 1
