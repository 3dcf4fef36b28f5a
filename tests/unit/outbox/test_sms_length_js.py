"""What the page counts while one types is what the network bills."""

import json
import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest

from samtale.outbox.transports.sms.segments import count

SCRIPT = Path(__file__).parents[3] / "src/samtale/frontend/js/sms-length.js"
TEXTS = [
    "",
    "Hei på deg",
    "a" * 160,
    "a" * 161,
    "€" * 80,
    "a" * 152 + "€" + "a" * 10,
    "a" * 152 + "€" * 77,
    "ж" * 70,
    "ж" * 71,
    "😀" * 35,
    "ж" * 66 + "😀" + "ж" * 66,
    "a\u030a" * 160,
    "á" * 67,
]


@pytest.mark.skipif(not shutil.which("node"), reason="node is not installed")
def test_the_page_counts_as_the_server_does():
    source = f"{SCRIPT.read_text()}\nconsole.log(JSON.stringify({json.dumps(TEXTS)}.map(measure)));"
    ran = subprocess.run(
        ["node", "--input-type=module"], input=source, capture_output=True, text=True, timeout=20, check=True
    )

    counted = [(one["unicode"], one["units"], one["segments"]) for one in json.loads(ran.stdout)]

    lengths = [count(unicodedata.normalize("NFC", text)) for text in TEXTS]
    assert counted == [(one.encoding == "UCS-2", one.characters, one.segments) for one in lengths]
