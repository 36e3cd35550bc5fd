"""The commands: the only code that prints, exits and reads the environment."""
