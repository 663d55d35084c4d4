import os


def enter(folder):
    """Runs the rest of the test in `folder`."""
    os.chdir(folder)  # expect: HS303
    return folder


class Workspace:
    """Runs a block in `folder` and goes back."""

    def __init__(self, folder):
        self.folder = folder

    def __enter__(self):
        self.previous = os.getcwd()
        os.chdir(self.folder)
        return self.folder

    def __exit__(self, *error):
        os.chdir(self.previous)
