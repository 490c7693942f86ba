"""`make bench`: how much the product costs beside the least that any function with the same transaction would cost."""
