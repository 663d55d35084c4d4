from fastapi import Depends, FastAPI, HTTPException
from pydantic import BaseModel

from inventory import stock
from inventory.database import get_session

app = FastAPI(title="inventory")
app.state.audit = []


class Movement(BaseModel):
    quantity: int


@app.get("/health")
async def health():
    return {"status": "ok"}


@app.get("/items/{name}")
async def show(name: str, session=Depends(get_session)):
    item = await stock.find(session, name)
    if item is None:
        raise HTTPException(404)
    return {"name": item.name, "quantity": item.quantity, "state": item.state}


@app.post("/items/{name}/receive")
async def receive(name: str, movement: Movement, session=Depends(get_session)):
    item = await stock.receive(session, name, movement.quantity)
    return {"name": item.name, "quantity": item.quantity}


@app.post("/items/{name}/take")
async def take(name: str, movement: Movement, session=Depends(get_session)):
    try:
        item = await stock.take(session, name, movement.quantity)
    except stock.OutOfStock:
        raise HTTPException(409) from None
    return {"name": item.name, "quantity": item.quantity}
