"""Who practises what next and why; everything here is derived from the store."""
