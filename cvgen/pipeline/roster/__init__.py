"""Renders the CVs of many people: a roster of profiles, worker processes, and one outcome for each person."""
