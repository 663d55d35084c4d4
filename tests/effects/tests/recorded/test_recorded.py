"""What a hook marks is masked as if the test had the mark (E2)."""

from shop import remote


def test_fetch():
    remote.fetch()  # reveal: network via requests.get masked by pytest.mark.vcr
    remote.wait()  # reveal: sleep via time.sleep
