"""The worker never asks for a page, so nothing but itself loads what it needs."""

from tests.integration.serving.conftest import Installation


def test_a_letter_is_framed_before_any_page_was_loaded(installation: Installation):
    framed = "from samtale.outbox.domain.mail_frame import frame; frame('nb'); print('framed')"

    done = installation.run("shell", "-c", framed, DEBUG="true")

    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("framed\n")
