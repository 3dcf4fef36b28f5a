import pytest

from samtale.core.sealed import Unreadable, is_current, resealed, seal, unseal


def test_what_is_sealed_can_be_read_and_does_not_show():
    sealed = seal({"password": "blåbær"})
    assert unseal(sealed) == {"password": "blåbær"}
    assert "bl" not in sealed or "blåbær" not in sealed
    assert sealed != seal({"password": "blåbær"})


def test_a_new_key_opens_nothing_unless_the_old_one_is_kept(settings):
    sealed = seal("secret")
    old, settings.SECRET_KEY = settings.SECRET_KEY, "a new key, which is long enough to be one"
    with pytest.raises(Unreadable):
        unseal(sealed)
    settings.SECRET_KEY_FALLBACKS = [old]
    assert unseal(sealed) == "secret"
    assert not is_current(sealed)


def test_what_an_old_key_sealed_can_be_sealed_anew(settings):
    sealed = seal("secret")
    old, settings.SECRET_KEY = settings.SECRET_KEY, "a new key, which is long enough to be one"
    settings.SECRET_KEY_FALLBACKS = [old]
    anew = resealed(sealed)
    settings.SECRET_KEY_FALLBACKS = []
    assert unseal(anew) == "secret"
    assert is_current(anew)
    with pytest.raises(Unreadable):
        resealed(sealed)


@pytest.mark.parametrize("damaged", ["", "x", "gAAAAA", "å"])
def test_what_is_damaged_cannot_be_read(damaged):
    with pytest.raises(Unreadable):
        unseal(damaged)


def test_a_changed_letter_is_noticed():
    sealed = seal("secret")
    with pytest.raises(Unreadable):
        unseal(sealed[:-5] + ("A" if sealed[-5] != "A" else "B") + sealed[-4:])
