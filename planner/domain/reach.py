"""Which calendar programs can reach a server: some fetch themselves, for others a server does."""

import ipaddress
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit


class Client(StrEnum):
    """The calendar programs people have. Each is told how to subscribe in its own way."""

    OUTLOOK_WEB = "outlook_web"
    OUTLOOK_CLASSIC = "outlook_classic"
    APPLE = "apple"
    GOOGLE = "google"
    THUNDERBIRD = "thunderbird"
    ANDROID = "android"

    @property
    def fetches_from_outside(self) -> bool:
        """True when its maker's servers fetch the calendar, and so must reach ours from the internet."""
        return self in {Client.OUTLOOK_WEB, Client.GOOGLE}


class Range(StrEnum):
    """How far an address leads."""

    MACHINE = "machine"  # to the machine itself alone
    NETWORK = "network"  # within one's own network
    ANYWHERE = "anywhere"


@dataclass(frozen=True, slots=True)
class Reach:
    """Where the server is reached, and from where: what PLANNER_URL and PLANNER_REACH say together.

    `is_set` says that somebody set the address; else it is the one `planner serve` listens on.
    """

    url: str
    is_internal: bool = False
    is_set: bool = True

    @property
    def range(self) -> Range:
        """How far its address can lead, by its look alone: nothing is asked of the network."""
        host = (urlsplit(self.url).hostname or "").casefold()
        try:
            number = ipaddress.ip_address(host)
        except ValueError:
            if host == "localhost" or host.endswith(".localhost"):
                return Range.MACHINE
            is_local = "." not in host or host.endswith((".local", ".lan", ".internal", ".intranet", ".home.arpa"))
            return Range.NETWORK if is_local or self.is_internal else Range.ANYWHERE
        if number.is_loopback or number.is_unspecified:
            return Range.MACHINE
        return Range.ANYWHERE if number.is_global and not self.is_internal else Range.NETWORK

    @property
    def contradiction(self) -> bool:
        """True when it is said to be reached from the internet, and its address cannot be."""
        return self.is_set and not self.is_internal and self.range is not Range.ANYWHERE

    def reaches(self, client: Client) -> bool:
        """True when that program can subscribe."""
        return self.range is Range.ANYWHERE or not client.fetches_from_outside

    @property
    def shown(self) -> tuple[Client, ...]:
        """The four programs a card tells about: those most people have, of those that can reach us."""
        if self.range is Range.ANYWHERE:
            return (Client.OUTLOOK_WEB, Client.APPLE, Client.GOOGLE, Client.THUNDERBIRD)
        return (Client.OUTLOOK_CLASSIC, Client.APPLE, Client.ANDROID, Client.THUNDERBIRD)
