"""The moves of a dossier as data: act, statuses, doers, reason, event."""
