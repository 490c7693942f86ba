"""The postal partner's simulator: it takes orders and reports each parcel's life by signed webhook callbacks.

Local only.
"""
