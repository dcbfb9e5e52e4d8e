"""What settings refuse to start with, and that each variable they read is explained."""

import os
import re
import secrets
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
PRODUCTION = {"OPENMUSEUMS_SECRET_KEY": secrets.token_urlsafe(50), "OPENMUSEUMS_HOSTS": "museums.example.org"}


def start(settings: str, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": f"openmuseums.settings.{settings}",
        **variables,
    }
    command = [sys.executable, "manage.py", "check", *arguments]
    return subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("missing", sorted(PRODUCTION))
@pytest.mark.parametrize("value", [None, "", "  "])
def test_production_without_a_needed_variable_refuses_to_start(missing: str, value: str | None) -> None:
    variables = {name: text for name, text in PRODUCTION.items() if name != missing}
    result = start("production", **variables, **({} if value is None else {missing: value}))
    assert result.returncode == 1
    assert f"ImproperlyConfigured: {missing} is not set." in result.stderr


def test_production_passes_the_deployment_check_without_a_warning() -> None:
    result = start("production", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert (result.returncode, result.stderr) == (0, ""), result.stderr
    assert result.stdout == "System check identified no issues (0 silenced).\n"


def test_deployment_check_of_a_weak_secret_fails() -> None:
    weak = PRODUCTION | {"OPENMUSEUMS_SECRET_KEY": "weak"}
    result = start("production", "--deploy", "--fail-level", "WARNING", **weak)
    assert result.returncode == 1
    assert re.findall(r"\(([\w.]+)\)", result.stderr) == ["security.W009"]


def test_developers_settings_start() -> None:
    result = start("dev")
    assert (result.returncode, result.stdout) == (0, "System check identified no issues (0 silenced).\n"), result.stderr


def test_demo_uses_no_database_that_the_environment_names(tmp_path: Path) -> None:
    script = (
        "from django.conf import settings as s; print(s.DATABASES['default']['NAME'], s.CACHES['bodies']['BACKEND'])"
    )
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "openmuseums.settings.demo",
        "OPENMUSEUMS_SECRET_KEY": "x",
        "OPENMUSEUMS_VAR": str(tmp_path),
        "DATABASE_URL": "postgres://somebody@example.org/production",
        "REDIS_URL": "redis://example.org",
    }
    said = subprocess.run(
        [sys.executable, "-c", script], cwd=PROJECT, env=environment, capture_output=True, text=True, check=True
    ).stdout
    assert said.split() == [
        str(tmp_path / "openmuseums.sqlite3"),
        "django.core.cache.backends.filebased.FileBasedCache",
    ]


def test_every_variable_that_is_read_is_explained() -> None:
    code = "".join(path.read_text() for path in (PROJECT / "site/openmuseums/settings").glob("*.py"))
    read = set(re.findall(r"""(?:environ\.get\(|environ\[|required\()["'](\w+)["']""", code))
    read |= set(re.findall(r"\$\{(\w+)", (PROJECT / "compose.yaml").read_text()))
    explained = re.findall(r"^#? ?([A-Z][A-Z_]+)=", (PROJECT / ".env.example").read_text(), re.MULTILINE)
    assert sorted(explained) == sorted(read)
