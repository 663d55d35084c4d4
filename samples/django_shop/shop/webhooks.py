import requests


def deliver(url, event):
    """True when the receiver took the event."""
    try:
        response = requests.put(url, json=event, timeout=1)
    except requests.RequestException:
        return False
    return response.ok
