"""A real git, untouched by the settings of whoever runs the tests."""

import subprocess
from pathlib import Path

_SETTINGS = ("user.name=A", "user.email=a@example.com", "init.defaultBranch=main", "core.hooksPath=/dev/null")


class Git:
    """Runs git in a folder; what it prints is returned, what fails is thrown."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, *arguments: str) -> str:
        settings = [part for setting in _SETTINGS for part in ("-c", setting)]
        return subprocess.run(
            ["git", *settings, *arguments], cwd=self.folder, check=True, capture_output=True, text=True
        ).stdout

    def commit(self) -> None:
        """Commit all that there is."""
        self("add", "-A")
        self("commit", "-q", "--no-gpg-sign", "-m", "x")
