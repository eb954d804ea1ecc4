"""The record of any page."""

from service.interfaces.web.view_models.about import AboutPage
from service.interfaces.web.view_models.answer import AnswerPage
from service.interfaces.web.view_models.api_reference import ApiReferencePage
from service.interfaces.web.view_models.document import DocumentPage
from service.interfaces.web.view_models.document_list import DocumentListPage
from service.interfaces.web.view_models.embed import EmbedPage
from service.interfaces.web.view_models.error import ErrorPage
from service.interfaces.web.view_models.feedback import FeedbackPage
from service.interfaces.web.view_models.passages import PassagesPage
from service.interfaces.web.view_models.refusal import RefusalPage
from service.interfaces.web.view_models.start import StartPage

Page = (
    StartPage
    | AnswerPage
    | RefusalPage
    | PassagesPage
    | DocumentListPage
    | DocumentPage
    | ErrorPage
    | ApiReferencePage
    | AboutPage
    | EmbedPage
    | FeedbackPage
)
