"""Building and deploying template.yaml, and reaching what was deployed."""
