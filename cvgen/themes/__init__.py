"""Themes are folders of data: this finds them, reads their manifests and checks their options."""
