def upload(s3, bucket, path):
    """Puts the file into the archive; returns the version it got."""
    with open(path, "rb") as file:
        answer = s3.put_object(Bucket=bucket, Key=f"reports/{path.name}", Body=file.read())
    return answer["VersionId"]
