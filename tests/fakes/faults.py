"""What can go wrong with a call to the fake Bot API."""

from __future__ import annotations

from dataclasses import dataclass

from tests.fakes.arguments import ApiError


@dataclass(kw_only=True)
class Fault:
    """Something that goes wrong with the next `times` calls of `method` ("*": any).

    `error` is answered; `lost`: the call is carried out all the same, only its answer is lost.
    `delay` seconds pass first; `hang_up`: the connection breaks instead of an answer.
    """

    method: str
    times: int
    error: ApiError | None = None
    lost: bool = False
    delay: float = 0.0
    hang_up: bool = False

    @property
    def carries_out(self) -> bool:
        """Whether the call is carried out."""
        return self.lost or (self.error is None and not self.hang_up)

    def strike(self) -> None:
        """Raise the error, if there is one."""
        if self.error is not None:
            raise self.error
