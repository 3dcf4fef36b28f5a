from samtale.jobs.models.job import Job, JobPart

__all__ = ["Job", "JobPart"]
