"""The rules of the order, in the words of the decree.

Standard library only; time and ids are passed in as arguments.
"""
