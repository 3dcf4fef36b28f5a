import pytest

from samtale.outbox.domain.wording import wording_for, wordings_for, wordings_for_kinds
from samtale.outbox.kinds import UnknownKind, Wording
from tests.factories.accounts import make_department
from tests.factories.outbox import LETTER, make_template

pytestmark = pytest.mark.django_db


def test_the_shipped_wording_serves_until_there_is_another():
    assert wording_for(LETTER.slug, language="en") == LETTER.defaults["en"]
    assert wording_for(LETTER.slug, language="sv") == LETTER.defaults["nb"]


def test_the_departments_own_comes_before_the_organisations():
    health, school = make_department(), make_department()
    make_template(subject="Helse", department=health)
    make_template(subject="Alle")

    assert wording_for(LETTER.slug, language="nb", department=health).subject == "Helse"
    assert wording_for(LETTER.slug, language="nb", department=school).subject == "Alle"
    assert wording_for(LETTER.slug, language="nb").subject == "Alle"


def test_one_language_does_not_borrow_anothers_own_wording():
    make_template(language="nb")

    assert wording_for(LETTER.slug, language="en") == LETTER.defaults["en"]


def test_own_defaults_lie_on_top_of_the_shipped_ones():
    make_template(defaults={"days": 5})

    wording = wording_for(LETTER.slug, language="nb")

    assert wording == Wording("Eget emne", "Eget innhold", "", {"reminder": "email", "days": 5})


def test_many_languages_and_kinds_cost_one_query(django_assert_num_queries):
    department = make_department()
    make_template(language="en", department=department)
    with django_assert_num_queries(1):
        found = wordings_for(LETTER.slug, languages=["nb", "en", "sv"], department=department)
    assert {language: wording.subject for language, wording in found.items()} == {
        "nb": "Emne",
        "en": "Eget emne",
        "sv": "Emne",
    }
    with django_assert_num_queries(1):
        both = wordings_for_kinds([LETTER.slug, "test.sms"], languages=["nb"])
    assert set(both) == {(LETTER.slug, "nb"), ("test.sms", "nb")}


def test_a_kind_that_does_not_exist_is_an_error():
    with pytest.raises(UnknownKind):
        wording_for("gone.letter", language="nb")
