"""Finished checks beside each other: is a student not worse than a baseline?"""
