def test_readings_can_be_exported(spark, three_days):
    frame = spark.createDataFrame(three_days)
    assert frame.count() == 3


def test_the_columns_keep_their_names(spark, three_days):
    assert spark.createDataFrame(three_days).columns == ["sensor", "day", "value"]
