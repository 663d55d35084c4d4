import httpx

from inventory.supplier import PriceBook, fetch_catalogue


class TestPriceBook:
    async def test_the_last_known_price_counts(self):
        book = PriceBook()
        book.last_known["bolt"] = 12
        assert await book.price("bolt") == 12  # expect: HS202

    async def test_an_answer_is_remembered(self, monkeypatch):
        async def answer(self, url):
            return httpx.Response(200, json={"cents": 15})

        monkeypatch.setattr(httpx.AsyncClient, "get", answer)
        book = PriceBook()
        assert await book.price("bolt") == 15
        assert book.last_known == {"bolt": 15}


async def test_the_catalogue_lists_names():
    transport = httpx.MockTransport(lambda request: httpx.Response(200, json=[{"name": "bolt"}, {"name": "nut"}]))
    async with httpx.AsyncClient(transport=transport, base_url="https://supplier.example.invalid") as client:
        assert await fetch_catalogue(client) == ["bolt", "nut"]
