"""The Hugging Face hub: asked once whether a model is there, before anything retries."""

from __future__ import annotations

from metacompress.errors import ModelError, first_line

_SECONDS = 10


def is_cached_only(name: str, revision: str | None) -> bool:
    """Whether a model must be read from the local cache, as the hub does not answer.

    Libraries ask for each file five times, with growing pauses: half a minute for a mistyped path.

    Raises:
        ModelError: the hub has no such model, or does not answer and the cache has none.
    """
    import huggingface_hub
    from huggingface_hub.errors import GatedRepoError, HfHubHTTPError, RepositoryNotFoundError

    try:
        huggingface_hub.HfApi().model_info(name, revision=revision, timeout=_SECONDS)
    except GatedRepoError as error:
        raise ModelError(
            f"{name}: access to it is restricted on the Hugging Face hub ({first_line(error)})",
            model=name,
        ) from error
    except RepositoryNotFoundError as error:
        raise ModelError(
            f"{name}: no such directory, and no such model on the Hugging Face hub", model=name
        ) from error
    except Exception as error:  # network libraries raise errors of many kinds
        cached = huggingface_hub.try_to_load_from_cache(
            name, "config.json", revision=revision or "main"
        )
        if isinstance(cached, str):
            return True
        reason = "answers" if isinstance(error, HfHubHTTPError) else "cannot be reached"
        raise ModelError(
            f"{name}: no such directory, and the Hugging Face hub {reason} ({first_line(error)})",
            model=name,
        ) from error
    return False
