"""One module per Lambda function: the listing of this folder is the list of what is deployed."""

import motcua.cold_start  # noqa: F401 - before anything else is loaded
