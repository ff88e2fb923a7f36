"""A new private address on its way from the form to the page that shows it, this once.

The form answers with a redirect, so that loading the page again makes no second address. Its token must stand in no
address of ours, no log and no database, and any server process may take the next request: so it travels in a cookie
of its own, sealed with the session, which the page takes away as it shows it.
"""

import hashlib
import hmac

from starlette.responses import Response

from planner.domain.address import Address
from planner.services.subscribing import Issued
from planner.web.site import Site

SECONDS = 60
"""So long the page may be on its way."""


def carry(site: Site, issued: Issued) -> Response:
    """On to the page that shows this address."""
    number = issued.address.number
    response = site.to(f"{site.url('subscribe', made=number)}#chosen")
    response.set_cookie(
        _name(number),
        f"{issued.token}.{_seal(site, number, issued.token)}",
        max_age=SECONDS,
        path=_path(site),
        secure=site.is_over_tls,
        httponly=True,
        samesite="strict",
    )
    return response


def carried(site: Site, address: Address) -> Issued | None:
    """The address with its token, if it was made a moment ago and not shown yet."""
    token, _, seal = site.request.cookies.get(_name(address.number), "").partition(".")
    is_ours = hmac.compare_digest(seal.encode(), _seal(site, address.number, token).encode())
    return Issued(address, token) if token and is_ours else None


def take_away(site: Site, number: int, response: Response) -> Response:
    """The page, after which nobody has the token but who it was shown to."""
    response.delete_cookie(_name(number), path=_path(site), secure=site.is_over_tls, httponly=True, samesite="strict")
    return response


def _name(number: int) -> str:
    return f"planner_once_{number}"


def _path(site: Site) -> str:
    return f"{site.root}/{site.language}/subscribe"


def _seal(site: Site, number: int, token: str) -> str:
    """What only who has the session can make: nobody else can bring an address in for one's own."""
    return hmac.new(site.visitor.token.encode(), f"once {number} {token}".encode(), hashlib.sha256).hexdigest()
