"""The review of procedures (R4): requests, the work-list and the tracker."""
