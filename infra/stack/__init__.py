"""Build and deploy template.yaml, and reach the deployed stack."""
