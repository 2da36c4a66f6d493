"""What stories are about: specialties and tags."""
