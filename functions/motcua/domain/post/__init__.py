"""Parcels with a carrier, and the link by which an applicant chooses the channel."""
