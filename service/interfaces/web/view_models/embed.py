"""The form embedded in another site's page."""

from dataclasses import dataclass

from service.interfaces.web.view_models.form import Form


@dataclass(frozen=True, slots=True)
class EmbedPage:
    """The form alone."""

    form: Form
