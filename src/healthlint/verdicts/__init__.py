"""What becomes of a finding after it was found."""
