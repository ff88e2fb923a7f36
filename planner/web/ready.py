"""A feed with every answer made beforehand, and which of them a request gets."""

from calendar import timegm
from dataclasses import dataclass
from email.utils import formatdate, parsedate

from planner.domain.feed import Level
from planner.services.delivering import Delivery
from planner.web.answers import SAFE, Answer, Headers
from planner.web.asking import Asked

PUBLIC_SECONDS = 300
"""So long others may keep a public feed without asking again."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A delivery, its answers whole and packed, and "nothing new" for those who hold the one or the other."""

    delivery: Delivery
    whole: Answer
    packed: Answer
    same: Answer
    same_packed: Answer
    etag: bytes
    etag_packed: bytes
    date: bytes
    changed: int
    """The second of the newest change, since 1970; `date` as HTTP says it."""

    def choose(self, asked: Asked, now: float) -> Answer:
        """The answer to that request (RFC 9110, 13.2.2: ETags go before dates)."""
        takes_gzip = asked.takes_gzip
        if asked.etags:
            held = self._held(asked.etags, takes_gzip)
            if held is not None:
                return held
        elif asked.since and self._is_as_of(asked.since, now):
            return self.same_packed if takes_gzip else self.same
        return self._dated(self.packed if takes_gzip else self.whole, now)

    def _held(self, etags: bytes, takes_gzip: bool) -> Answer | None:
        """Says "nothing new" when one of these is ours; packed or not, it is the same calendar."""
        if etags == self.etag:
            return self.same
        if etags == self.etag_packed:
            return self.same_packed
        for each in etags.split(b","):
            tag = each.strip().removeprefix(b"W/")
            if tag == self.etag or (tag == b"*" and not takes_gzip):
                return self.same
            if tag in {self.etag_packed, b"*"}:
                return self.same_packed
        return None

    def _is_as_of(self, since: bytes, now: float) -> bool:
        if not self._is_settled(now):
            return False
        if since == self.date:
            return True
        parsed = parsedate(since.decode("latin-1"))
        return parsed is not None and timegm(parsed) >= self.changed

    def _is_settled(self, now: float) -> bool:
        """True when nothing newer can bear the same second. No date is said before: two contents would share it."""
        return now >= self.changed + 1

    def _dated(self, answer: Answer, now: float) -> Answer:
        if self._is_settled(now):
            return answer
        return Answer(answer.status, [each for each in answer.headers if each[0] != b"last-modified"], answer.body)


def make_ready(delivery: Delivery) -> Ready:
    """Every answer a request for it may get."""
    etag = f'"{delivery.etag}"'.encode()
    # Other bytes need another strong tag (RFC 9110, 8.8.3.3).
    etag_packed = f'"{delivery.etag}-gzip"'.encode()
    changed = int(delivery.changed.timestamp())
    date = formatdate(changed, usegmt=True).encode()
    caching = _caching(delivery)
    common = [*caching, (b"last-modified", date), *SAFE]
    whole = _of_body(delivery, delivery.content)
    packed = [*_of_body(delivery, delivery.packed), (b"content-encoding", b"gzip")]
    return Ready(
        delivery,
        Answer(200, [(b"etag", etag), *common, *whole], delivery.content),
        Answer(200, [(b"etag", etag_packed), *common, *packed], delivery.packed),
        # What else the answer held before said of itself still stands (RFC 9110, 15.4.5).
        Answer(304, [(b"etag", etag), *caching]),
        Answer(304, [(b"etag", etag_packed), *caching]),
        etag,
        etag_packed,
        date,
        changed,
    )


def _caching(delivery: Delivery) -> Headers:
    """How the answer may be kept: 200 and 304 say it alike."""
    is_public = delivery.feed.level is Level.PUBLIC
    caching = f"public, max-age={PUBLIC_SECONDS}" if is_public else "private, no-cache"
    return [(b"cache-control", caching.encode()), (b"vary", b"Accept-Encoding")]


def _of_body(delivery: Delivery, body: bytes) -> Headers:
    return [
        (b"content-type", b"text/calendar; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"content-disposition", f'inline; filename="{delivery.file_name}"'.encode()),
    ]
