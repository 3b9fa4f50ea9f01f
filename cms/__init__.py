"""What is read: the public site, the course pages and the learner's desk."""
