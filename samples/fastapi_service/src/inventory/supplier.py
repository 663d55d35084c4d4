"""Prices come from the supplier; without an answer the last known one counts."""

import httpx

PRICES = "https://supplier.example.com/prices"


class PriceBook:
    def __init__(self):
        self.last_known = {}

    async def price(self, name):
        async with httpx.AsyncClient(timeout=1.0) as client:
            try:
                response = await client.get(f"{PRICES}/{name}")
            except httpx.TransportError:
                return self.last_known.get(name)
        if response.status_code != 200:
            return self.last_known.get(name)
        self.last_known[name] = response.json()["cents"]
        return self.last_known[name]


async def fetch_catalogue(client):
    """`client` is the caller's, so that it can hold credentials."""
    response = await client.get("/catalogue")
    return [entry["name"] for entry in response.json()]
