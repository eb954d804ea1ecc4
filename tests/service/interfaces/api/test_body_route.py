"""Bodies of responses are written by the thread that made them, as FastAPI would write them."""

from threading import get_ident

import pytest
from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
from pydantic import BaseModel, field_serializer
from starlette.responses import PlainTextResponse, Response
from starlette.testclient import TestClient

from service.interfaces.api.body_route import BodyRoute
from service.interfaces.api.routes import API_ROUTERS


class Threads(BaseModel):
    """The threads that made a body and wrote it."""

    made_by: int
    written_by: int | None = None

    @field_serializer("written_by")
    def _thread(self, _: int | None) -> int:
        return get_ident()


class Facts(BaseModel):
    """What JSON can hold in more than one way."""

    text: str
    score: float
    pair: tuple[int, int] | None


def threads() -> Threads:
    return Threads(made_by=get_ident())


def facts() -> Facts:
    return Facts(text='“Así” & <b>\n\u2028"', score=1e-7, pair=(1, 2))


def plain() -> Response:
    return PlainTextResponse("kept")


def client_of(route_class: type[APIRoute]) -> TestClient:
    router = APIRouter(route_class=route_class)
    for endpoint in (threads, facts, plain):
        router.get(f"/{endpoint.__name__}")(endpoint)
    app = FastAPI()
    app.include_router(router)
    return TestClient(app)


@pytest.fixture(scope="module")
def client() -> TestClient:
    return client_of(BodyRoute)


def test_the_thread_that_made_a_body_writes_it(client: TestClient) -> None:
    body = client.get("/threads").json()

    assert body["written_by"] == body["made_by"]


@pytest.mark.parametrize("path", ["/facts", "/plain", "/openapi.json"])
def test_nothing_is_said_otherwise_than_by_a_route_of_fastapi(
    client: TestClient, path: str
) -> None:
    response, reference = client.get(path), client_of(APIRoute).get(path)

    assert response.content == reference.content
    assert response.headers == reference.headers


def test_every_endpoint_of_the_api_that_works_in_a_thread_writes_its_body_there() -> None:
    routes = [route for router in API_ROUTERS for route in router.routes]
    others = {
        route.name
        for route in routes
        if isinstance(route, APIRoute) and route.response_field and type(route) is not BodyRoute
    }

    assert others == {"healthz", "readyz"}  # coroutines, which wait for nothing
