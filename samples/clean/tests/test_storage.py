from courier import storage


def test_a_parcel_is_stored(connection):
    storage.add(connection, "T1")
    assert storage.count(connection) == 1


def test_the_storage_is_empty_at_first(connection):
    assert storage.count(connection) == 0
