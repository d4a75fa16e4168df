"""Models behind an endpoint: a server of these tests answers by a tiny model, as OpenAI's would."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import torch
from tiny_decoders import write_decoder

from metacompress.data.example import Example, Program
from metacompress.data.task import VULNERABILITY_PREDICTION as TASK
from metacompress.errors import ModelError, UsageError
from metacompress.lang.language import Language
from metacompress.models.loading import load_classifier
from metacompress.models.next_token.language_model import LanguageModel
from metacompress.models.next_token.loading import language_model_spec

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KEY = "sk-a-secret-of-nobody"
TEXTS = ["int f(int a) { return a; }", "int g(void) { return 0; }", "void h(char *p) { *p = 0; }"]
LATER = {"Retry-After": "nan"}
SPELLINGS = (("no", "No"), ("yes", "Yes"))


class Server(ThreadingHTTPServer):
    """Answers by a model; ``refusals`` are the next answers that it gives instead."""

    def __init__(self, model: LanguageModel) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.model = model
        self.refusals: list[tuple[int, dict[str, str], str]] = []
        self.seen: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.one_at_a_time = threading.Lock()

    def log_p(self, text: str) -> np.ndarray:
        ids = torch.tensor([self.model.reader.prompt(text)])
        with torch.inference_mode():
            logits = self.model.causal.model(input_ids=ids).logits[0, -1].double()
        return torch.log_softmax(logits, 0).numpy()


class _Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with self.server.one_at_a_time:
            self.server.seen.append(asked)
            self.server.keys.append(self.headers.get("Authorization"))
            refusal = self.server.refusals.pop(0) if self.server.refusals else None
            status, headers, body = refusal or (200, {}, self._answer(asked))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body.encode())

    def _answer(self, asked: dict[str, Any]) -> str:
        chat = self.path == "/v1/chat/completions"
        text = asked["messages"][0]["content"] if chat else asked["prompt"]
        log_p = self.server.log_p(text)
        top = np.argsort(-log_p)[: asked["top_logprobs" if chat else "logprobs"]]
        pairs = [(self.server.model.reader.text([int(one)]), log_p[one]) for one in top]
        if chat:
            told = {"content": [{"top_logprobs": [{"token": a, "logprob": b} for a, b in pairs]}]}
        else:
            told = {"top_logprobs": [dict(reversed(pairs))]}
        return json.dumps({"choices": [{"logprobs": told}]})

    def log_message(self, *given: object) -> None:
        """Nothing."""


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> LanguageModel:
    path = write_decoder(tmp_path_factory.mktemp("model") / "decoder", seed=4)
    return LanguageModel(language_model_spec(path))


@pytest.fixture
def server(model: LanguageModel) -> Iterator[Server]:
    with Server(model) as made:
        threading.Thread(target=made.serve_forever, daemon=True).start()
        yield made
        made.shutdown()


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "prompt.txt"
    path.write_text("{program}\nIs it safe? Answer:", encoding="utf-8")
    return path


def examples() -> list[Example]:
    programs = [(Program(text, Language.C),) for text in TEXTS]
    return [Example(str(k), one, None, None, (str(k),)) for k, one in enumerate(programs)]


def spec(server: Server, template: Path, **options: object) -> str:
    given = {"model": "tiny", "template": template, "labels": "no|No,yes|Yes", **options}
    query = "&".join(f"{name}={value}" for name, value in given.items())
    return f"openai:http://127.0.0.1:{server.server_port}/v1?{query}"


def expected(server: Server, text: str, top: int) -> list[float]:
    """By the rule, from whole distributions."""
    p = np.exp(server.log_p(text))
    order = np.argsort(-p)[:top]
    # Tokens of the same text: the one of the highest probability is what a dictionary keeps.
    told: dict[str, float] = {}
    for one in reversed(order):
        told[server.model.reader.text([int(one)])] = p[one]
    found = [0.0, 0.0]
    for token, value in told.items():
        begun = [bool(token.strip()) and any(s.startswith(token) for s in own) for own in SPELLINGS]
        if sum(begun) == 1:
            found[begun.index(True)] += value
    bound = min(p[order[-1]], max(0.0, 1 - sum(told.values())))
    found = [one or bound for one in found]
    return [one / sum(found) for one in found]


@pytest.mark.parametrize("top", [3, 346])
def test_probabilities_are_those_of_the_distribution(
    server: Server, template: Path, top: int
) -> None:
    classifier = load_classifier(spec(server, template, top=top), TASK)
    found = classifier.predict(examples())
    for row, text in zip(found.probabilities, TEXTS, strict=True):
        prompt = template.read_text().replace("{program}", text)
        assert row == pytest.approx(expected(server, prompt, top), abs=1e-9)
    # Few tokens say nothing of the label words: the bound alone is known, and told.
    assert f"tells the {top} most likely tokens" in classifier.doubts[0] or top == 346
    assert classifier.tells_truncation is False
    asked = server.seen[-1]
    assert (asked["model"], asked["max_tokens"], asked["logprobs"]) == ("tiny", 1, top)


def test_chats_are_asked_for_their_first_token(server: Server, template: Path) -> None:
    plain = load_classifier(spec(server, template, top=300), TASK).predict(examples())
    chat = load_classifier(spec(server, template, top=300, chat="true"), TASK)
    found = chat.predict(examples())
    assert np.abs(found.probabilities - plain.probabilities).max() < 0.05
    assert server.seen[-1]["messages"][0]["role"] == "user"
    assert chat.fingerprint != load_classifier(spec(server, template, top=300), TASK).fingerprint


def test_a_busy_server_is_asked_again(
    server: Server, template: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    classifier = load_classifier(spec(server, template, retries=2, parallel=1), TASK)
    server.refusals = [(429, {"Retry-After": "0"}, "slow down"), (503, {"Retry-After": "0"}, "")]
    assert len(classifier.predict(examples()).probabilities) == 3
    # It says more, and hangs up; or asks to wait for no time that there is.
    server.refusals = [(500, {"Transfer-Encoding": "chunked"}, "9\r\nbro"), (500, LATER, "")]
    monkeypatch.setattr("metacompress.models.prompting.endpoint._FIRST_WAIT", 0)
    assert len(classifier.predict(examples()[:1]).probabilities) == 1
    server.refusals = [(500, {"Retry-After": "0"}, "broken")] * 9
    with pytest.raises(ModelError, match="status 500: broken"):
        classifier.predict(examples()[:1])
    assert len(server.refusals) == 6


def test_the_key_is_sent_and_nowhere_else(
    server: Server, template: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MY_KEY", KEY)
    classifier = load_classifier(spec(server, template, key_from="MY_KEY"), TASK)
    assert server.keys == [f"Bearer {KEY}"]
    assert KEY not in repr(vars(classifier)) + repr(vars(classifier._endpoint))
    server.refusals = [(401, {}, f"wrong key {KEY}")]
    with pytest.raises(ModelError, match=r"status 401: wrong key \*\*\*") as refused:
        classifier.predict(examples()[:1])
    assert KEY not in str(vars(refused.value))
    elsewhere = f"http://localhost:{server.server_port}/v1/completions"
    asked = len(server.seen)
    server.refusals = [(307, {"Location": elsewhere}, "")]
    with pytest.raises(ModelError, match="status 307"):
        classifier.predict(examples()[:1])
    assert len(server.seen) == asked + 1
    # Files of keys end in a line break, and keys copied from a page may hold anything.
    monkeypatch.setenv("MY_KEY", f"{KEY}\r\n")
    classifier.predict(examples()[:1])
    assert server.keys[-1] == f"Bearer {KEY}"
    for wrong in (f"{KEY} # mine", f"{KEY}\u2026"):
        monkeypatch.setenv("MY_KEY", wrong)
        with pytest.raises(UsageError, match="variable MY_KEY holds white space") as unusable:
            classifier.predict(examples()[:1])
        assert KEY not in str(unusable.value)
    monkeypatch.delenv("MY_KEY")
    classifier.predict(examples()[:1])
    assert server.keys[-1] is None


def test_a_rate_is_kept(server: Server, template: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    monkeypatch.setattr("metacompress.models.prompting.endpoint.time.sleep", waits.append)
    classifier = load_classifier(spec(server, template, rate=0.01, parallel=1), TASK)
    classifier.predict(examples())
    # The first request goes at once, each further one 100 seconds after the one before.
    assert [round(one, -2) for one in waits] == [0, 100, 200, 300]


def told(pairs: dict[str, object]) -> str:
    return json.dumps({"choices": [{"logprobs": {"top_logprobs": [pairs]}}]})


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("{", "not JSON"),
        ("[" * 100_000, "not JSON"),
        (told({}), "does it offer logprobs"),
        (told({" yes": float("nan")}), "does it offer logprobs"),
        (told({" yes": 10**400}), "does it offer logprobs"),
        ('{"choices": [{"logprobs": null}]}', "does it offer logprobs"),
        ('{"choices": []}', "does it offer logprobs"),
    ],
)
def test_other_answers_are_refused(server: Server, template: Path, body: str, message: str) -> None:
    server.refusals = [(200, {}, body)]
    with pytest.raises(ModelError, match=message):
        load_classifier(spec(server, template, retries=0), TASK)


def test_mistakes_are_told(server: Server, template: Path) -> None:
    with pytest.raises(UsageError, match="write openai:https"):
        load_classifier(f"openai:example.org/v1?model=m&template={template}", TASK)
    with pytest.raises(UsageError, match="no user or password"):
        load_classifier(f"openai:https://a:b@example.org/v1?model=m&template={template}", TASK)
    with pytest.raises(UsageError, match="3 words"):
        load_classifier(spec(server, template, labels="a,b,c"), TASK)
    with pytest.raises(UsageError, match="empty spelling"):
        load_classifier(spec(server, template, labels="a|,b"), TASK)
    free = server.server_port
    server.shutdown()
    server.server_close()
    with pytest.raises(ModelError, match=f"127.0.0.1:{free}.*refused"):
        load_classifier(spec(server, template, retries=0), TASK)
