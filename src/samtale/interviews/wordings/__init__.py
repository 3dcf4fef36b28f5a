"""The wordings that Samtale ships for letters about interviews, one module a language."""

from samtale.interviews.wordings import en, nb, sv

BY_LANGUAGE = {"nb": nb, "en": en, "sv": sv}
