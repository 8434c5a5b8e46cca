"""What the claims of speed and accuracy are measured with; each file says how to run it."""
