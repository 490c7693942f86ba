"""Motcua: receiving dossiers and returning results at the one-stop units (Bộ phận Một cửa)."""
