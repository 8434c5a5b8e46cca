"""A team on many machines: one shared PostgreSQL, and what passes between it and each machine's store."""
