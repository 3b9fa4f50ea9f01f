"""`door`: the learner's pages. `computers`, `cards`: screens of the staff desk."""
