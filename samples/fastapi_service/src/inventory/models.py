from sqlalchemy import Column, Integer, String
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Item(Base):
    __tablename__ = "items"

    id = Column(Integer, primary_key=True)
    name = Column(String(80), unique=True, nullable=False)
    quantity = Column(Integer, nullable=False, default=0)
    state = Column(String(16), nullable=False, default="ok")
