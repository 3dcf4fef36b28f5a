from bs4 import BeautifulSoup

from samtale.outbox.domain.preview import as_html, as_text, marked_html, masked_address, masked_addresses
from samtale.outbox.domain.render import Segment, render

ADDRESS = "https://samtale.example.org/a/secret?x=1&y=2"


def letter(text: str, **values: str) -> list[Segment]:
    return render(text, values=values, links={"confirmlink": "Svar på innkallingen"})


def page(segments: list[Segment], language: str = "nb", by_staff: tuple[str, ...] = ()) -> BeautifulSoup:
    html = as_html(
        segments,
        addresses={"confirmlink": ADDRESS},
        language=language,
        subject="Emne <b>",
        organisation_name="Fjord & co",
        by_staff=by_staff,
    )
    return BeautifulSoup(html, "html.parser")


def links(soup: BeautifulSoup) -> list[str]:
    return [str(link["href"]) for link in soup.find_all("a")]


def test_text_holds_label_and_address_of_a_link():
    segments = letter("Hei {name}\n{confirmlink}\n", name="Åse")

    assert (
        as_text(segments, addresses={"confirmlink": ADDRESS}) == f"Hei Åse\nSvar på innkallingen: {ADDRESS}\n"
    )


def test_a_text_message_has_no_room_for_labels():
    segments = letter("Svar: {confirmlink}")

    assert as_text(segments, addresses={"confirmlink": ADDRESS}, with_labels=False) == f"Svar: {ADDRESS}"


def test_html_says_its_language_subject_and_sender():
    soup = page(letter("Hei"), language="sv")

    assert soup.html and soup.html["lang"] == "sv"
    assert soup.title and soup.title.string == "Emne <b>"
    assert "Skickat på uppdrag av Fjord & co." in soup.get_text()


def test_each_language_has_its_own_frame():
    assert "Hvis knappen ikke virker" in page(letter("{confirmlink}"), "nb").get_text()
    assert "If the button does not work" in page(letter("{confirmlink}"), "en").get_text()
    assert "Om knappen inte fungerar" in page(letter("{confirmlink}"), "sv").get_text()


def test_a_link_is_a_button_with_its_address_as_text_below():
    soup = page(letter("Svar her: {confirmlink}."))
    button = soup.find("a", class_="button")

    assert button and button["href"] == ADDRESS and button.string == "Svar på innkallingen"
    assert "background-color" in str(button["style"])
    below = soup.find("p", class_="address")
    assert below and ADDRESS in below.get_text()


def test_nothing_in_a_value_is_markup():
    hostile = "<script>alert(1)</script>\"'&amp;\ue000letter\ue000{confirmlink}"
    soup = page(letter("Hei {name}", name=hostile))

    assert soup.find("script") is None
    assert hostile in soup.get_text()
    assert links(soup) == []


def test_web_addresses_in_the_text_can_be_followed():
    soup = page(letter("Se (https://a.example/b_(c)?d=1&e=2), http://f.example. Ikke javascript:alert(1)"))

    assert links(soup) == ["https://a.example/b_(c)?d=1&e=2", "http://f.example"]


def test_a_web_address_cannot_leave_its_attribute():
    soup = page(letter("https://a.example/\"onclick='x'<b>"))

    assert links(soup) == ["https://a.example/"]
    assert set(soup.a.attrs if soup.a else {}) == {"class", "href", "style"}


def test_web_addresses_in_values_are_followed_only_where_staff_wrote_them():
    segments = letter("{name} {place}", name="https://evil.example", place="https://meet.example/1")

    assert links(page(segments, by_staff=("place",))) == ["https://meet.example/1"]


def test_paragraphs_and_lines_stay_what_they_are():
    soup = page(letter("\n\nEn\nto\n \n\ntre {name}\n", name="fire\n\nfem"))
    letter_text = [p.get_text() for p in soup.find_all("p", class_="paragraph")]

    assert letter_text == ["En\nto", "tre fire", "fem"]


def test_no_style_is_left_to_classes_alone():
    assert "style" in page(letter("Hei")).find("p", class_="paragraph").attrs


def test_the_preview_marks_values_and_leads_nowhere():
    html = marked_html(letter("Hei {name}\n\n{confirmlink} <i>", name="<b>Åse\n\nB"))
    soup = BeautifulSoup(html, "html.parser")

    assert [mark.get_text() for mark in soup.find_all("mark")] == ["<b>Åse", "B"]
    link = soup.find("a")
    assert link and "href" not in link.attrs and link["aria-disabled"] == "true"
    assert soup.find("i") is None
    assert len(soup.find_all("p")) == 3


def test_staff_never_see_the_address(settings):
    settings.SITE_URL = "https://jobb.example.org"

    assert masked_address() == "https://jobb.example.org/a/••••"
    assert masked_addresses(letter("{confirmlink} x")) == {"confirmlink": "https://jobb.example.org/a/••••"}
