"""What a machine shares with a team: records out, records in, and how far it has got."""
