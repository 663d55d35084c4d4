"""The warehouse: a table of daily means behind SQLAlchemy."""

import sqlalchemy as sa
from sqlalchemy.orm import declarative_base, sessionmaker

Base = declarative_base()


class DailyMean(Base):
    __tablename__ = "daily_means"

    id = sa.Column(sa.Integer, primary_key=True)
    sensor = sa.Column(sa.String(32), index=True)
    day = sa.Column(sa.Date, index=True)
    value = sa.Column(sa.Float)


class Warehouse:
    def __init__(self, url):
        self.engine = sa.create_engine(url)
        Base.metadata.create_all(self.engine)
        self.sessions = sessionmaker(self.engine)

    def store(self, frame):
        with self.sessions() as session:
            for row in frame.itertuples():
                session.add(DailyMean(sensor=row.sensor, day=row.day.date(), value=row.value))
            session.commit()
        return len(frame)

    def count(self):
        with self.sessions() as session:
            return session.query(DailyMean).count()

    def close(self):
        self.engine.dispose()
