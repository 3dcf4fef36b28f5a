"""How to get to each page of the demo, by addresses and by what stands in forms, in any language."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

NURSES = "Sykepleier, hjemmetjenesten"
VIDEO = "https://video.example.org/bergen/rekruttering"
ADMIN, RECRUITER, READER, NOBODY = "admin@example.org", "recruiter@example.org", "reader@example.org", ""
# They stand on the first page of the list, can be invited, and each reads a language of their own.
TICKED = ("Aisha Khan", "Alva Öberg", "Adaeze Adeyemi")
BAD_ROWS = (
    "Fornavn;Etternavn;E-post;Mobil;Språk\r\n"
    "Ane;Sørli;ane.sorli@example.org;400 01 234;norsk\r\n"
    "Ola;Vik;ola.vik(at)example.org;400 01 235;norsk\r\n"
    "Amina;Hassan;amina.hassan@example.org;;norsk\r\n"
    "Saga;Åkesson;saga.akesson@example.org;070-1740690;svenska\r\n"
)


@dataclass
class Place:
    """Where the pictures are taken: a window of someone's, and the links in candidates' letters."""

    page: Page
    links: dict[str, str]
    language: str

    def go(self, path: str) -> None:
        self.page.goto(path, wait_until="load")

    def project(self, title: str = NURSES) -> str:
        """Return the address of a project."""
        self.go("/projects/")
        address = self.page.get_by_role("link", name=title, exact=True).get_attribute("href")
        assert address, f"there is no link to {title}"
        return address

    def to_application(self, name: str) -> None:
        """Go to someone's application in the nurses' project."""
        self.go(f"{self.project()}applications/?q={name}")
        self.page.get_by_role("link", name=name, exact=True).click()
        self.page.wait_for_load_state()

    def to_answer(self, name: str, query: str = "") -> None:
        """Go to the page behind the link in someone's letter, in the language of the pictures."""
        self.go(f"{self.links[name]}?lang={self.language}{query}")

    def tick(self, *names: str) -> None:
        """Tick applicants on the first page of the list."""
        self.go(f"{self.project()}applications/")
        for name in names:
            row = self.page.locator("tr", has=self.page.get_by_role("link", name=name, exact=True))
            row.locator("input[type=checkbox]").check()

    def execute(self, action: str) -> None:
        """Choose a further progress for the ticked and press the button."""
        self.page.select_option("select#action", action)
        self.page.locator("form[data-bulk] button[type=submit]").last.click()
        self.page.wait_for_load_state()


Recipe = Callable[[Place], None]


@dataclass(frozen=True)
class Shot:
    """One picture to take: its name, who looks, the answer expected, and the way there."""

    name: str
    who: str
    way: Recipe
    status: int
    languages: tuple[str, ...]
    whole: bool  # the whole page, or as much of it as a window shows


SHOTS: list[Shot] = []
STAFF_LANGUAGES, CANDIDATE_LANGUAGES = ("nb", "en"), ("nb", "en", "sv")


def shot(
    name: str,
    *,
    who: str = RECRUITER,
    status: int = 200,
    languages: tuple[str, ...] = STAFF_LANGUAGES,
    whole: bool = True,
) -> Callable[[Recipe], Recipe]:
    """Make the decorated way a picture."""

    def remember(way: Recipe) -> Recipe:
        SHOTS.append(Shot(name, who, way, status, languages, whole))
        return way

    return remember


def at(name: str, path: str, *, who: str = RECRUITER, status: int = 200) -> None:
    """Make the page at `path` a picture."""
    shot(name, who=who, status=status)(lambda place: place.go(path))


def below_project(name: str, path: str) -> None:
    """Make a page below the nurses' project a picture."""
    shot(name)(lambda place: place.go(place.project() + path))


def answer(name: str, candidate: str, query: str = "") -> None:
    """Make what a candidate finds behind their link a picture, in the three languages."""
    shot(name, who=NOBODY, languages=CANDIDATE_LANGUAGES)(lambda place: place.to_answer(candidate, query))
