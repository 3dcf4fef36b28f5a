"""A mistake in the configuration is one clear line, never a traceback."""

import pytest

from tests.integration.serving.conftest import Installation


def test_production_without_a_secret_key_refuses(installation: Installation):
    done = installation.run("serve")

    assert done.returncode == 1
    assert done.stderr.startswith("samtale: SECRET_KEY is not set.")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "nonsense"),
        ("DATABASE_URL", "mysql://localhost/samtale"),
        ("EMAIL_URL", "pigeon://roof"),
        ("SMS_URL", "pigeon://roof"),
        ("SMS_URL", "twilio://nobody"),
        ("SMS_URL", "linkmobility://user:password@"),
        ("SMS_URL", "gateway:///no/such/file.toml"),
        ("TIME_ZONE", "Mars/Olympus"),
        ("INBOX_URL", "imaps://answers:password@mail.example.org"),
        ("INBOX_ADDRESS", "answers@example.org"),
        ("CALENDAR_ALLOWED_HOSTS", "https://cloud.example.org"),
        ("CALENDAR_ALLOWED_HOSTS", "10.0.0.0/99"),
        ("LANGUAGE_CODE", "tlh"),
        ("DEBUG", "perhaps"),
    ],
)
def test_a_wrong_value_is_named(installation: Installation, name: str, value: str):
    done = installation.run("worker", "--once", **{"SECRET_KEY": "secret", name: value})

    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert name in done.stderr


def test_check_names_file_and_key_of_a_described_gateway(installation: Installation):
    file = installation.folder / "gateway.toml"
    file.write_text(
        'url = "https://sms.example.org"\nform = {to = "{recipient}", text = "{text}", key = "{env:SMS_KEY}"}'
    )
    settings = {"SECRET_KEY": "x" * 50, "SMS_URL": f"gateway://{file}"}

    done = installation.run("check", **settings)
    assert done.returncode == 1
    assert done.stderr == f"samtale: SMS_URL: {file}: form.key: the environment has no SMS_KEY.\n"

    (installation.folder / ".env").write_text("SMS_KEY=key-of-gateway\n")
    assert installation.run("check", **settings).returncode == 0


def test_help_needs_no_configuration(installation: Installation):
    done = installation.run("--help")

    assert done.returncode == 0
    for command in ("serve", "worker", "demo", "createadmin", "import", "migrate"):
        assert f"    {command}\n" in done.stdout


def test_a_taken_port_is_one_line(installation: Installation):
    import socket

    with socket.socket() as other:
        other.bind(("127.0.0.1", installation.port))
        other.listen()
        done = installation.run("serve", DEBUG="true")

    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert f"Port {installation.port}" in done.stderr


def test_the_env_file_of_the_folder_is_read(installation: Installation):
    (installation.folder / ".env").write_text("SECRET_KEY=secret\nEMAIL_URL=pigeon://roof\n")

    assert "EMAIL_URL" in installation.run("check").stderr


@pytest.mark.parametrize(
    "command", [("worker", "--once"), ("import", "none.csv", "--project", "1"), ("demo",)]
)
def test_a_database_without_tables_is_one_line(installation: Installation, command: tuple[str, ...]):
    done = installation.run(*command, SECRET_KEY="x" * 50, SAMTALE_ADMIN_PASSWORD="et-langt-passord-42")
    said = done.stdout + done.stderr
    assert done.returncode == 1, said
    assert "Traceback" not in said
    assert "samtale migrate" in said


def test_the_folder_for_data_is_made(installation: Installation):
    done = installation.run("migrate", "-v0", SECRET_KEY="x" * 50)
    assert done.returncode == 0, done.stderr
    assert (installation.folder / "var" / "samtale.sqlite3").exists()
