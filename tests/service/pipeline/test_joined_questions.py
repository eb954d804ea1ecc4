"""Two questions in one are told from one with a remark, or with a part that leans on it."""

import pytest

from service.pipeline.joined_questions import joined_questions


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        pytest.param(
            "When does it enter into force? Who visits the shelters?",
            ("When does it enter into force?", "Who visits the shelters?"),
            id="two sentences",
        ),
        pytest.param(
            "Who visits the shelters and when does the decree enter into force?",
            ("Who visits the shelters?", "When does the decree enter into force?"),
            id="joined by and",
        ),
        pytest.param("Who pays the rent, and what do they get?", (), id="the second leans"),
        pytest.param(
            "How many homes does Guatemala need and how many subsidies does it pay?",
            ("How many homes does Guatemala need?", "How many subsidies does Guatemala pay?"),
            id="the second leans on a name",
        ),
        pytest.param(
            "How many homes do Peru and Chile need and how many subsidies does it pay?",
            (),
            id="the second leans on one of two names",
        ),
        pytest.param(
            "What paper should come out of the Quito session and who drafts it?",
            (),
            id="the second leans on something else",
        ),
        pytest.param(
            "Which law did Chile pass and when was it passed?", (), id="the second leans on the law"
        ),
        pytest.param(
            "Is the card valid? Why is that?",
            ("Is the card valid?", "Is the card valid? – Why is that?"),
            id="the second sentence leans",
        ),
        pytest.param(
            "Who runs the shelters? Since when?",
            ("Who runs the shelters?", "Who runs the shelters? – Since when?"),
            id="the second has no content",
        ),
        pytest.param(
            "What do vouchers cost in Chile? What is the Quito network? Who pays for it?",
            (
                "What do vouchers cost in Chile?",
                "What is the Quito network?",
                "What is the Quito network? – Who pays for it?",
            ),
            id="the third leans on the second",
        ),
        pytest.param(
            "Are there shelters in Quito? Are there shelters in Lima?",
            ("Are there shelters in Quito?", "Are there shelters in Lima?"),
            id="there are",
        ),
        pytest.param("Who runs the shelters? We need names.", (), id="a remark behind"),
        pytest.param("Rents rise here. Who helps tenants?", (), id="a remark before"),
        pytest.param("Who visits the shelters?", (), id="one"),
        pytest.param("Who? What? Where?", (), id="nothing in them"),
    ],
)
def test_questions_are_taken_apart_where_each_stands_alone(
    question: str, parts: tuple[str, ...]
) -> None:
    assert joined_questions(question) == parts
