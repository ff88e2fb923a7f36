"""How to subscribe, in each calendar program's own words, and how often it really asks again."""

from collections.abc import Mapping
from dataclasses import dataclass

from planner.domain.reach import Client, Reach

Both = tuple[str, str]
"""English, Russian."""


@dataclass(frozen=True, slots=True)
class HowTo:
    """One program: its name, what to do in it, and after what time it shows a change."""

    name: str
    steps: str
    refresh: str


_HOW_TO: Mapping[Client, tuple[Both, Both, Both]] = {
    Client.OUTLOOK_WEB: (
        ("Outlook (new, and on the web)", "Outlook (новый и в браузере)"),
        (
            "Calendar → Add calendar → Subscribe from web. Paste the address, give it a name, Import.",
            "Календарь → Добавить календарь → Подписаться из Интернета. Вставьте адрес, дайте имя, «Импорт».",
        ),
        (
            "Asks again about every 3 hours, sometimes once a day; that cannot be set.",
            "Обновляется примерно раз в 3 часа, иногда раз в сутки; изменить это нельзя.",
        ),
    ),
    Client.OUTLOOK_CLASSIC: (
        ("Outlook for Windows (classic)", "Outlook для Windows (классический)"),
        (
            "File → Account Settings → Internet Calendars → New. Paste the address, Add, OK.",
            "Файл → Настройка учётных записей → Интернет-календари → Создать. Вставьте адрес, «Добавить».",
        ),
        (
            "Asks again about every hour while it is open, and at each Send/Receive.",
            "Обновляется примерно раз в час, пока открыт, и при каждой отправке и получении почты.",
        ),
    ),
    Client.APPLE: (
        ("iPhone, iPad, Mac", "iPhone, iPad, Mac"),
        (
            "Point the camera at the code and confirm. On a Mac: Calendar → File → New Calendar Subscription.",
            "Наведите камеру на код и подтвердите подписку. На Mac: Календарь → Файл → Новая подписка на календарь.",
        ),
        (
            "Asks again as often as you set: choose every hour under Auto-refresh.",
            "Обновляется так часто, как вы зададите: выберите «Каждый час».",
        ),
    ),
    Client.GOOGLE: (
        ("Google Calendar", "Google Календарь"),
        (
            "On a computer: Other calendars, + → From URL. Paste the address, Add calendar.",
            "На компьютере: Другие календари, + → Добавить по URL. Вставьте адрес, «Добавить календарь».",
        ),
        (
            "Asks again every 4 to 24 hours; that cannot be hurried.",
            "Обновляется раз в 4–24 часа; ускорить это нельзя.",
        ),
    ),
    Client.THUNDERBIRD: (
        ("Thunderbird", "Thunderbird"),
        (
            "New Calendar → On the Network. Paste the address, no user name, Find Calendars, Subscribe.",
            "Создать календарь → В сети. Вставьте адрес, без имени пользователя, затем «Подписаться».",
        ),
        ("Asks again every 30 minutes.", "Обновляется каждые 30 минут."),
    ),
    Client.ANDROID: (
        ("Android, with the app ICSx⁵", "Android, приложение ICSx⁵"),
        (
            "Point the camera at the code, or in ICSx⁵ press + and paste the address.",
            "Наведите камеру на код или нажмите + в ICSx⁵ и вставьте адрес.",
        ),
        (
            "Asks again as often as you set, by default once a day.",
            "Обновляется так часто, как вы зададите, обычно раз в сутки.",
        ),
    ),
}
_OUTSIDE: Both = (
    "Google and Outlook on the web cannot show this calendar: they fetch from their own servers, and this address is "
    "reached only from inside.",
    "Google и Outlook в браузере этот календарь показать не могут: они загружают его со своих серверов, а адрес "
    "доступен только изнутри.",
)

CARD: Mapping[str, Both] = {
    "title": ("Address", "Адрес"),
    "address": ("Your private address of this calendar", "Ваш личный адрес этого календаря"),
    "secret": (
        "Whoever has it can read the calendar. Do not pass it on; if it was lost or seen, ask for a new one.",
        "Кто его знает, может читать календарь. Не передавайте его; если он утерян, попросите новый.",
    ),
    "until": ("It can be used until", "Действует до"),
    "urgent": (
        "Subscribe, do not import: an imported calendar never changes. No program shows a change at once; urgent ones "
        "are told to you separately.",
        "Подпишитесь, а не импортируйте: импортированный календарь не обновляется. Ни одна программа не показывает "
        "изменения сразу; о срочных сообщают отдельно.",
    ),
    "ask": ("Questions:", "Вопросы:"),
}
"""The words of a card, by what they are for."""


def how_to(client: Client, language: str) -> HowTo:
    """What a reader of that program is told."""
    name, steps, refresh = (_pick(each, language) for each in _HOW_TO[client])
    return HowTo(name, steps, refresh)


def name_of_client(client: Client, language: str) -> str:
    """What people call it."""
    return _pick(_HOW_TO[client][0], language)


def say_who_cannot(reach: Reach, language: str) -> str:
    """Which programs cannot subscribe there, and why; '' when all can."""
    return "" if all(reach.reaches(client) for client in Client) else _pick(_OUTSIDE, language)


def _pick(both: Both, language: str) -> str:
    return both[1] if language == "ru" else both[0]
