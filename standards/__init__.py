"""What good participation asks: the five standards, their commitments, and the spectrum."""
