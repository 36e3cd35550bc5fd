"""The rules: each is a function from a CvText to Remarks, and a row in ``table_of_rules``."""
