"""Everything a run can be told, in one frozen object with a fingerprint."""

from __future__ import annotations

import hashlib

from pydantic import BaseModel, ConfigDict, Field

from malbild.defaults import BACKEND, LEAST_CONFIDENCE, PROFILE, Ocr, Profile


class Settings(BaseModel):
    """What decides a record beside the text itself.

    Two runs with equal settings, models and input write the same bytes; ``fingerprint`` names the settings in a record.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    backend: str = Field(
        BACKEND, description="Which annotator reads the sentences: a name of malbild.annotate.BACKENDS."
    )
    profile: Profile = Field(
        PROFILE,
        description="fast: linear models on grammar and words; accurate: with an encoder of the context.",
    )
    ocr: Ocr | None = Field(None, description="What reads pages of a PDF that have no text layer; None: nothing does.")
    model: str | None = Field(None, description="A pipeline of that back-end by name or path; None: the one shipped.")
    keep_repeats: bool = Field(False, description="Give every occurrence of a repeated sentence a finding of its own.")
    min_confidence: float = Field(
        LEAST_CONFIDENCE, ge=0.0, le=1.0, description="Findings below this probability are left out."
    )

    @property
    def fingerprint(self) -> str:
        """Twelve hexadecimal digits that change when any setting does."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:12]
