"""The checks that read the code instead of running it: `python -m scripts.lint [--fix]`.

tests/house/test_checks.py runs the same list, so that `make test` fails where `make lint` does.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PLACES = ("src", "tests", "scripts", "hatch_build.py")


def templates() -> list[str]:
    """Return the project's own templates."""
    return sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("src/samtale/**/templates/**/*.html"))


def checks() -> dict[str, list[str]]:
    """Return the command of each check by its name."""
    return {
        "ruff": ["ruff", "check", *PLACES],
        "format": ["ruff", "format", "--check", *PLACES],
        "templates": ["djade", "--check", "--target-version", "5.2", *templates()],
        "imports": ["lint-imports", "--no-cache"],
        "types": ["mypy"],
        "migrations": ["samtale", "makemigrations", "--check", "--dry-run"],
        "django": ["samtale", "check", "--fail-level", "WARNING"],
    }


def fixes() -> dict[str, list[str]]:
    """Return the commands that mend what can be mended without thought."""
    return {
        "ruff": ["ruff", "check", "--fix", *PLACES],
        "format": ["ruff", "format", *PLACES],
        "templates": ["djade", "--target-version", "5.2", *templates()],
    }


def run(command: list[str]) -> subprocess.CompletedProcess[str]:
    """Run one check with the tools of this environment and settings that need no set-up."""
    program, *arguments = command
    return subprocess.run(
        [str(BIN / program), *arguments],
        cwd=ROOT,
        env=os.environ | {"DEBUG": "true", "DJANGO_SETTINGS_MODULE": "samtale.settings"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def main() -> None:
    """Run all, say what each found, and fail if one did."""
    failed = False
    for name, command in (fixes() if "--fix" in sys.argv[1:] else checks()).items():
        done = run(command)
        failed |= done.returncode != 0
        print(f"{name}: {'ok' if done.returncode == 0 else 'FAILED'}", flush=True)
        if done.returncode:
            print(done.stdout)
    sys.exit(failed)


if __name__ == "__main__":
    main()
