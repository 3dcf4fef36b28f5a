from samtale.outbox.kinds import register
from tests.factories.outbox import LETTER, SMS

register(LETTER)
register(SMS)
