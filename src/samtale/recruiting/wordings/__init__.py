"""What Samtale says to applicants beside interviews, in each language they read."""

from samtale.recruiting.wordings import en, nb, sv

BY_LANGUAGE = {"nb": nb, "en": en, "sv": sv}
