"""The embedded AWS: its process, its ports and its folders."""
