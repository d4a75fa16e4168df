"""Endpoints that answer as OpenAI's do: the most likely next tokens behind a prompt."""

from __future__ import annotations

import json
import math
import os
import threading
import time
from dataclasses import dataclass
from http.client import HTTPException
from typing import IO, TYPE_CHECKING, Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from metacompress.errors import ModelError, UsageError

if TYPE_CHECKING:
    from email.message import Message

# Statuses of a server that may answer later.
_LATER = frozenset({408, 409, 425, 429, 500, 502, 503, 504})
_FIRST_WAIT, _LONGEST_WAIT = 0.5, 60.0
_SHOWN = 200


class _NoRedirects(HTTPRedirectHandler):
    """A key must not follow to another server."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> None:
        """See HTTPRedirectHandler: none is followed."""


@dataclass(frozen=True, slots=True)
class TopTokens:
    """The most likely next tokens, as far as an endpoint tells them.

    Attributes:
        probabilities: by their text; tokens of one text count together.
        unseen: probability of all others together, in [0, 1].
        least: smallest probability of a token that is told: no other has more.
    """

    probabilities: dict[str, float]
    unseen: float
    least: float


class Endpoint:
    """A server that is asked over HTTP.

    Args:
        url: of the interface, up to ``/v1``.
        model: its name there.
        chat: whether the prompt is a message of a chat, and not a text to go on with.
        top: number of most likely tokens to ask for.
        key_from: environment variable with the key; it is read for each request, and kept and
            shown nowhere.
        seconds: that a request may take.
        retries: further requests after one that failed.
        rate: requests per second at most; None for no limit.
        name: of the model, for messages.

    Raises:
        UsageError: the URL is not one of HTTP, or holds a user or a password.
    """

    def __init__(
        self,
        url: str,
        model: str,
        *,
        chat: bool,
        top: int,
        key_from: str,
        seconds: float,
        retries: int,
        rate: float | None,
        name: str,
    ) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise UsageError(f"{name}: write openai:https://HOST/v1, not {url!r}", option="model")
        if parts.username or parts.password:
            raise UsageError(
                "a URL of an endpoint holds no user or password; a key is read from the "
                "environment (?key_from=NAME)",
                option="model",
            )
        self._path = f"{url.rstrip('/')}/{'chat/completions' if chat else 'completions'}"
        self._model, self._chat, self._top = model, chat, top
        self._key_from, self._seconds, self._retries = key_from, seconds, retries
        self._pause = 0.0 if rate is None else 1 / rate
        self._name = name
        self._opener = build_opener(_NoRedirects)
        self._lock = threading.Lock()
        self._next = 0.0

    def next_tokens(self, prompt: str) -> TopTokens:
        """The most likely tokens behind a prompt.

        Raises:
            ModelError: it cannot be reached, refuses, or answers something else.
        """
        asked: dict[str, Any] = {"model": self._model, "max_tokens": 1, "temperature": 0}
        if self._chat:
            asked |= {"messages": [{"role": "user", "content": prompt}], "logprobs": True}
            asked["top_logprobs"] = self._top
        else:
            asked |= {"prompt": prompt, "logprobs": self._top}
        return self._top_tokens(self._answer(asked))

    def _top_tokens(self, answer: Any) -> TopTokens:
        try:
            told = answer["choices"][0]["logprobs"]
            if self._chat:
                pairs = [
                    (one["token"], one["logprob"]) for one in told["content"][0]["top_logprobs"]
                ]
            else:
                pairs = list(told["top_logprobs"][0].items())
            found = [(str(token), _probability(value)) for token, value in pairs]
            if not found:
                raise LookupError("none")
        except (LookupError, TypeError, ValueError, AttributeError, OverflowError) as error:
            raise ModelError(
                f"{self._name}: its answer has no logarithms of the most likely tokens "
                f"({type(error).__name__}: {error}); does it offer logprobs?",
                model=self._name,
            ) from None
        probabilities: dict[str, float] = {}
        for token, p in found:
            probabilities[token] = probabilities.get(token, 0.0) + p
        unseen = max(0.0, 1.0 - sum(probabilities.values()))
        return TopTokens(probabilities, unseen, min(p for _, p in found))

    def _answer(self, asked: dict[str, Any]) -> Any:
        """What the server answers, after some failures where it must be."""
        trouble = ""
        for turn in range(self._retries + 1):
            self._wait_for_turn()
            wait = min(_FIRST_WAIT * 2**turn, _LONGEST_WAIT)
            try:
                return self._post(asked)
            except HTTPError as error:
                with error:
                    trouble = f"status {error.code}: {self._shown(_beginning(error))}"
                    if error.code not in _LATER:
                        break
                    wait = _stated_wait(error.headers.get("Retry-After"), wait)
            except (URLError, HTTPException, OSError) as error:
                trouble = self._shown(str(getattr(error, "reason", error)).encode())
            except (ValueError, RecursionError):
                trouble = "an answer that is not JSON"
            if turn < self._retries:
                time.sleep(wait)
        raise ModelError(f"{self._name}: {self._path} answers with {trouble}", model=self._name)

    def _post(self, asked: dict[str, Any]) -> Any:
        headers = {"Content-Type": "application/json"}
        key = self._key()
        if key:
            headers["Authorization"] = f"Bearer {key}"
        request = Request(self._path, json.dumps(asked).encode(), headers)
        with self._opener.open(request, timeout=self._seconds) as response:
            return json.loads(response.read())

    def _key(self) -> str:
        """The key, without white space around it; empty where there is none."""
        key = os.environ.get(self._key_from, "").strip()
        if not (key.isascii() and key.isprintable()) or " " in key:
            raise UsageError(
                f"{self._name}: the key in the environment variable {self._key_from} holds white "
                f"space, or characters that a header cannot; set it to the key alone",
                option="model",
            )
        return key

    def _wait_for_turn(self) -> None:
        with self._lock:
            now = time.monotonic()
            turn = max(now, self._next)
            self._next = turn + self._pause
        time.sleep(max(0.0, turn - now))

    def _shown(self, content: bytes) -> str:
        """The beginning of a message, without the key: servers quote what they refuse."""
        text = content.decode(errors="replace")
        key = self._key()
        if key:
            text = text.replace(key, "***")
        return " ".join(text.split())[:_SHOWN]


def _probability(log_p: Any) -> float:
    """The probability that an answer states by its natural logarithm.

    Raises:
        TypeError: it is not a number.
        ValueError: likewise.
        OverflowError: it is larger than any float.
    """
    number = float(log_p)
    if math.isnan(number):
        raise ValueError("a logarithm is not a number")
    return math.exp(min(number, 0.0))


def _beginning(refusal: HTTPError) -> bytes:
    """The first bytes of what a server sends with a refusal; none where it breaks off."""
    try:
        return refusal.read(4096)
    except (HTTPException, OSError):
        return b""


def _stated_wait(stated: str | None, usual: float) -> float:
    """Seconds that a server asks to wait, if it does, within bounds."""
    try:
        seconds = float(stated or "")
    except ValueError:
        return usual
    return usual if math.isnan(seconds) else min(max(seconds, 0.0), _LONGEST_WAIT)
