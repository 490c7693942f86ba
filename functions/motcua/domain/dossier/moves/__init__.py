"""The moves of a dossier as data: act, statuses, actors, reason, event."""
