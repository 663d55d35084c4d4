import os, sys as system
from .helpers import push as send, pull
from . import *  # noqa: F403


@pytest.fixture(scope="session", params=[1, "two", None])
def client(request, /, path: str = "a" "b", *args, flag=True, **kw) -> "Client":
    """Doc."""
    with patch("a.b", new=1) as mocked, open(f"{path!r:>{10}}/x", "w") as out:
        yield out  # hasten: ignore[HS201] reason
    del out


class TestThing(Base, metaclass=Meta):
    counter = {}  # hasten: file-ignore[HS3]

    @pytest.mark.parametrize("a,b", [(1, 2), *more], ids=lambda v: str(v))
    async def test_all(self, a, b):
        global state
        state = self.x[1:2, ...] = await thing(a @ b if a else not b)
        for i, j in zip(a, b):
            while (n := next(i)) is not None:
                try:
                    assert n <= 3 < j, "text"
                except* (A, B) as group:
                    raise X from group
                else:
                    continue
                finally:
                    break
        match self:
            case {"k": [1, _], **rest} if rest:
                return [x async for x in y if x]
            case Point(x=0) | None:
                type(obj).attr = Mock()
        type Alias[T] = list[T]
        lambda *a, k=1: (yield)
