"""What is kept of the coaching: plans, sessions, the mastery ledger, notes, drills, figures."""
