"""What keeps the project alive when nobody looks: its age, and issues about what decays."""
