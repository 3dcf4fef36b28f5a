import pytest

from samtale.outbox.transports.sms.segments import SmsLength, count


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", SmsLength("GSM-7", 0, 0)),
        ("Hei på deg, Åse! Ses kl. 09:00 @ Rådhuset", SmsLength("GSM-7", 41, 1)),
        ("a" * 160, SmsLength("GSM-7", 160, 1)),
        ("a" * 161, SmsLength("GSM-7", 161, 2)),
        ("a" * 306, SmsLength("GSM-7", 306, 2)),
        ("a" * 307, SmsLength("GSM-7", 307, 3)),
        ("€" * 80, SmsLength("GSM-7", 160, 1)),
        ("[~]{}^|\\", SmsLength("GSM-7", 16, 1)),
        # No segment may end between the two halves of the 77th sign.
        ("a" * 152 + "€" + "a" * 152, SmsLength("GSM-7", 306, 3)),
        ("č" * 70, SmsLength("UCS-2", 70, 1)),
        ("č" * 71, SmsLength("UCS-2", 71, 2)),
        ("č" * 134, SmsLength("UCS-2", 134, 2)),
        ("č" * 135, SmsLength("UCS-2", 135, 3)),
        ("Hei – Åse", SmsLength("UCS-2", 9, 1)),
        ("😀" * 35, SmsLength("UCS-2", 70, 1)),
        ("a" * 66 + "😀" + "a" * 66, SmsLength("UCS-2", 134, 3)),
    ],
)
def test_length(text: str, length: SmsLength):
    assert count(text) == length


def test_the_basic_alphabet_has_its_127_signs():
    every = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ÄÖÑÜ§¿äöñüà"
    every += "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

    assert len(every) == 127
    assert count(every) == SmsLength("GSM-7", 127, 1)
