"""The messages that continue a job, as sent: CloudEvents 1.0 in JSON, holding only ids."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from motcua.domain.jobs.bulk import Given
from motcua.domain.jobs.job import Traversal


class GivenDossier(BaseModel):
    """One dossier of a selection; with a version, only if it is still at that one."""

    model_config = ConfigDict(extra="ignore", defer_build=True)

    dossier: str = Field(max_length=16)
    version: int | None = None


class JobMessage(BaseModel):
    """One step of a job: the next chunk of its pass over the inboxes, a chunk of the selection that it was given, or the
    dossier to be dealt with."""

    model_config = ConfigDict(extra="ignore", defer_build=True)

    specversion: Literal["1.0"] = "1.0"
    id: str = Field(max_length=200)
    source: Literal["urn:motcua"] = "urn:motcua"
    type: Literal["vn.motcua.job.walked.v1", "vn.motcua.job.given.v1", "vn.motcua.job.found.v1"]
    time: datetime = Field(description="When the job was started (domain time)")
    job: str = Field(max_length=60)
    dossier: str | None = Field(
        default=None,
        max_length=16,
        description="The dossier that this step deals with; left out for a pass over the inboxes",
    )
    version: int | None = Field(default=None, description="The version that the dossier must still have, if given")
    given: list[GivenDossier] | None = Field(default=None, description="A chunk of the selection")
    round: int = 1
    desk: str = Field(default="", description="The inbox that the pass has reached")
    after: str = Field(
        default="", description="Where in this inbox the pass continues; empty when it was read to its end"
    )
    found: bool = Field(default=False, description="Whether this pass has found a dossier that no pass found before")
    correlationid: str = Field(max_length=100)

    @property
    def traversal(self) -> Traversal:
        """How far the pass over the inboxes has come."""
        return Traversal(self.round, self.desk, self.after, self.found)

    @property
    def selected(self) -> list[Given]:
        """The chunk of a selection that this step lists; empty for any other step."""
        return [Given(each.dossier, each.version) for each in self.given or []]

    @property
    def one(self) -> Given:
        """The dossier that this step deals with."""
        return Given(self.dossier or "", self.version)
