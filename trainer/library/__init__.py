"""What a team brings itself: own scenarios, packs of scenarios, and playbooks made into drafts."""
