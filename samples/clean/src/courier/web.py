from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

from courier.config import COUNTRIES


async def countries(request):
    return JSONResponse(sorted(COUNTRIES))


def create_app():
    return Starlette(routes=[Route("/countries", countries)])
