from botocore.stub import Stubber

from pipeline import archive


def test_reports_are_archived(s3, tmp_path):
    report = tmp_path / "march.csv"
    report.write_text("day,value\n")
    with Stubber(s3) as stubber:
        stubber.add_response("put_object", {"VersionId": "v1"})
        assert archive.upload(s3, "sensor-reports", report) == "v1"


def test_the_key_is_the_name_of_the_file(s3, tmp_path):
    report = tmp_path / "april.csv"
    report.write_text("day,value\n")
    expected = {"Bucket": "sensor-reports", "Key": "reports/april.csv", "Body": b"day,value\n"}
    stubber = Stubber(s3)
    stubber.add_response("put_object", {"VersionId": "v2"}, expected)
    stubber.activate()
    assert archive.upload(s3, "sensor-reports", report) == "v2"
    stubber.deactivate()
