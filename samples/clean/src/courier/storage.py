import sqlalchemy as sa

metadata = sa.MetaData()
parcels = sa.Table(
    "parcels",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("tracking", sa.String(32), unique=True),
)


def open_storage(url):
    engine = sa.create_engine(url)
    metadata.create_all(engine)
    return engine


def add(connection, tracking):
    connection.execute(parcels.insert().values(tracking=tracking))


def count(connection):
    return connection.execute(sa.select(sa.func.count()).select_from(parcels)).scalar_one()
