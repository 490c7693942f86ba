"""One module per Lambda function: the listing of this folder is the list of what is deployed."""
