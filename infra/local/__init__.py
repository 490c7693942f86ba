"""The embedded run: environments, the local AWS, build and deploy, and the programs behind `make`'s verbs."""
