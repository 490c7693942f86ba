"""`make demo`: six weeks of spring 2020 at Hải Dương's one-stop units, run through the real endpoints and checked."""
