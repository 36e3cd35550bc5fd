"""Finds themes, which are folders of data, reads their manifests and checks their options."""
