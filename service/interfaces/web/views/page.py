"""The record of any page."""

from service.interfaces.web.views.about import AboutPage
from service.interfaces.web.views.answer import AnswerPage
from service.interfaces.web.views.api_reference import ApiReferencePage
from service.interfaces.web.views.document import DocumentPage
from service.interfaces.web.views.document_list import DocumentListPage
from service.interfaces.web.views.embed import EmbedPage
from service.interfaces.web.views.error import ErrorPage
from service.interfaces.web.views.feedback import FeedbackPage
from service.interfaces.web.views.refusal import RefusalPage
from service.interfaces.web.views.start import StartPage

Page = (
    StartPage
    | AnswerPage
    | RefusalPage
    | DocumentListPage
    | DocumentPage
    | ErrorPage
    | ApiReferencePage
    | AboutPage
    | EmbedPage
    | FeedbackPage
)
