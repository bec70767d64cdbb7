"""Findings in the forms that other programs read: one file per form.

Each form is a function of the same values, so that none of them tells more or less than the text does.
"""
