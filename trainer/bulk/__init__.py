"""Bulk work: a year of attempts scored or heard anew, on this machine's processes or on a cluster."""
