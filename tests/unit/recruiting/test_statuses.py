import pytest

from samtale.core.transitions import IllegalTransition
from samtale.recruiting.models import Application
from samtale.recruiting.statuses import APPLICATION_STATUS, IN_ORDER

S = Application.Status


def test_every_status_has_its_moves_and_its_section() -> None:
    assert set(IN_ORDER) == set(S)
    assert len(IN_ORDER) == len(S)
    assert all(APPLICATION_STATUS.following(status) <= set(S) for status in S)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (S.NEW, S.INVITED),
        (S.UNDER_REVIEW, S.INVITED),
        (S.INVITED, S.WITHDRAWN),
        (S.INTERVIEWED, S.INVITED),
        (S.OFFERED, S.HIRED),
        (S.WITHDRAWN, S.UNDER_REVIEW),
        (S.REJECTED, S.UNDER_REVIEW),
        (S.HIRED, S.HIRED),
    ],
)
def test_allowed(old: str, new: str) -> None:
    APPLICATION_STATUS.check(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (S.WITHDRAWN, S.INVITED),
        (S.REJECTED, S.HIRED),
        (S.NEW, S.HIRED),
        (S.HIRED, S.REJECTED),
        (S.TRANSFERRED, S.UNDER_REVIEW),
        *((old, S.NEW) for old in S if old != S.NEW),
    ],
)
def test_refused(old: str, new: str) -> None:
    with pytest.raises(IllegalTransition):
        APPLICATION_STATUS.check(old, new)
