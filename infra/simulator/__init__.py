"""The postal partner's simulator: takes orders and plays each parcel's life as signed webhook callbacks. Local only."""
