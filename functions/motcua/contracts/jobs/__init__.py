"""Jobs over many dossiers as the API shows them, and the requests that start or settle them."""
