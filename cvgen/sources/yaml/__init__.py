"""YAML files → values with a place: the tree, syntax errors, and the profile that the schema accepts."""
