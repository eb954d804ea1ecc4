"""The page of an error."""

from dataclasses import dataclass

from service.interfaces.web.view_models.form import Form


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """What went wrong.

    Attributes:
        slug: Kind of problem.
        title: Of the problem, in English.
        status: Of the response.
        detail: What was wanted, what came, what to do.
        request_id: For the operator.
        form: To try again.
    """

    slug: str
    title: str
    status: int
    detail: str
    request_id: str
    form: Form
