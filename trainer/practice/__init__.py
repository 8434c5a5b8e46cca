"""One run through a scenario, knowing neither screen nor device."""
