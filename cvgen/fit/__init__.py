"""What is shown, how densely, so that it fills the pages allowed."""
